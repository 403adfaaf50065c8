"""Which column of a file is which canonical header: said by a person, known by its name, or worth asking."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.dates import order_of
from analysis.imports.headers import APPLY, Match, matches, normalise
from analysis.imports.refuse import describe, refused_header, refused_values
from analysis.imports.remember import NOT_LOADED, answer_id
from analysis.imports.report import ColumnUse, FileFault, Question, shown
from analysis.imports.table import Table
from analysis.store.model import KINDS, Kind

# Besides its headers a kind takes e-mail addresses in place of ids: hashed, they find the person.
LINKS: dict[str, Mapping[str, str]] = {
    "people": {},
    "job_events": {"email": "employee_id"},
    "invitations": {"email": "employee_id"},
    "pairs": {"mentor_email": "mentor_id", "mentee_email": "mentee_id"},
    "sessions": {"mentor_email": "mentor_id", "mentee_email": "mentee_id", "email": "reporter_id"},
}
# A session without a pair id is found by its two people, or by whoever reports it.
EXTRA: dict[str, tuple[str, ...]] = {"sessions": ("mentor_id", "mentee_id", "reporter_id")}
BY_PEOPLE = ({"mentor_id", "mentee_id"}, {"reporter_id"})
NAME = "name"
_OF_PEOPLE = frozenset({"employee_id", "manager_id", "mentor_id", "mentee_id", "reporter_id"})
_CONFIRMED = 0.95  # the share of values that must be dates, where a column is likely to hold them
_LIKELY = 0.5  # the same where its name says that it does: the others are faults of their lines
_TELLING = 0.85  # the score of a name from which it speaks for a kind of file
_SAMPLE = 2_000
_SHOWN = 4
_WORDS = re.compile(r"[^\W\d_][^\d@_]*")
_NEVER = frozenset({"national or tax id", "bank details"})


@dataclass(frozen=True)
class Assignment:
    """Canonical header to position in the file, what became of each column, and what has to be asked."""

    places: Mapping[str, int]
    uses: tuple[ColumnUse, ...]
    questions: tuple[Question, ...]


@dataclass
class _Column:
    """One column of a file while it is being assigned."""

    place: int
    header: str
    distinct: list[str]
    said: object = None
    target: str | None = None
    why: str = ""
    guesses: tuple[Match, ...] = ()

    def values(self) -> list[str]:
        return [text for text in self.distinct[:_SAMPLE] if text.strip()]


def targets_of(kind: Kind) -> tuple[str, ...]:
    """All that a column of this kind of file can be read as."""
    return (*kind.headers, *LINKS.get(kind.name, {}), *EXTRA.get(kind.name, ()))


def assign(
    table: Table,
    header: Sequence[str],
    kind: Kind,
    said: Mapping[str, object],
    known: Mapping[str, str],
    again: Collection[str] = (),
) -> Assignment:
    """Assign the columns under `header`.

    `said` is header to target as a person said, of this file or, where it is in `again`, of an earlier one; `known`
    header to target as the format of the file has it. Raises FileFault where a person gave two columns one name.
    """
    columns = [_Column(place, name, _distinct(table, place)) for place, name in enumerate(header)]
    by_name = {normalise(name): target for name, target in known.items()}
    words = {str(name).strip().casefold(): target for name, target in said.items()}
    for column in columns:
        column.said = words.get(column.header.casefold())
        _decide(column, kind, by_name, column.header in again)
    _settle_rivals(columns)
    open_ones = [column for column in columns if column.guesses and not column.target]
    questions = [_which(column, kind, columns) for column in open_ones]
    for column in open_ones:
        column.why = "to be answered"
    return Assignment(
        places={column.target: column.place for column in columns if column.target},
        uses=tuple(_use(column, table) for column in columns if column.header or column.values()),
        questions=tuple(questions),
    )


def _decide(column: _Column, kind: Kind, known: Mapping[str, str], again: bool) -> None:
    """Said by a person, else refused, else known by name and confirmed by its values, else guessed."""
    allowed = targets_of(kind)
    refused = refused_header(column.header) or refused_values(column.values())
    if column.said is not None:
        said_when = "as last time" if again else "as you said"
        if refused in _NEVER or (refused and again and column.said != NOT_LOADED):
            column.why = f"refused: {refused}"
        elif column.said == NOT_LOADED:
            column.why = f"not loaded, {said_when}"
        elif column.said in allowed:
            column.target, column.why = str(column.said), said_when
        else:
            raise FileFault(
                "mapping",
                f'The mapping sends "{column.header}" to "{column.said}". In a {kind.name} file it can be one of '
                f"{', '.join(allowed)}, or {NOT_LOADED}.",
                column=column.header,
            )
        return
    found = known.get(normalise(column.header))
    if found in allowed and _fits(column, kind, str(found), sure=True):
        column.target, column.why = found, "known from this kind of file"
        return
    if found == NOT_LOADED or not column.header or not column.values():
        column.why = "not needed" if column.values() else "blank"
        return
    if refused:
        column.why = f"refused: {refused}"
        return
    guesses = [match for match in matches(column.header, kind.name) if match.target in (*allowed, NAME)]
    if guesses and guesses[0].target == NAME and guesses[0].score >= APPLY:
        column.why = "refused: name of a person"
        return
    column.guesses = tuple(
        match for match in guesses if match.target != NAME and _fits(column, kind, match.target, match.score >= APPLY)
    )
    sure = [match for match in column.guesses if match.score >= APPLY]
    if len({match.target for match in sure if match.score == sure[0].score}) == 1:
        column.target, column.why = sure[0].target, sure[0].why
    elif not column.guesses:
        column.why = "not part of this kind of file"


def _settle_rivals(columns: Sequence[_Column]) -> None:
    """Where two columns would be one header: what a person said holds, else the surest, else it is asked."""
    for target in {column.target for column in columns if column.target}:
        rivals = [column for column in columns if column.target == target]
        by_person = [column for column in rivals if column.said is not None]
        if len(by_person) > 1:
            named = " and ".join(column.header for column in by_person)
            raise FileFault("mapping", f"Both {named} are to be read as {target}. Keep one of them.")
        scored = sorted(rivals, key=lambda column: (column.said is None, -_score(column), -len(column.distinct)))
        for loser in scored[1:]:
            loser.target, loser.guesses = None, ()
            loser.why = f"{scored[0].header} is read as {target} already"
    taken = {column.target for column in columns if column.target}
    for column in columns:
        column.guesses = tuple(match for match in column.guesses if match.target not in taken)
        if not column.target and not column.guesses and not column.why:
            column.why = "not part of this kind of file"


def _score(column: _Column) -> float:
    return column.guesses[0].score if column.guesses else 1.0


def _fits(column: _Column, kind: Kind, target: str, sure: bool = False) -> bool:
    """Whether the values can be what the name promises."""
    values = column.values()
    model = next((one for one in kind.columns if one.name == target), None)
    if not values or model is None:
        return bool(values)
    if model.type == "date":
        read = order_of(values)
        return read.readable >= (_LIKELY if sure else _CONFIRMED) * (read.readable + read.unreadable)
    if model.type in ("number", "integer"):
        return sum(any(sign.isdigit() for sign in text) for text in values) >= _CONFIRMED * len(values)
    return not (target == "gender" and len(values) > 60)


def _which(column: _Column, kind: Kind, columns: Sequence[_Column]) -> Question:
    best, values = column.guesses[0], column.values()
    taken = {other.target for other in columns if other.target}
    likely = tuple(dict.fromkeys(match.target for match in column.guesses if match.target not in taken))
    rest = tuple(name for name in targets_of(kind) if name not in taken and name not in likely)
    word = "Probably" if best.score >= 0.7 else "Perhaps"
    why = f"{word} {best.target.replace('_', ' ')} ({best.score:.0%})"
    suggestion = likely[0] if likely else None
    of_people = any(match.target in _OF_PEOPLE for match in column.guesses)
    if of_people and are_names(values):
        why, suggestion = "Its values look like names: ids or e-mail addresses are needed to find people", NOT_LOADED
    return Question(
        answer_id("columns", column.header),
        "What is in this column?",
        (*likely, *rest, NOT_LOADED),
        column.header,
        samples=(describe(values, len(values), len(values)),) if of_people else samples(values),
        suggestion=suggestion,
        why=why,
    )


def holds_people(header: str) -> bool:
    """Whether a header stands for people in some kind of file: there are ids below it, or names."""
    found = (match for name in LINKS for match in matches(header, name)[:1])
    return any(match.target in _OF_PEOPLE and match.score >= _TELLING for match in found)


def are_names(values: Sequence[str]) -> bool:
    """Whether these may be names of people: words without a digit, and no e-mail addresses."""
    texts = [text.strip() for text in values[:_SAMPLE] if text.strip()]
    return bool(texts) and sum(_WORDS.fullmatch(text) is not None for text in texts) >= len(texts) / 2


def samples(values: Sequence[str]) -> tuple[str, ...]:
    """The first values as a page may show them; what could tell on somebody is only described."""
    first = [text for text in values[:50] if shown(text) != "this value"][:_SHOWN]
    return tuple(first) if first else (describe(values, len(values), len(values)),)


def _use(column: _Column, table: Table) -> ColumnUse:
    values = column.values()
    told = "" if column.why.startswith("refused") or not values else _told(column, table)
    return ColumnUse(column.header or f"column {column.place + 1}", column.target, column.why, told)


def _told(column: _Column, table: Table) -> str:
    names = (
        "employee_id",
        "manager_id",
        "mentor_id",
        "mentee_id",
        "pair_id",
        "session_id",
        "goal_id",
        "response_id",
        "birth_year",
    )
    if column.target is None or column.target in names or "email" in column.target or "date" in column.target:
        cells = table.columns[column.place]
        filled = len(cells) - int(np.isin(cells.indices.to_numpy(), _blank_codes(cells)).sum())
        return describe(column.values(), len(column.distinct), filled)
    return ", ".join(samples(column.values()))


def _blank_codes(cells: pa.DictionaryArray) -> np.ndarray:
    return np.flatnonzero(pc.equal(pc.utf8_trim_whitespace(cells.dictionary), "").to_numpy(zero_copy_only=False))


def _distinct(table: Table, place: int) -> list[str]:
    """Distinct values of a column, in the order in which they first stand there."""
    if not table.columns or place >= len(table.columns):
        return []
    dictionary = table.columns[place].dictionary
    return [str(text) for text in dictionary.slice(0, _SAMPLE * 5).to_pylist()]


def kind_by_columns(header: Sequence[str]) -> str | None:
    """The one kind that the names of the columns speak for, or None.

    A kind counts where each of its required headers is found; among these, the one that explains most columns.
    """
    explained: dict[str, float] = {}
    for name, kind in KINDS.items():
        if name not in LINKS:
            continue
        best: dict[str, float] = {}
        for title in header:
            for match in matches(title, name)[:1] if title else ():
                best[match.target] = max(best.get(match.target, 0.0), match.score)
        found = {target: score for target, score in best.items() if score >= _TELLING}
        linked = {LINKS[name][target] for target in found if target in LINKS[name]}
        pair = {"pair_id"} if name == "sessions" and any(ids <= {*found, *linked} for ids in BY_PEOPLE) else set()
        if set(kind.required) <= set(found) | linked | pair | _ASKED.get(name, frozenset()):
            explained[name] = sum(found.values())
    best_fit = max(explained.values(), default=0.0)
    fitting = [name for name, fit in explained.items() if fit == best_fit]
    return fitting[0] if len(fitting) == 1 else None


# Required columns that can be asked for the file as a whole.
_ASKED: dict[str, frozenset[str]] = {
    "pairs": frozenset({"start_date"}),
    "job_events": frozenset({"event_type"}),
    "sessions": frozenset({"status"}),
}
