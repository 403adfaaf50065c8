"""The cells of a list made canonical, one distinct value at a time, and the questions that this leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports.answered import ALL_OTHERS, answered_day
from analysis.imports.columns import BY_PEOPLE, LINKS, Assignment, samples
from analysis.imports.dates import Order, ask_text, order_of, to_iso, to_year
from analysis.imports.formats.shape import Request
from analysis.imports.meanings import OPEN, meaning
from analysis.imports.remember import NONE, answer_id, remembered_value
from analysis.imports.report import FileFault, Question, shown
from analysis.imports.table import Table
from analysis.store.model import SIDES, Column, Kind

BLANK = "leave blank"
ORDERS = ("day first", "month first", "year first")
EVERYONE, CHANGES = "everyone", "changes"
SWAP, AS_THEY_ARE = "swap them", "as they are"
_ASKED_AT_MOST = 40  # distinct values of one column that a person is asked about; the rest get one answer together
_DAY = re.compile(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
_SIDE = re.compile(r"(mentor|mentee)s?(?![a-z])", re.IGNORECASE)

Meant = tuple[pa.DictionaryArray, dict[str, object], list[Question]]


def spaced(name: str) -> str:
    """A canonical header as words."""
    return name.replace("_", " ")


def _texts(value: object) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}


def with_texts(cells: pa.DictionaryArray, change: Callable[[str], str]) -> pa.DictionaryArray:
    """The same cells with each distinct text changed."""
    texts = [change(text) for text in cells.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(cells.indices, pa.array(texts, pa.string()))


def everywhere(text: str, length: int) -> pa.DictionaryArray:
    """One text in each row."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text], pa.string()))


def date_column(
    cells: pa.DictionaryArray, header: str, said: object, target: str
) -> tuple[pa.DictionaryArray, str | None, list[Question]]:
    """(cells as ISO days, the order in which day and month stand, questions). A birth date becomes its year.

    A value that can't be read stays as it is: it is rejected with its line when the column gets its type.
    """
    texts = [text.strip() for text in cells.dictionary.to_pylist()]
    birth = target == "birth_year"
    read = order_of(texts, birth)
    if said not in (None, *ORDERS):
        raise FileFault(
            "mapping", f'The mapping reads the dates of {header} as "{said}". It can be {" or ".join(ORDERS)}.'
        )
    if read.ambiguous and said is None:
        first = samples([text for text in texts if text])
        choices = ORDERS if any(re.match(r"\d\d-\d\d-\d\d(?!\d)", text) for text in texts) else ORDERS[:2]
        question = Question(answer_id("dates", header), ask_text(first), choices, header, samples=first)
        return cells, None, [question]
    order = cast(Order, said) if read.ambiguous else read.order
    if order is None:
        return cells, None, []
    days = {text: to_year(text, order) if birth else to_iso(text, order) for text in texts}
    return with_texts(cells, lambda text: _or_itself(days[text.strip()], text)), order if order in ORDERS else None, []


def holds_dates(kind: Kind, target: str) -> bool:
    """Whether a column of this kind holds days, or days of birth."""
    return target == "birth_year" or any(column.name == target and column.type == "date" for column in kind.columns)


def orders_told(columns: Iterable[pa.DictionaryArray]) -> frozenset[str]:
    """The orders of day and month that columns show by themselves."""
    found = (order_of(text.strip() for text in cells.dictionary.to_pylist()) for cells in columns)
    return frozenset(read.order for read in found if read.order in ORDERS and not read.ambiguous)


def number_text(text: str, model: Column) -> str:
    """A decimal comma as a point, and a per cent as what the column holds; three digits after a comma stay as they are,
    because they may be thousands."""
    number = re.fullmatch(r"\s*(-?\d+)(?:([.,])(\d+))?\s*(%?)\s*", text)
    if number is None or (number[2] == "," and len(number[3]) == 3):
        return text
    plain = f"{number[1]}.{number[3] or 0}"
    return str(float(plain) / 100) if number[4] and model.high == 1 else plain


