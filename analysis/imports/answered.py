"""What an answer may be called and may say: a misspelt one is refused, with the nearest that exists.

An answer that matches nothing would change nothing, and the load would go on as if it had not been given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import cast

from analysis.imports.columns import EXTRA, LINKS
from analysis.imports.remember import BY_HEADER, PROGRAMMES, RECALLED, settled
from analysis.imports.report import FIRST_DAY, FileFault, shown
from analysis.store.model import KINDS, SIDES, WAVES

OF_THE_FILE = (
    "kind",
    "sheet",
    "header_line",
    "as_of",
    "scope",
    "ladder",
    "swapped",
    "rejected_rows",
    "side",
    "survey_id",
    "wave",
    "cohort",
    "test_responses",
    "minimum_answered",
)
_OF_QUESTIONS = ("scale", "reversed", "wave")
_OF_HEADERS = ("all", "column_of")
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": (*KINDS, "plan"),
    "scope": ("everyone", "changes"),
    "swapped": ("swap them", "as they are"),
    "rejected_rows": ("load_the_rest", "stop"),
    "side": (*SIDES, "both"),
    "wave": WAVES,
    "test_responses": ("leave_out", "keep"),
}
ALL_OTHERS = "(all others)"
_CLOSE = 0.5


def check_names(mapping: Mapping[str, object], answers: Mapping[str, object]) -> None:
    """Raises FileFault for a part of a mapping, or an answer in it, that is none, and for a choice that is none."""
    for name in mapping:
        if name.partition(":")[0] in (*BY_HEADER, PROGRAMMES, "column_of") and ":" in name:
            raise FileFault("mapping", f'The mapping has "{name}" beside its answers. Write it inside of them.')
        known = (*OF_THE_FILE, *BY_HEADER, PROGRAMMES, "answers")
        if name not in (*known, *RECALLED) and not _with_a_name(name):
            raise FileFault("mapping", f'The mapping has a part "{name}", which there is not.{nearest(name, known)}')
    for name in answers:
        _check_answer(name)
    for name, value in (*mapping.items(), *answers.items()):
        choices = CHOICES.get(name)
        if choices and value is not None and str(value) not in choices:
            raise FileFault(
                "mapping",
                f'"{value}" is no answer to {name}.{nearest(str(value), choices)} It can be {_either(choices)}.',
            )


def headers_named(mapping: Mapping[str, object]) -> list[str]:
    """The headers of which a mapping and the answers in it speak."""
    said = settled(mapping)
    names = [str(name) for part in BY_HEADER for name in cast(Mapping[str, object], said[part])]
    parts = (name.partition(":") for name in said)
    return list(dict.fromkeys([*names, *(rest for part, colon, rest in parts if colon and part in _OF_QUESTIONS)]))


def values_named(answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """(header, value) of each answer that says what one value means."""
    found = (re.fullmatch(r"values:(.*?) = (.*)", name, re.DOTALL) for name in answers)
    return [(one[1], one[2]) for one in found if one and one[2] != ALL_OTHERS]


def without_a_column(name: str, header: Collection[str]) -> FileFault:
    """The mapping names a header that the file does not have."""
    return FileFault(
        "mapping",
        f'The mapping names "{name}", and the file has no such header.{nearest(name, header)} Correct the mapping.',
    )


def without_the_value(header: str, value: str, values: Collection[str]) -> FileFault:
    """An answer about a value that does not stand in its column; what could tell on somebody is not suggested."""
    safe = [one for one in values if shown(one) != "this value"]
    return FileFault(
        "mapping",
        f'The answer to "values:{header} = {value}" answers nothing: no such value stands in the column {header}.'
        f"{nearest(value, safe)}",
        column=header,
    )


def answered_day(name: str, text: object) -> date:
    """A day that somebody gave. Raises FileFault for what is none, or is none on which data can have been."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise FileFault("as-of", f'"{text}" is not a day. Write it as 2026-03-31.') from None
    if not FIRST_DAY <= day <= date.today():
        raise FileFault(
            "as-of",
            f"{name} can't be {day.isoformat()}. It can be a day from {FIRST_DAY.isoformat()} to today, "
            f"{date.today().isoformat()}.",
        )
    return day


def nearest(name: str, known: Iterable[str]) -> str:
    """ " Did you mean ...?", or nothing where none of the known names is like this one."""
    folded = {one.casefold(): one for one in known if one}
    found = get_close_matches(name.casefold(), folded, 1, _CLOSE)
    return f' Did you mean "{folded[found[0]]}"?' if found else ""


def _check_answer(name: str) -> None:
    part, colon, rest = name.partition(":")
    if (not colon and part in OF_THE_FILE) or _with_a_name(name):
        return
    if part == "values" and colon:
        if " = " not in rest:
            raise FileFault("mapping", f'"{name}" answers nothing. Write it as values:HEADER = VALUE.')
        return
    if part in (*BY_HEADER, PROGRAMMES) and colon and rest:
        return
    if part in _OF_HEADERS and colon:
        known = _canonical()
        if rest in known:
            return
        raise FileFault(
            "mapping", f'The answer to "{name}" answers nothing: no column is called {rest}.{nearest(rest, known)}'
        )
    parts = (*OF_THE_FILE, *(f"{one}:{rest}" for one in (*BY_HEADER, PROGRAMMES, *_OF_QUESTIONS, *_OF_HEADERS)))
    raise FileFault("mapping", f'The answer to "{name}" answers nothing: nothing is asked so.{nearest(name, parts)}')


def _with_a_name(name: str) -> bool:
    """Whether this says something of one question of a survey, or of one canonical header."""
    part, _, rest = name.partition(":")
    return bool(rest) and (part in _OF_QUESTIONS or (part == "all" and rest in _canonical()))


def _canonical() -> frozenset[str]:
    """All that a column can be read as."""
    headers = {name for kind in KINDS.values() for name in kind.headers}
    return frozenset(headers.union(*LINKS.values(), *EXTRA.values()))


def _either(choices: Collection[str]) -> str:
    *first, last = choices
    return f"{', '.join(first)} or {last}" if first else last
