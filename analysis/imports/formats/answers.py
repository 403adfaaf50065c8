"""From a survey export with a column for each question to canonical rows, one an answer, by a mapping.

The mapping says what the survey is and what its columns measure:
{"kind": "survey", "survey_id": "...", "wave": "post", "side": "mentor",
 "columns": {"<header>": "<canonical header, email, or do not load>"},
 "items": {"<header or question text>": {"item": "conf1", "construct": "confidence",
           "scale_min": 1, "scale_max": 5, "reversed": false, "labels": {"Agree": 4}, "wave": "retro_pre"}},
 "test_responses": "leave_out", "minimum_answered": 0.5}
`labels` is for exports of choice texts: the score of each text ("no answer" where it is none). An item's own `wave` is
for questions that look back. `cohort` may be given for the whole file. What the mapping leaves open is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa

from analysis.imports.formats.reversal import ask_reversed
from analysis.imports.formats.scoring import Item, Scored, score_items
from analysis.imports.formats.shape import Canonical, Format, Head, Request
from analysis.imports.formats.survey_mapping import FILE_SETTINGS, SAME, SURVEY, Mapped, minimum_answered, said_of
from analysis.imports.formats.survey_questions import LEAVE_OUT, ask, submitted, test_responses
from analysis.imports.formats.survey_shape import Survey, fitted
from analysis.imports.remember import NOT_LOADED
from analysis.imports.report import ColumnUse, FileFault, Issue, NeedsAnswer
from analysis.imports.table import Table, join

_MEASURED = ("item", "construct", "scale_min", "scale_max", "reversed")


def melt(table: Table, request: Request, survey: Survey) -> Canonical:
    """One row for each answered question. Lines without any answer are rejected, and excused; so are tests.

    Raises NeedsAnswer for what only a person can say, FileFault where the mapping does not fit the file.
    """
    said, chosen = said_of(request, survey)
    usable = ~np.isin(table.line, list(table.rejections.all_lines))
    tests, questions = test_responses(said, survey, usable)
    if said.get("test_responses", LEAVE_OUT) == LEAVE_OUT:
        usable &= ~tests
    questions = [*ask(table, request, survey, said, chosen, usable), *questions]
    if not chosen.items and not questions:
        raise FileFault(
            "mapping", "No question of this survey is to be loaded. Say what at least one of them measures."
        )
    if not table.columns:
        return Canonical(SURVEY, table.line, {})
    _drop_empty_addresses(table, chosen)
    dates, order, asked = submitted(table, survey, said, chosen)
    sources = {place: (survey.names[0][place], table.columns[place], item) for place, item in chosen.items.items()}
    scored, open_ = score_items(sources, said, usable)
    questions += [*asked, *open_]
    if not open_:
        questions += ask_reversed(dict(enumerate(survey.names[0])), chosen.items, scored, usable)
    if questions:
        raise NeedsAnswer(tuple(questions), _uses(survey, chosen, scored), SURVEY.name)

    _reject_tests(table, tests & ~usable)
    taken = {target: table.columns[place] for target, place in chosen.columns.items()}
    if dates is not None:
        taken["submitted_at"] = dates
    if "response_id" not in taken:
        as_they_stand = {target: table.columns[place] for target, place in chosen.columns.items()}
        taken["response_id"] = _made_ids(table, survey, as_they_stand, [one.cells for one in scored.values()])
    kept, answers, notes = _enough_answered(table, chosen.items, scored, usable, minimum_answered(said))
    _reject_silent(table, usable, answers, kept)
    rows, line = _rows(table, said, chosen.items, scored, taken, kept)
    return Canonical(
        SURVEY,
        line,
        rows,
        notes=(*_notes(survey, chosen, scored, taken, tests & usable), *notes),
        uses=_uses(survey, chosen, scored),
        decided=_decided(said, survey, chosen, scored, order, bool(tests.any())),
    )


def survey_format(
    name: str, is_it: Callable[[Head], bool], describe: Callable[[Table], Survey], header_rows: int = 1
) -> Format:
    """The format of one vendor's survey: how its headers are known, and what they say about the file."""

    def recognises(head: Head, request: Request) -> bool:
        return request.wanted_kind in (None, "survey") and len(head) >= header_rows and is_it(head)

    def read(table: Table, request: Request) -> Canonical:
        table = fitted(table)
        return melt(table, request, describe(table))

    return Format(name, recognises, read, header_rows)


