"""From a survey export with a column for each question to canonical rows, one an answer, by a mapping.

The mapping says what the survey is and what its columns measure:
{"kind": "survey", "survey_id": "...", "wave": "post", "side": "mentor",
 "columns": {"<header>": "<canonical header, or email>"},
 "items": {"<header or question text>": {"item": "conf1", "construct": "confidence",
           "scale_min": 1, "scale_max": 5, "reversed": false, "labels": {"Agree": 4}}}}
`labels` is for exports of choice texts: the score of each text. `cohort` may be given for the whole file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.formats.shape import Canonical, answers_in
from analysis.imports.report import FileFault, NeedsAnswer, Question
from analysis.imports.table import Table, join
from analysis.store.model import CONSTRUCTS, KINDS, SIDES, WAVES

SURVEY = KINDS["survey"]
# An e-mail address finds the person; it is not a column of the survey and is not stored with it.
TARGETS = (*SURVEY.headers, "email")
_ITEM_SETTINGS = ("item", "construct", "scale_min", "scale_max", "reversed", "labels")
_FILE_SETTINGS = ("survey_id", "wave", "side", "cohort")
NOT_LOADED = "do not load"
_ITEM = "items:"  # how the ids of questions about single columns begin


def melt(
    table: Table,
    mapping: Mapping[str, object],
    names: Sequence[Sequence[str]],
    defaults: Mapping[str, str],
    metadata: frozenset[str] = frozenset(),
) -> Canonical:
    """One row for each answered question. Lines without any answer are rejected, and excused.

    `names` are the header rows that the mapping may use; `defaults` the columns whose meaning the format knows;
    `metadata` the headers (lower case) that are never questions. Raises NeedsAnswer without a mapping,
    FileFault where the mapping does not fit the file.
    """
    settings = {**answers_in(mapping), **mapping}
    columns = _columns(settings, names, defaults)
    settings.setdefault("items", _answered_items(settings))
    _ask_what_is_missing(settings, columns, names, metadata)
    items = _items(settings, names)
    if "response_id" not in columns:
        raise FileFault("mapping", "The mapping does not say which column is the response_id. Add it to columns.")
    if not table.columns:
        return Canonical(SURVEY, table.line, {})
    usable = ~np.isin(table.line, list(table.rejections.all_lines))
    parts: list[dict[str, pa.DictionaryArray]] = []
    lines: list[np.ndarray] = []
    for position, item in items.items():
        cells = _scores(table.columns[position], item)
        answered = np.flatnonzero(usable & ~_blank(cells))
        constants = {name: _constant(settings.get(name), len(answered)) for name in _FILE_SETTINGS}
        measured = {name: _constant(item.get(name), len(answered)) for name in _ITEM_SETTINGS if name != "labels"}
        taken = {target: table.columns[place].take(pa.array(answered)) for target, place in columns.items()}
        parts.append({**constants, **measured, **taken, "score": cells.take(pa.array(answered))})
        lines.append(table.line[answered])
    line = np.concatenate(lines)
    for silent in np.setdiff1d(table.line[usable], line):
        table.rejections.add(
            int(silent), None, "no-answers", "none of the mapped questions is answered here.", excused=True
        )
    return Canonical(SURVEY, line, {name: join(tuple(part[name] for part in parts)) for name in parts[0]})


def _ask_what_is_missing(
    settings: Mapping[str, object],
    columns: Mapping[str, int],
    names: Sequence[Sequence[str]],
    metadata: frozenset[str],
) -> None:
    questions = []
    if not settings.get("survey_id") and "survey_id" not in columns:
        questions.append(Question("survey_id", "What is this survey called? Use the same word for each wave.", ()))
    if settings.get("wave") not in WAVES and "wave" not in columns:
        questions.append(Question("wave", "When was it asked?", WAVES))
    if "side" not in settings and "side" not in columns:
        questions.append(Question("side", "Who answered it?", (*SIDES, "both")))
    if not settings.get("items"):
        for place, header in enumerate(names[0]):
            if header and header.lower() not in metadata and place not in columns.values():
                question = f'What does "{names[-1][place] or header}" measure?'
                questions.append(Question(f"{_ITEM}{header}", question, (*CONSTRUCTS, NOT_LOADED), header))
    if questions:
        raise NeedsAnswer(tuple(questions))


def _columns(
    settings: Mapping[str, object], names: Sequence[Sequence[str]], defaults: Mapping[str, str]
) -> dict[str, int]:
    """Canonical header -> position in the file."""
    header = [name.lower() for name in names[0]]
    found = {target: header.index(name.lower()) for name, target in defaults.items() if name.lower() in header}
    given = settings.get("columns")
    for name, target in (given if isinstance(given, Mapping) else {}).items():
        if target not in TARGETS:
            known = ", ".join(TARGETS)
            raise FileFault("mapping", f'The mapping sends "{name}" to "{target}". It can be one of {known}.')
        found[str(target)] = _position(str(name), names)
    return found


def _answered_items(settings: Mapping[str, object]) -> dict[str, object]:
    """What the questions about single columns were answered with: the header is the item, its scale unknown."""
    answered = {name.removeprefix(_ITEM): value for name, value in settings.items() if name.startswith(_ITEM)}
    return {name: {"item": name, "construct": value} for name, value in answered.items() if value != NOT_LOADED}


def _items(settings: Mapping[str, object], names: Sequence[Sequence[str]]) -> dict[int, Mapping[str, object]]:
    """Position in the file -> what the question there measures."""
    given = settings["items"]
    items: dict[int, Mapping[str, object]] = {}
    for name, item in (given if isinstance(given, Mapping) else {}).items():
        if not isinstance(item, Mapping) or not item.get("item"):
            raise FileFault("mapping", f'The mapping gives "{name}" no item. Write {{"item": "a short name"}}.')
        unknown = set(item) - set(_ITEM_SETTINGS)
        if unknown or (item.get("construct") or CONSTRUCTS[0]) not in CONSTRUCTS:
            raise FileFault(
                "mapping",
                f'The mapping of "{name}" has a setting that does not exist. Settings are '
                f"{', '.join(_ITEM_SETTINGS)}; a construct is one of {', '.join(CONSTRUCTS)}.",
            )
        items[_position(str(name), names)] = item
    return items


def _position(name: str, names: Sequence[Sequence[str]]) -> int:
    """Where a header stands, looked up in each header row in turn."""
    for row in names:
        places = [place for place, cell in enumerate(row) if cell.lower() == name.strip().lower()]
        if len(places) == 1:
            return places[0]
        if places:
            raise FileFault("mapping", f'The header "{name}" stands above {len(places)} columns. Make them different.')
    raise FileFault("mapping", f'The mapping names "{name}", and the file has no such header. Correct the mapping.')


def _scores(cells: pa.DictionaryArray, item: Mapping[str, object]) -> pa.DictionaryArray:
    labels = item.get("labels")
    if not isinstance(labels, Mapping):
        return cells
    score = {str(label).strip().lower(): str(value) for label, value in labels.items()}
    texts = [score.get(text.strip().lower(), text) for text in cells.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(cells.indices, pa.array(texts, pa.string()))


def _blank(cells: pa.DictionaryArray) -> np.ndarray:
    blank = pc.equal(pc.utf8_trim_whitespace(cells.dictionary), "")
    return np.asarray(blank.take(cells.indices).to_numpy(zero_copy_only=False))


def _constant(value: object, length: int) -> pa.DictionaryArray:
    """The same text in each row; None, and "both" sides, are blank."""
    text = "" if value is None or value == "both" else str(value).lower() if isinstance(value, bool) else str(value)
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text], pa.string()))
