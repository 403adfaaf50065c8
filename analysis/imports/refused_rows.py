"""What a person takes away from a load: the refused rows as a file, and the mapping as a file."""

from __future__ import annotations

import json

from analysis.csv_file import csv_bytes
from analysis.imports.report import FileReport, Issue

_HEADER = ("line", "column", "code", "what is wrong")


def refused_rows_csv(report: FileReport) -> bytes:
    """The lines that were not loaded and why, by line, as CSV in UTF-8 with its mark, which Excel needs.

    Columns: line, column, code, what is wrong. Of a refused file, everything that stands in the way. Where not every
    line could be listed, the last row says how many are missing.
    """
    issues = sorted(filter(lambda issue: _refuses(report, issue), report.issues), key=lambda issue: issue.line)
    rows: list[tuple[object, ...]] = [(issue.line, issue.column, issue.code, issue.message) for issue in issues]
    missing = report.rejected - len({issue.line for issue in issues})
    if missing > 0 and report.status != "refused":
        rows.append((None, None, "more", f"{missing:,} more refused lines are not listed."))
    return csv_bytes(_HEADER, rows)


def mapping_json(report: FileReport) -> bytes:
    """All that was decided about the file, as a mapping for the next one like it, in UTF-8; what is true of this one
    file alone, its date and its wave, stays out."""
    lasting = {name: value for name, value in report.mapping.items() if name not in ("as_of", "wave")}
    return (json.dumps(lasting, ensure_ascii=False, indent=2, default=str) + "\n").encode()


def _refuses(report: FileReport, issue: Issue) -> bool:
    # What only informs is about the whole file or many lines; what refuses a line begins with its place.
    return report.status == "refused" or issue.message.startswith((f"Line {issue.line}:", f"Line {issue.line}, "))