def asked_once(questions: Sequence[Question], orders: Sequence[str]) -> list[Question]:
    """One question about the order of dates for all columns that do not tell; what other columns tell is suggested."""
    about_dates = [question for question in questions if question.id.startswith("dates:")]
    if not about_dates:
        return list(questions)
    first, *others = about_dates
    also = f" The same will hold for {', '.join(str(question.column) for question in others)}." if others else ""
    told = set(orders)
    suggestion = told.pop() if len(told) == 1 else None
    why = "as other dates in this file stand" if suggestion else ""
    one = replace(first, text=first.text + also, suggestion=suggestion, why=why)
    return [one if question is first else question for question in questions if question not in others]


def _or_itself(day: str | None, text: str) -> str:
    return text if day is None else day


def meant_column(
    cells: pa.DictionaryArray,
    kind: Kind,
    model: Column,
    header: str,
    said: Mapping[str, object],
    hash_of: Callable[[str], str],
) -> Meant:
    """(cells under the canonical values, what each raw value was said to mean, questions about the others)."""
    if model.type != "choice" and model.name not in OPEN:
        return cells, {}, []
    texts = [text.strip() for text in cells.dictionary.to_pylist()]
    counts = np.bincount(cells.indices.to_numpy(), minlength=len(texts))
    meant: dict[str, str] = {}
    decided: dict[str, object] = {}
    unknown: dict[str, int] = {}
    others = said.get(ALL_OTHERS)
    for place, text in enumerate(texts):
        if not text or text in meant:
            continue
        answer = remembered_value(said, text, hash_of)
        if answer is not None and model.type == "choice" and answer not in (*model.choices, BLANK):
            raise FileFault(
                "mapping",
                f'"{answer}" is no {spaced(model.name)}. It can be {", ".join((*model.choices, BLANK))}.',
                column=header,
            )
        canonical = (
            ""
            if answer == BLANK
            else str(answer)
            if answer is not None
            else meaning(kind.name, model.name, text, texts)
        )
        if canonical is None and model.type == "choice" and others is None:
            unknown[text] = unknown.get(text, 0) + int(counts[place])
        elif canonical is None and model.type == "choice":
            canonical = "" if others == BLANK else str(others)
        meant[text] = text if canonical is None else canonical
        if answer is not None:
            decided[text] = answer
    if others is not None:
        decided[ALL_OTHERS] = others
    changed = with_texts(cells, lambda text: meant.get(text.strip(), text))
    return changed, decided, _ask_meanings(unknown, model, header)


def _ask_meanings(unknown: Mapping[str, int], model: Column, header: str) -> list[Question]:
    by_count = sorted(unknown, key=lambda text: -unknown[text])
    choices = (*model.choices, BLANK)
    about = spaced(model.name)
    questions = [
        Question(
            answer_id("values", header, text),
            f'"{text}" stands in {unknown[text]:,} {"line" if unknown[text] == 1 else "lines"}. Which {about} is that?',
            choices,
            header,
        )
        for text in by_count[:_ASKED_AT_MOST]
    ]
    if len(by_count) > _ASKED_AT_MOST:
        rest = len(by_count) - _ASKED_AT_MOST
        questions.append(
            Question(
                answer_id("values", header, ALL_OTHERS), f"And {rest:,} other values: which {about}?", choices, header
            )
        )
    return questions


def said_before(said: Mapping[str, object], part: str) -> frozenset[str]:
    """The headers of which a part of the mapping was said of an earlier file alone."""
    names, begin = said.get("again"), f"{part}:"
    listed = map(str, names) if isinstance(names, list) else ()
    return frozenset(name.removeprefix(begin) for name in listed if name.startswith(begin))


def for_every_line(
    kind: Kind, request: Request, said: Mapping[str, object], constants: Mapping[str, str], have: Collection[str]
) -> dict[str, str]:
    """What is true of the whole file: said by a person, or known of this kind of file. Raises FileFault for no day."""
    given = {name: text for name, text in constants.items() if name not in have}
    for column in kind.columns:
        answer = said.get(f"all:{column.name}", said.get(column.name) if column.name in ("side", "cohort") else None)
        if column.name not in have and answer not in (None, "", BLANK):
            given[column.name] = str(answer)
            if column.type == "date":
                answered_day(f"all:{column.name}", answer)
    return given