def _rows(
    table: Table,
    said: Mapping[str, object],
    items: Mapping[int, Item],
    scored: Mapping[int, Scored],
    taken: Mapping[str, pa.DictionaryArray],
    kept: Mapping[int, np.ndarray],
) -> tuple[dict[str, pa.DictionaryArray], np.ndarray]:
    """Canonical columns, one row an answer, and the line of each row."""
    parts: list[dict[str, pa.DictionaryArray]] = []
    lines: list[np.ndarray] = []
    for place, item in items.items():
        answered = np.flatnonzero(kept[place])
        chosen = pa.array(answered)
        settings = {**{name: said.get(name) for name in FILE_SETTINGS}, **_as_measured(item, scored[place])}
        constants = {name: _constant(value, len(answered)) for name, value in settings.items()}
        by_line = {target: cells.take(chosen) for target, cells in taken.items()}
        own = {"wave": _constant(item.wave, len(answered))} if item.wave not in (None, SAME) else {}
        parts.append({**constants, **by_line, **own, "score": scored[place].cells.take(chosen)})
        lines.append(table.line[answered])
    columns = {name: join(tuple(part[name] for part in parts)) for name in parts[0]}
    return columns, np.concatenate(lines)


def _as_measured(item: Item, scored: Scored) -> dict[str, object]:
    low, high = scored.ends or (None, None)
    values = (item.code, item.construct, low, high, item.reversed)
    return dict(zip(_MEASURED, values, strict=True))


def _enough_answered(
    table: Table, items: Mapping[int, Item], scored: Mapping[int, Scored], usable: np.ndarray, share: float
) -> tuple[dict[int, np.ndarray], np.ndarray, list[Issue]]:
    """(position to the lines whose answer counts, lines that answered anything, notes), arrays of shape (lines,).

    A score of a few answered questions out of many is not that of the whole: where a response answered less than
    `share` of the questions on one construct in one wave, those answers are left out.
    """
    answered = {place: usable & _full(scored[place].cells) for place in items}
    anything = np.any(list(answered.values()), axis=0)
    groups: dict[tuple[str, str | None], list[int]] = {}
    for place, item in items.items():
        if item.construct:
            groups.setdefault((item.construct, item.wave), []).append(place)
    notes = []
    for (construct, _), places in groups.items():
        count = np.sum([answered[place] for place in places], axis=0)
        few = (count > 0) & (count < share * len(places))
        if few.any():
            for place in places:
                answered[place] = answered[place] & ~few
            about = construct.replace("_", " ")
            text = (
                f"{int(few.sum()):,} responses answered fewer than {share:.0%} of the {len(places)} questions on "
                f"{about}. These answers are left out: a score of so few is not that of the whole."
            )
            notes.append(Issue(1, None, "too-few-answers", text))
    return answered, anything, notes


def _drop_empty_addresses(table: Table, chosen: Mapped) -> None:
    """Forms that were filled in without signing in write "anonymous" where the address would be."""
    place = chosen.columns.get("email")
    if place is not None and not any("@" in text for text in table.columns[place].dictionary.to_pylist()):
        del chosen.columns["email"]
        chosen.fates[place] = "no e-mail address stands here"


def _full(cells: pa.DictionaryArray) -> np.ndarray:
    """Lines, shape (lines,), that hold something; what is no number is found later, when the column gets its type."""
    full = np.array([bool(text.strip()) for text in cells.dictionary.to_pylist()], dtype=bool)
    return np.asarray(full[cells.indices.to_numpy()])


def _reject_tests(table: Table, tests: np.ndarray) -> None:
    for line in table.line[tests]:
        table.rejections.add(int(line), None, "test-response", "this is a preview, a test or spam.", excused=True)


def _reject_silent(table: Table, usable: np.ndarray, answered: np.ndarray, kept: Mapping[int, np.ndarray]) -> None:
    loaded = np.any(list(kept.values()), axis=0)
    for line in table.line[usable & ~answered]:
        text = "none of the mapped questions is answered here."
        table.rejections.add(int(line), None, "no-answers", text, excused=True)
    for line in table.line[usable & answered & ~loaded]:
        text = "too few questions of each measure are answered here."
        table.rejections.add(int(line), None, "too-few-answers", text, excused=True)


def _made_ids(
    table: Table, survey: Survey, taken: Mapping[str, pa.DictionaryArray], answers: Sequence[pa.DictionaryArray]
) -> pa.DictionaryArray:
    """An id for each line: of the line and what the format tells responses apart by, else its answers."""
    known = [taken[name].to_pylist() for name in survey.made_from if name in taken]
    parts = known or [cells.to_pylist() for cells in answers]
    own_line = "employee_id" not in survey.made_from or "employee_id" not in taken
    person = taken["employee_id"].to_pylist() if not own_line else [""] * len(table.line)
    made = []
    for line, who, *texts in zip(table.line.tolist(), person, *parts, strict=True):
        told = "\x1f".join(str(text).strip() for text in texts)
        made.append(hashlib.sha256(f"{'' if who.strip() else line}\x1f{told}".encode()).hexdigest()[:20])
    return pa.array(made, pa.string()).dictionary_encode()


