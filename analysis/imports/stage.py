"""One file, checked: from bytes to typed, pseudonymised canonical rows, or to what stands in the way."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.imports import rows as row_checks
from analysis.imports.answered import answered_day
from analysis.imports.answered_twice import keep_one_response
from analysis.imports.checked import Checked, Work, refuse
from analysis.imports.columns import EXTRA, LINKS
from analysis.imports.formats import Canonical, Request, check_mapping, recognise
from analysis.imports.formats.lines import AS_THEY_ARE, SWAP
from analysis.imports.formats.plan_file import read_plan_text
from analysis.imports.formats.shape import compared
from analysis.imports.layout import is_summary_table
from analysis.imports.programmes import under_the_plans_names
from analysis.imports.pseudonyms import Pseudonyms
from analysis.imports.remember import recall, settled
from analysis.imports.report import FileFault, NeedsAnswer, Question, SourceFile
from analysis.imports.table import Rejections, Sheet, Table, open_sheet, tabulate
from analysis.imports.values import ARROW_TYPES, MISSING, typed
from analysis.store.model import KINDS, Column

ASK_ABOVE = 0.01  # the share of rejected lines above which somebody has to say whether to go on
WAY = ":"  # between the hash of a content and that of the way in which it is read
_LINES_OFFERED = 12
_HEADERS = 3  # records: as many header rows as a format has at most
LOAD_THE_REST, STOP = "load_the_rest", "stop"


def fingerprint(source: SourceFile, request: Request) -> str:
    """The same for the same content read in the same way; a corrected mapping or date makes it another load.

    It begins with the hash of the content alone.
    """
    content = hashlib.sha256(source.content).hexdigest()
    way = [request.kind, request.as_of.isoformat() if request.as_of else None, dict(request.mapping)]
    if way == [None, None, {}]:
        return content
    return content + WAY + hashlib.sha256(json.dumps(way, sort_keys=True, default=str).encode()).hexdigest()


def check(source: SourceFile, request: Request, pseudonyms: Pseudonyms, mark: str | None = None) -> Checked:
    """Check one file by itself. Never raises for what is in the file: the report says it.

    `mark` is its fingerprint, where that was taken already: a large file is read through for it.
    """
    work = Work(source.name, mark or fingerprint(source, request), notes=source.notes)
    try:
        check_mapping(request.mapping)
        if request.wanted_kind == "plan" or source.name.lower().endswith(".toml"):
            return _check_plan(work, source)
        request = replace(request, hash_of=pseudonyms.of)
        sheet = open_sheet(source.content, *where(request.mapping))
        work.encoding, work.notes = sheet.encoding, (*source.notes, *sheet.notes)
        if is_summary_table(sheet.first):
            raise FileFault(
                "summary-table",
                "This is a table of totals and shares, in which nobody has a line. Export the list behind it.",
            )
        work.given, work.head = request.mapping, sheet.head[:_HEADERS]
        request = replace(request, mapping=recall(request.remembered, sheet.head[0], request.mapping))
        work.said = request.mapping
        as_of = _as_of(request)
        form = recognise(sheet.head, request)
        work.form = form.name
        if form.header_rows is None and not sheet.layout.certain and "header_line" not in settled(request.mapping):
            raise NeedsAnswer((_header_question(sheet),))
        work.table = tabulate(sheet, form.header_rows or sheet.layout.header_rows)
        if not work.table.data_rows:
            raise FileFault("empty", "There is no line of data in this file. Export it again.")
        canonical = form.read(work.table, request)
        canonical = _swapped(canonical, request)
        work.kind, work.canonical, work.seen = canonical.kind.name, canonical, compared(canonical.columns)
        canonical = under_the_plans_names(canonical, request.mapping)
        work.notes = (*work.notes, *canonical.notes)
        rows = _good_rows(canonical, work.table.rejections, as_of, pseudonyms)
        _refuse_or_ask(work.table, request.answers.get("rejected_rows"))
    except NeedsAnswer as asked:
        work.uses, work.kind, work.seen = asked.uses, work.kind or asked.kind, work.seen or asked.seen
        return work.needs_answer(asked.questions)
    except FileFault as fault:
        return work.refused(fault.issues)
    return work.good(rows=rows)


def where(mapping: Mapping[str, object]) -> tuple[str | None, int | None]:
    """The sheet and the line of the header that somebody chose. Raises FileFault for a line that is no number."""
    said = settled(mapping)
    sheet, line = said.get("sheet"), said.get("header_line")
    if line is not None and not re.fullmatch(r"\d{1,6}", str(line)):
        raise FileFault("mapping", "The mapping gives header_line as something else than the number of a line.")
    return str(sheet) if sheet else None, int(str(line)) if line is not None else None


def _header_question(sheet: Sheet) -> Question:
    """Which of the first lines is the header; the likely one is suggested."""
    used = [line for line, cells in sheet.first if any(cells)]
    likely = str(used[sheet.layout.titles])
    return Question(
        "header_line", "Which line holds the headers?", tuple(map(str, used[:_LINES_OFFERED])), suggestion=likely
    )


def swapped_question(known: int, senior: int) -> Question:
    """Asked where most mentors outrank their mentees, as in a programme that is not reverse."""
    text = (
        f"In {senior:,} of {known:,} pairs the mentor is the senior one. In reverse mentoring it is the junior one. "
        "Are the two columns swapped?"
    )
    return Question("swapped", text, (SWAP, AS_THEY_ARE))


def with_conflicts_refused(checked: Sequence[Checked]) -> list[Checked]:
    """The same, with a file refused where it says something else than an earlier file of this command on one key."""
    result = list(checked)
    for kind in dict.fromkeys(one.report.kind for one in checked if one.good and one.rows is not None):
        places = [
            place for place, one in enumerate(result) if one.good and one.rows is not None and one.report.kind == kind
        ]
        if len(places) < 2:
            continue
        files = [(result[place].report.file, cast(pa.Table, result[place].rows)) for place in places]
        for position, issues in row_checks.conflicts_between(KINDS[str(kind)], files).items():
            one = result[places[position]]
            result[places[position]] = Checked(refuse(one.report, issues), one.sha256)
    return result


def _swapped(canonical: Canonical, request: Request) -> Canonical:
    """Mentors and mentees exchanged, where somebody said so."""
    if canonical.kind.name != "pairs" or request.answers.get("swapped") != SWAP:
        return canonical
    other = {"mentor_id": "mentee_id", "mentee_id": "mentor_id", "mentor_email": "mentee_email"}
    other["mentee_email"] = "mentor_email"
    return replace(canonical, columns={other.get(name, name): cells for name, cells in canonical.columns.items()})


def _as_of(request: Request) -> date | None:
    """The day that a list describes, as it was given or answered. Raises FileFault where that can't be."""
    said = request.as_of or settled(request.mapping).get("as_of")
    return answered_day("as_of", said) if said else None