def what_is_missing(
    kind: Kind,
    request: Request,
    said: Mapping[str, object],
    have: Collection[str],
    assigned: Assignment,
    header: Sequence[str],
) -> list[Question]:
    """Questions for what the file as a whole lacks. Raises FileFault where no answer could mend it."""
    questions = []
    linked = {target for email, target in LINKS[kind.name].items() if email in have}
    here = {*have, *linked}
    if kind.name == "sessions" and any(ids <= here for ids in BY_PEOPLE):
        here.add("pair_id")
    asked = {question.column for question in assigned.questions}
    likely = {question.suggestion for question in assigned.questions}
    likely |= {LINKS[kind.name].get(str(email)) for email in likely}
    free = [
        use.header
        for use in assigned.uses
        if not use.target and use.header not in asked and not use.why.startswith(("refused", "blank"))
    ]
    for name in kind.required:
        if name in here or name in likely:
            continue
        question = _ask_for(kind.column(name), request)
        if question is None and not assigned.questions:
            if not free or said.get(f"column_of:{name}") == NONE:
                raise _lacks(kind, name, header)
            question = Question(f"column_of:{name}", f"Which column holds the {spaced(name)}?", (*free, NONE))
        questions += [question] if question else []
    for name, before in _texts(said.get("lost")).items():
        if name not in here and name not in kind.required and f"column_of:{name}" not in said and free:
            text = f"Last time {shown(before)} was the {spaced(name)}. It is not in this file. Which column is it now?"
            questions.append(Question(f"column_of:{name}", text, (*free, NONE)))
    if kind.name == "people" and "as_of_date" not in here and request.as_of is None and not said.get("as_of"):
        day = _DAY.search(request.file)
        questions.append(
            Question(
                "as_of",
                "Which day does this list describe?",
                (),
                suggestion="-".join(day.groups()) if day else None,
                why="from the name of the file" if day else "",
                form="date",
            )
        )
    if kind.name == "people" and request.has_people and not said.get("scope"):
        text = "Is this everyone on that day, or only those with a change since the last list?"
        questions.append(Question("scope", text, (EVERYONE, CHANGES), suggestion=EVERYONE))
    return questions


def _ask_for(column: Column, request: Request) -> Question | None:
    """A question about a required column that is not there, where a single answer can serve the whole file."""
    name = f"all:{column.name}"
    if column.name == "start_date":
        return Question(name, "When did these pairs start? The file has no date for it.", (), form="date")
    if column.name == "side":
        found = {side.lower() for side in _SIDE.findall(request.file)}
        side = found.pop() if len(found) == 1 else None
        why = "from the name of the file" if side else ""
        return Question("side", "Who are the people in this file?", SIDES, suggestion=side, why=why)
    if column.type == "choice":
        return Question(name, f"The file has no {spaced(column.name)}. Which is it for every line?", column.choices)
    return None


def _lacks(kind: Kind, name: str, header: Sequence[str]) -> FileFault:
    told = ", ".join(shown(title) for title in header[:12] if title)
    return FileFault(
        "missing-column",
        f"No column of this file could be read as the {spaced(name)}, which a {kind.name} file needs. It has "
        f"{told}. Say which column holds it, with columns in a mapping, or export it as well.",
        column=name,
    )


def filled(table: Table, place: int, code: str, sentence: str) -> Table:
    """The lines with something in the column at `place`; the others are left out, and said to be no fault."""
    if not table.columns:
        return table
    cells = table.columns[place]
    texts = np.array([bool(text.strip()) for text in cells.dictionary.to_pylist()], dtype=bool)
    here = np.flatnonzero(texts[cells.indices.to_numpy()])
    for line in np.setdiff1d(table.line, table.line[here]):
        table.rejections.add(int(line), None, code, sentence, excused=True)
    return replace(table, line=table.line[here], columns=[column.take(pa.array(here)) for column in table.columns])


def joined(table: Table, header: list[str], places: Sequence[int], name: str) -> tuple[Table, list[str]]:
    """The table with its columns at `places` made one, their texts joined by a hyphen."""
    kept = [place for place in range(len(header)) if place not in places]
    names = [name, *(header[place] for place in kept)]
    if not table.columns:
        return table, names
    texts = [table.columns[place].cast(pa.string()) for place in places]
    whole = pc.binary_join_element_wise(*(pc.utf8_trim_whitespace(text) for text in texts), "-").dictionary_encode()
    return replace(table, columns=[whole, *(table.columns[place] for place in kept)]), names
