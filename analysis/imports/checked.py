"""What is known of a file while it is checked, and afterwards: its report, its rows, what was said of it in vain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa

from analysis.imports.answered import headers_named, values_named, without_a_column, without_the_value
from analysis.imports.formats import Canonical, answers_in
from analysis.imports.layout import named
from analysis.imports.remember import PROGRAMMES, settled
from analysis.imports.report import ColumnUse, FileFault, FileReport, Issue, Question, Status
from analysis.imports.table import Table

Named = tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """`report.status` is dry_run where the file is good. `rows` has the canonical columns and `line`; a survey may
    carry a hashed `email` besides, to find the person. `plan_text` is set for a plan alone. `asks` is true of a file
    that may be asked about: its headers are not the canonical ones; `asked_about_sides` where somebody said who is the
    mentor. `lost` has what a person's mapping names and this file lacks (a header, or a header and a value), with what
    to say of it; `found` what it has. `seen` has the levels and programmes that the file names, by header and with how
    often each stands there; `headers` those of a file whose headers are canonical."""

    report: FileReport
    sha256: str
    rows: pa.Table | None = None
    plan_text: str | None = None
    asks: bool = False
    asked_about_sides: bool = False
    lost: Mapping[Named, FileFault] = field(default_factory=dict)
    found: frozenset[Named] = frozenset()
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    headers: tuple[str, ...] = ()

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


def ask(report: FileReport, questions: tuple[Question, ...]) -> FileReport:
    """The report of a file that waits for answers."""
    others = len(questions) - 1
    more = f" And {others} more {'question' if others == 1 else 'questions'}." if others else ""
    return replace(report, status="needs_answer", questions=questions, message=questions[0].text + more)


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


@dataclass
class Work:
    """What is known about a file so far, so that a report can be written at any point."""

    file: str
    sha256: str
    kind: str | None = None
    encoding: str | None = None
    table: Table | None = None
    notes: tuple[Issue, ...] = ()
    form: str | None = None
    canonical: Canonical | None = None
    uses: tuple[ColumnUse, ...] = ()
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
    given: Mapping[str, object] = field(default_factory=dict)
    head: Sequence[Sequence[str]] = ()

    def good(self, rows: pa.Table | None = None, plan_text: str | None = None) -> Checked:
        report = self._report("dry_run", "")
        message = f"Checked, not loaded: {report.loaded:,} of {report.data_rows:,} lines would load."
        told = bool(settled(self.said).get("swapped"))
        return replace(
            self._checked(replace(report, message=message)),
            rows=rows,
            plan_text=plan_text,
            asked_about_sides=told,
        )

    def needs_answer(self, questions: tuple[Question, ...]) -> Checked:
        return self._checked(ask(self._report("needs_answer", ""), questions))

    def refused(self, issues: tuple[Issue, ...]) -> Checked:
        return self._checked(refuse(self._report("refused", ""), issues))

    def _checked(self, report: FileReport) -> Checked:
        """With what the mapping names and the file has, or has not; nothing is known of one that was not opened."""
        if not self.head:
            return Checked(report, self.sha256)
        asks = bool(self.canonical.decided) if self.canonical else bool(self.seen)
        headers = [cell for row in self.head for cell in row if cell] + [use.header for use in report.columns]
        here = {header.strip().casefold() for header in (*headers, *named(self.head[0]))}
        names: dict[Named, bool] = {(name,): name.strip().casefold() in here for name in headers_named(self.given)}
        lost = {name: without_a_column(name[0], headers) for name, known in names.items() if not known}
        for header, value in values_named(answers_in(self.given)):
            values = self._values(header)
            names[header, value] = value in values
            if values and value not in values:
                lost[header, value] = without_the_value(header, value, values)
        return Checked(
            report,
            self.sha256,
            asks=asks,
            lost=lost,
            found=frozenset(name for name, known in names.items() if known),
            seen=self.seen,
            headers=tuple(cell for cell in self.head[0] if cell),
        )

    def _values(self, header: str) -> frozenset[str]:
        """The distinct texts of a column of the file; none where it has no such column."""
        table = self.table
        place = named(table.header[0]).index(header) if table and header in named(table.header[0]) else None
        if table is None or place is None or not table.columns:
            return frozenset()
        return frozenset(text.strip() for text in table.columns[place].dictionary.to_pylist())

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
            header_lines=table.header_lines,
            data_rows=table.data_rows,
            blank_rows=table.blank_rows,
            loaded=table.data_rows - rejected,
            rejected=rejected,
            issues=(
                *self.notes,
                *table.rejections.notes,
                *sorted(table.rejections.issues, key=lambda issue: issue.line),
            ),
            questions=(),
            load_id=None,
            message=message,
            format=self.form,
            columns=self.canonical.uses if self.canonical else self.uses,
            mapping=self._mapping(),
        )

    def _mapping(self) -> Mapping[str, object]:
        """What was decided, and of what was said what holds for this file alone."""
        decided = self.canonical.decided if self.canonical else {}
        said = settled(self.said)
        alone = {name: said[name] for name in ("ladder", "as_of", "wave", "scope", PROGRAMMES) if said.get(name)}
        return {**alone, **{name: value for name, value in decided.items() if value}}


def _first_of(issues: tuple[Issue, ...]) -> str:
    more = len(issues) - 1
    if not more:
        return issues[0].message
    return f"{issues[0].message} {more} more {'fault is' if more == 1 else 'faults are'} listed."
