"""What was decided about one file's columns and values, kept to answer the next file of its shape.

A mapping is JSON: {"kind", "columns": {header: canonical header or "do not load"}, "dates": {header: order},
"values": {header: {raw: canonical}}, "items": {header: settings}, "programmes": {name: id in the plan}, "scope",
"survey_id", "side", "test_responses", "answers": {...}}.
What is true of one file alone (its date, its wave, what to do with its faults) is never remembered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.imports.headers import words_of
from analysis.imports.report import shown

NOT_LOADED = "do not load"
NONE = "none of them"
BY_HEADER = ("columns", "values", "dates", "items")
PROGRAMMES = "programmes"
RECALLED = ("remembered", "again", "lost")  # marks of what was remembered, which nobody gives
LASTING = ("kind", *BY_HEADER, PROGRAMMES, "scope", "survey_id", "side", "cohort", "test_responses", "minimum_answered")
CLOSE_ENOUGH = 0.5  # the share of headers that two files must have in common to be of one shape
_HIDDEN = "#"
_SURVEY = "survey"  # its questions are known by their texts, which are not always the header
_COLUMN_OF = "column_of:"
_ANSWER = re.compile(r"(?:(columns|dates|items|programmes):(.*)|(values):(.*?) = (.*))", re.DOTALL)


@dataclass(frozen=True)
class Remembered:
    """The mapping of an earlier load and the headers it was for, normalised."""

    headers: frozenset[str]
    mapping: Mapping[str, object]


def answer_id(part: str, header: str, value: str | None = None) -> str:
    """The id of a question about a column, or about one value in it."""
    return f"{part}:{header}" if value is None else f"{part}:{header} = {value}"


def settled(mapping: Mapping[str, object]) -> dict[str, object]:
    """The mapping with its answers put in their places; an answer wins over what stood there."""
    result: dict[str, object] = {name: value for name, value in mapping.items() if name != "answers"}
    for part in (*BY_HEADER, PROGRAMMES):
        given = result.get(part)
        result[part] = dict(given) if isinstance(given, Mapping) else {}
    answers = mapping.get("answers")
    for name, answer in (answers if isinstance(answers, Mapping) else {}).items():
        found = _ANSWER.fullmatch(str(name))
        if not found:
            result[str(name)] = answer
            if str(name).startswith(_COLUMN_OF) and answer != NONE:
                _part(result, "columns")[str(answer)] = str(name).removeprefix(_COLUMN_OF)
            continue
        part, header, value = found[1] or found[3], found[2] or found[4], found[5]
        place = _part(result, part)
        if value is None:
            place[header] = answer
        else:
            inner = place.get(header)
            place[header] = {**(inner if isinstance(inner, Mapping) else {}), value: answer}
    return result


def recall(known: Iterable[Remembered], headers: Sequence[str], given: Mapping[str, object]) -> Mapping[str, object]:
    """What was remembered for the closest shape, with what is given now on top; only of headers that are here."""
    here = frozenset(words_of(header) for header in headers if header)
    best, share = None, CLOSE_ENOUGH
    for one in known:
        alike = len(one.headers & here) / max(1, len(one.headers | here))
        if alike >= share:
            best, share = one, alike
    if best is None or (given.get("kind") or best.mapping.get("kind")) != best.mapping.get("kind"):
        return given
    merged: dict[str, object] = {name: best.mapping[name] for name in LASTING if name in best.mapping}
    for part in BY_HEADER:
        old, new = best.mapping.get(part), given.get(part)
        kept = {
            name: value
            for name, value in _mapping(old).items()
            if best.mapping.get("kind") == _SURVEY or words_of(str(name)) in here
        }
        merged[part] = {**kept, **(new if isinstance(new, Mapping) else {})}
    merged[PROGRAMMES] = {**_mapping(best.mapping.get(PROGRAMMES)), **_mapping(given.get(PROGRAMMES))}
    lost = {
        str(target): str(name)
        for name, target in _mapping(best.mapping.get("columns")).items()
        if words_of(str(name)) not in here and target != NOT_LOADED
    }
    now = settled(given)
    again = [
        f"{part}:{name}"
        for part in ("columns", "dates")
        for name in _mapping(merged[part])
        if name not in _mapping(now[part])
    ]
    return {
        **merged,
        "remembered": True,
        "again": again,
        "lost": lost,
        **{k: v for k, v in given.items() if k not in (*BY_HEADER, PROGRAMMES)},
    }


def lasting(mapping: Mapping[str, object], hash_of: Callable[[str], str]) -> dict[str, object]:
    """What may be remembered of a mapping. Values that could tell on somebody are kept as keyed hashes."""
    kept: dict[str, object] = {name: mapping[name] for name in LASTING if mapping.get(name)}
    if isinstance(kept.get("values"), Mapping):
        kept["values"] = {
            header: {_safe(str(raw), hash_of): value for raw, value in _mapping(meanings).items()}
            for header, meanings in _mapping(kept["values"]).items()
        }
    return kept


def remembered_value(meanings: Mapping[str, object], raw: str, hash_of: Callable[[str], str]) -> object | None:
    """What a raw value was said to mean, whether it was kept as it is or as a keyed hash."""
    if raw in meanings:
        return meanings[raw]
    return meanings.get(_HIDDEN + hash_of(raw))


def as_text(mapping: Mapping[str, object]) -> str:
    return json.dumps(mapping, sort_keys=True, ensure_ascii=False)


def _safe(raw: str, hash_of: Callable[[str], str]) -> str:
    return raw if raw.startswith(_HIDDEN) or shown(raw) != "this value" else _HIDDEN + hash_of(raw)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _part(result: dict[str, object], part: str) -> dict[str, object]:
    place = result[part]
    assert isinstance(place, dict)
    return place
