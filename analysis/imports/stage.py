"""One file, checked: from bytes to typed, pseudonymised canonical rows, or to what stands in the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

import numpy as np
import pyarrow as pa

from analysis.imports import rows as row_checks
from analysis.imports.formats import Canonical, Request, check_mapping, recognise
from analysis.imports.formats.plan_file import read_plan_text
from analysis.imports.pseudonyms import Pseudonyms
from analysis.imports.report import FileFault, FileReport, Issue, NeedsAnswer, Question, SourceFile, Status
from analysis.imports.table import Rejections, Table, open_sheet, tabulate
from analysis.imports.values import ARROW_TYPES, typed
from analysis.store.model import KINDS, Column

ASK_ABOVE = 0.01  # the share of rejected lines above which somebody has to say whether to go on
LOAD_THE_REST, STOP = "load_the_rest", "stop"
_EMAIL = Column("email", "email")


@dataclass(frozen=True)
class Checked:
    """`report.status` is dry_run where the file is good. `rows` has the canonical columns and `line`; a survey may
    carry a hashed `email` besides, to find the person. `plan_text` is set for a plan alone."""

    report: FileReport
    sha256: str
    rows: pa.Table | None = None
    plan_text: str | None = None

    @property
    def good(self) -> bool:
        return self.report.status == "dry_run"

    @property
    def as_of_date(self) -> date | None:
        """The one date that a people file speaks of; None for a master list and every other kind."""
        if self.rows is None or self.report.kind != "people":
            return None
        dates = self.rows["as_of_date"].unique().to_pylist()
        return dates[0] if len(dates) == 1 else None


def fingerprint(source: SourceFile, request: Request) -> str:
    """The same for the same content read in the same way; a corrected mapping or date makes it another load."""
    way = [request.kind, request.as_of.isoformat() if request.as_of else None, dict(request.mapping)]
    told = b"" if way == [None, None, {}] else json.dumps(way, sort_keys=True, default=str).encode()
    return hashlib.sha256(source.content + told).hexdigest()


def check(source: SourceFile, request: Request, pseudonyms: Pseudonyms) -> Checked:
    """Check one file by itself. Never raises for what is in the file: the report says it."""
    work = _Work(source.name, fingerprint(source, request))
    try:
        check_mapping(request.mapping)
        if request.wanted_kind == "plan" or source.name.lower().endswith(".toml"):
            return _check_plan(work, source)
        sheet_name = request.answers.get("sheet") or request.mapping.get("sheet")
        sheet = open_sheet(source.content, str(sheet_name) if sheet_name else None)
        work.encoding = sheet.encoding
        form = recognise(sheet.head, request)
        work.table = tabulate(sheet, form.header_rows or 1)
        if not work.table.data_rows:
            raise FileFault("empty", "There is no line of data in this file. Export it again.")
        canonical = form.read(work.table, request)
        work.kind, work.notes = canonical.kind.name, canonical.notes
        rows = _good_rows(canonical, work.table.rejections, request.as_of, pseudonyms)
        _refuse_or_ask(work.table, request.answers.get("rejected_rows"))
    except NeedsAnswer as asked:
        return work.needs_answer(asked.questions)
    except FileFault as fault:
        return work.refused(fault.issues)
    return work.good(rows=rows)


def with_levels_checked(checked: Checked, ladder: frozenset[str]) -> Checked:
    """The same, or refused where it has a level that the ladder lacks."""
    kind = checked.report.kind
    if not checked.good or checked.rows is None or kind is None:
        return checked
    try:
        row_checks.check_levels(kind, checked.rows, ladder)
    except FileFault as fault:
        return Checked(refuse(checked.report, fault.issues), checked.sha256)
    return checked


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


def refuse(report: FileReport, issues: tuple[Issue, ...]) -> FileReport:
    """The report of a file that is refused for `issues`, which come before what was known already."""
    return replace(
        report,
        status="refused",
        loaded=0,
        rejected=report.data_rows,
        issues=(*issues, *report.issues),
        questions=(),
        message=_first_of(issues),
    )


def _good_rows(canonical: Canonical, rejections: Rejections, as_of: date | None, pseudonyms: Pseudonyms) -> pa.Table:
    kind, line = canonical.kind, canonical.line
    email = (_EMAIL,) if "email" in canonical.columns and "email" not in kind.headers else ()
    arrays = {"line": pa.array(line, pa.int32())}
    for column in (*kind.columns, *email):
        cells = canonical.columns.get(column.name)
        if cells is not None:
            arrays[column.name] = typed(column, cells, line, pseudonyms, rejections)
        elif column.name == "as_of_date" and as_of is not None:
            arrays[column.name] = pa.array([as_of], pa.date32()).take(pa.array(np.zeros(len(line), np.int32)))
        else:
            arrays[column.name] = pa.nulls(len(line), ARROW_TYPES[column.type])
    rows = pa.table(arrays)
    row_checks.check_rows(kind, rows, rejections)
    rows = row_checks.fill_made_ids(kind, _without(rows, rejections))
    row_checks.check_keys(kind, rows, rejections)
    return _without(rows, rejections)


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


def _check_plan(work: _Work, source: SourceFile) -> Checked:
    work.kind = "plan"
    text, work.encoding = read_plan_text(source.content)
    return work.good(plan_text=text)


@dataclass
class _Work:
    """What is known about a file so far, so that a report can be written at any point."""

    file: str
    sha256: str
    kind: str | None = None
    encoding: str | None = None
    table: Table | None = None
    notes: tuple[Issue, ...] = ()

    def good(self, rows: pa.Table | None = None, plan_text: str | None = None) -> Checked:
        report = self._report("dry_run", "")
        message = f"Checked, not loaded: {report.loaded:,} of {report.data_rows:,} lines would load."
        return Checked(replace(report, message=message), self.sha256, rows, plan_text)

    def needs_answer(self, questions: tuple[Question, ...]) -> Checked:
        others = len(questions) - 1
        more = f" And {others} more {'question' if others == 1 else 'questions'}." if others else ""
        report = self._report("needs_answer", questions[0].text + more)
        return Checked(replace(report, questions=questions), self.sha256)

    def refused(self, issues: tuple[Issue, ...]) -> Checked:
        return Checked(refuse(self._report("refused", ""), issues), self.sha256)

    def _report(self, status: Status, message: str) -> FileReport:
        table = self.table
        if table is None:  # a plan is one record; of what could not be opened nothing is known
            whole = 1 if self.kind == "plan" else 0
            return FileReport(
                self.file, status, self.kind, self.encoding, whole, 0, whole, 0, whole, 0, (), (), None, message
            )
        rejected = len(table.rejections.all_lines)
        return FileReport(
            file=self.file,
            status=status,
            kind=self.kind,
            encoding=self.encoding,
            lines=table.lines,
            header_lines=len(table.header),
            data_rows=table.data_rows,
            blank_rows=table.blank_rows,
            loaded=table.data_rows - rejected,
            rejected=rejected,
            issues=(*self.notes, *sorted(table.rejections.issues, key=lambda issue: issue.line)),
            questions=(),
            load_id=None,
            message=message,
        )


def _first_of(issues: tuple[Issue, ...]) -> str:
    more = len(issues) - 1
    if not more:
        return issues[0].message
    return f"{issues[0].message} {more} more {'fault is' if more == 1 else 'faults are'} listed."