def _notes(
    survey: Survey,
    chosen: Mapped,
    scored: Mapping[int, Scored],
    taken: Mapping[str, pa.DictionaryArray],
    kept_tests: np.ndarray,
) -> list[Issue]:
    notes = []
    if kept_tests.any():
        text = f"{int(kept_tests.sum()):,} previews, tests or spam are loaded with the others, as you said."
        notes.append(Issue(1, None, "tests-kept", text))
    if survey.partial:
        text = f"{survey.partial:,} responses were broken off before the end. What they answered counts."
        notes.append(Issue(1, None, "partial-responses", text))
    if not any(_full(taken[name]).any() for name in ("employee_id", "email") if name in taken):
        text = "No column names the people: these answers count for the group, not for the change of each person."
        notes.append(Issue(1, None, "anonymous", text))
    without = sum(one.without for one in scored.values())
    if without:
        text = (
            f"{without:,} answers say that there is none (not applicable, don't know, prefer not to say): left blank."
        )
        notes.append(Issue(1, None, "no-answer-given", text))
    for place, item in chosen.items.items():
        if item.reversed and scored[place].ends is None:
            header = survey.names[0][place]
            text = (
                f'"{header}" is a reversed question without a scale, so it can\'t be turned round and counts nowhere. '
                "Give it scale_min and scale_max."
            )
            notes.append(Issue(1, header, "reversed-without-scale", text))
    notes += [
        Issue(1, None, "column-gone", f'The column "{header}" of last time is not here.') for header in chosen.gone
    ]
    return notes


def _uses(survey: Survey, chosen: Mapped, scored: Mapping[int, Scored]) -> tuple[ColumnUse, ...]:
    """What became of each column. Values are told of questions alone."""
    at = {place: target for target, place in chosen.columns.items()}
    uses = []
    for place, header in enumerate(survey.names[0]):
        item = chosen.items.get(place)
        if item is not None:
            wave = f", {item.wave}" if item.wave not in (None, SAME) else ""
            why = f"item {item.code}: {item.construct or 'no construct'}{wave}"
            uses.append(ColumnUse(header, "score", why, scored[place].told if place in scored else ""))
        elif place in at:
            why = "as you said" if place in chosen.by_person else "known from this kind of file"
            uses.append(ColumnUse(header, at[place], why))
        elif header or survey.fates.get(place) != "no header":
            uses.append(ColumnUse(header, None, chosen.fates.get(place, "not loaded")))
    return tuple(uses)


def _decided(
    said: Mapping[str, object],
    survey: Survey,
    chosen: Mapped,
    scored: Mapping[int, Scored],
    order: object,
    tested: bool,
) -> dict[str, object]:
    """The mapping that reads the next file of this shape; the wave is true of this file alone."""
    names = survey.names[0]
    columns = {names[place]: target for target, place in chosen.columns.items()}
    columns |= {names[place]: NOT_LOADED for place in sorted(chosen.left_out) if names[place]}
    items: dict[str, object] = {}
    for place, item in chosen.items.items():
        measured = {name: value for name, value in _as_measured(item, scored[place]).items() if value is not None}
        labels = {label: "no answer" if score is None else score for label, score in scored[place].labels.items()}
        items[_lasting_name(survey, place)] = {
            **measured,
            **({"labels": labels} if labels else {}),
            **({"wave": item.wave} if item.wave else {}),
        }
    decided: dict[str, object] = {"kind": "survey", "columns": columns, "items": items}
    for name in ("survey_id", "side", "cohort", "minimum_answered"):
        if said.get(name) is not None:
            decided[name] = said[name]
    if order and "submitted_at" in chosen.columns:
        decided["dates"] = {names[chosen.columns["submitted_at"]]: order}
    if tested or "test_responses" in said:
        decided["test_responses"] = said.get("test_responses", LEAVE_OUT)
    return decided


def _lasting_name(survey: Survey, place: int) -> str:
    """The text of a question where it stands once: Q1 may be another question in the next survey."""
    text = survey.names[-1][place]
    elsewhere = {name.lower() for row in survey.names for at, name in enumerate(row) if at != place}
    return text if text and text.lower() not in elsewhere else survey.names[0][place]


def _constant(value: object, length: int) -> pa.DictionaryArray:
    """The same text in each row; None, and "both" sides, are blank."""
    text = "" if value is None or value == "both" else str(value).lower() if isinstance(value, bool) else str(value)
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text], pa.string()))