def _good_rows(canonical: Canonical, rejections: Rejections, as_of: date | None, pseudonyms: Pseudonyms) -> pa.Table:
    kind, line = canonical.kind, canonical.line
    arrays = {"line": pa.array(line, pa.int32())}
    blank = {name: pa.nulls(len(line), ARROW_TYPES[name]) for name in {column.type for column in kind.columns}}
    texts = dict(canonical.columns)
    links = {email: name for email, name in LINKS.get(kind.name, {}).items() if email in canonical.columns}
    for column in (*kind.columns, *_besides(canonical)):
        cells = texts.pop(column.name, None)
        if cells is not None:
            found = column if column.name not in links.values() else replace(column, required=False)
            arrays[column.name] = typed(found, cells, line, pseudonyms, rejections)
        elif column.name == "as_of_date" and as_of is not None:
            arrays[column.name] = pa.array([as_of], pa.date32()).take(pa.array(np.zeros(len(line), np.int32)))
        else:
            arrays[column.name] = blank.get(column.type, pa.nulls(len(line), ARROW_TYPES[column.type]))
    for email, name in links.items():
        # Until the person is known, the hashed address stands for the id.
        arrays[name] = pc.coalesce(arrays[name].cast(pa.string()), arrays[email].cast(pa.string()))
        for row in np.flatnonzero(arrays[name].is_null()):
            rejections.add(int(line[row]), name, MISSING.code, MISSING.sentence)
    rows = pa.table(arrays)
    row_checks.check_rows(kind, rows, rejections)
    rows = row_checks.fill_made_ids(kind, _without(rows, rejections))
    row_checks.check_keys(kind, rows, rejections)
    if kind.name == "survey":
        keep_one_response(_without(rows, rejections), rejections)
    return _without(rows, rejections)


def _besides(canonical: Canonical) -> tuple[Column, ...]:
    """What a file may bring besides the columns of its kind, to find a person or a pair by; never stored."""
    kind = canonical.kind
    emails = (*LINKS.get(kind.name, {}), *(("email",) if kind.name == "survey" else ()))
    ids = EXTRA.get(kind.name, ())
    return tuple(
        [Column(name, "email") for name in emails if name in canonical.columns and name not in kind.headers]
        + [Column(name, "id") for name in ids if {name, *LINKS[kind.name]} & set(canonical.columns)]
    )


def _without(rows: pa.Table, rejections: Rejections) -> pa.Table:
    """A line is loaded whole or not at all, however many rows it gives."""
    if not rejections.all_lines:
        return rows
    bad = np.fromiter(rejections.all_lines, dtype=np.int32)
    return rows.filter(pa.array(~np.isin(rows["line"].to_numpy(), bad)))


def _refuse_or_ask(table: Table, answer: object) -> None:
    rejections = table.rejections
    if len(rejections.all_lines) >= table.data_rows:
        first = min(rejections.issues, key=lambda issue: issue.line)
        raise FileFault(
            "all-rows-rejected",
            f"No line of this file can be loaded. {first.message} What is wrong with the others is listed.",
            first.line,
            first.column,
        )
    count = len(rejections.lines - rejections.excused)
    if count <= ASK_ABOVE * table.data_rows or answer == LOAD_THE_REST:
        return
    if answer == STOP:
        raise FileFault("stopped", f"Not loaded, as answered: {count:,} lines have faults. The list below says which.")
    text = f"{count:,} of {table.data_rows:,} lines have faults and can't be loaded. Load the rest without them?"
    raise NeedsAnswer((Question("rejected_rows", text, (LOAD_THE_REST, STOP)),))


def _check_plan(work: Work, source: SourceFile) -> Checked:
    work.kind = "plan"
    text, work.encoding = read_plan_text(bytes(source.content))
    return work.good(plan_text=text)
