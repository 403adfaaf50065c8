"""What a load says about its files, and what it would change, as lines of text."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from analysis.commands.answers import OF_ONE_FILE
from analysis.commands.common import concluded, measured
from analysis.findings import words
from analysis.findings.results import SIDES, Finding
from analysis.load import Change, FileReport, Question

LISTED = 20  # issues of one file that are worth reading on a terminal
_LONGEST = 60  # characters of a header
_TELLING = re.compile(r"@|\d{5,}")  # a file without a header may have somebody's data in its first line
_BY_COLUMN = frozenset({"refused-column", "column-not-loaded"})
_ANSWER = "ANSWER"
_GENERAL = ("list", "survey", "canonical headers")


def report_lines(report: FileReport) -> Iterator[str]:
    """One file: what it was taken for, its sum of lines, columns and lines not loaded, its questions."""
    yield f"{report.file}: {report.status}. {report.message}"
    taken = _taken_for(report)
    if taken:
        yield f"  {taken}"
    loaded = "loaded" if report.status == "loaded" else "to load"
    yield (
        f"  {report.lines:,} lines = {report.header_lines} header + {report.loaded:,} {loaded} + "
        f"{report.blank_rows} blank + {report.rejected:,} set aside"
    )
    yield from _columns_not_loaded(report)
    # The columns were just named, each with its reason.
    issues = [issue for issue in report.issues if not (report.columns and issue.code in _BY_COLUMN)]
    for issue in issues[:LISTED]:
        yield f"  {issue.message} [{issue.code}]"
    if len(issues) > LISTED:
        yield f"  and {len(issues) - LISTED:,} more; --json lists them all"
    before: tuple[str, ...] = ()
    for question in report.questions:
        yield from _question(question, before)
        before = question.choices


def how_to_answer(reports: Sequence[FileReport]) -> str:
    """The options that would answer everything asked, with each suggestion in its place."""
    asking = [report for report in reports if report.questions]
    options = []
    for report in asking:
        one = "" if len(reports) == 1 else f"{report.file}{OF_ONE_FILE}"
        for question in report.questions:
            options.append(f"--answer {shlex.quote(f'{one}{question.id}={question.suggestion or _ANSWER}')}")
    suggestions = [question.suggestion for report in asking for question in report.questions]
    check = " Check what is suggested." if any(suggestions) else ""
    fill = f" {_ANSWER} stands where nothing is suggested." if not all(suggestions) else ""
    given = " \\\n  ".join(options)
    return (
        f"Load again with your answers.{check}{fill}\n  {given}\n"
        'or in a JSON file given with --mapping, such as {"answers": {"rejected_rows": "load_the_rest"}}.'
    )


def change_lines(change: Change) -> Iterator[str]:
    """People in the newest list, and the declared retention of each side now and with the files."""
    if change.people:
        as_of = f" as of {change.as_of}" if change.as_of else ""
        moved = ""
        if change.joined or change.left:
            moved = f"; {change.joined:,} new, {change.left:,} left since the list before"
        yield f"{words.people(change.people, 'person', 'people')}{as_of}{moved}."
    if not change.after:
        yield "No cohort has been followed for twelve months yet, so there is no retention to compare."
    for side in SIDES:
        found = [("now", one) for one in change.before if one.side == side]
        found += [("with these files", one) for one in change.after if one.side == side]
        if found:
            last = found[-1][1]
            yield f"{words.SIDE_LABELS[side]}, {words.outcome_label(last.outcome, last.horizon_months).lower()}"
        for when, finding in found:
            yield f"  {when}: {_concluded(finding)}"


def _concluded(finding: Finding) -> str:
    verdict, numbers = concluded(finding), measured(finding)
    if numbers:
        return f"{verdict}; {numbers}"
    return finding.sentence if finding.sentence.startswith(verdict) else f"{verdict}. {finding.sentence}"


def _taken_for(report: FileReport) -> str:
    kind = (report.kind or "").replace("_", " ")
    if not report.format and not kind:
        return ""
    name = report.format if report.format and report.format not in _GENERAL else ""
    what = f"{name} ({kind})" if name and kind and kind not in name else name or kind
    if not what:
        return ""
    read = sum(1 for use in report.columns if use.target)
    return f"read as {what}" + (f", from {read} of {len(report.columns)} columns" if report.columns else "")


def _columns_not_loaded(report: FileReport) -> Iterator[str]:
    asked = {question.column for question in report.questions}
    reasons: dict[str, list[str]] = {}
    for use in report.columns:
        if not use.target and use.header not in asked:
            why = use.why.removeprefix("not loaded").removeprefix(", ")
            reasons.setdefault(why, []).append(_header(use.header))
    for why, headers in reasons.items():
        yield f"  not loaded{f' ({why})' if why else ''}: {', '.join(headers)}"


def _header(text: str) -> str:
    if _TELLING.search(text):
        return "a header that could be an id or an address"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _question(question: Question, choices_before: tuple[str, ...]) -> Iterator[str]:
    yield f"  asks {question.id}: {question.text}"
    if question.form == "order":
        yield f'    all of these in order, written "first < second": {", ".join(question.choices)}'
    elif question.form == "date":
        yield "    a day, written as 2026-03-31"
    elif question.choices:
        yield (
            "    one of the same"
            if question.choices == choices_before
            else f"    one of: {', '.join(question.choices)}"
        )
    if question.samples:
        yield f"    what stands there: {', '.join(question.samples)}"
    why = question.why.rstrip(".")
    if question.suggestion:
        yield f"    suggested: {question.suggestion}" + (f" ({why})" if why else "")
    elif why:
        yield f"    {why}"
