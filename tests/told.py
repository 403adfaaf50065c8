"""What loads are told by the checks across tables, without what is computed from the rows, which takes longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from analysis.imports.report import Issue
from analysis.load import SourceFile, load
from analysis.store import Store
from tests.small_employer import Row, csv_bytes

Told = dict[tuple[str, str], Issue]
LADDER = [{"level": level, "rank": rank} for rank, level in enumerate("ABCD", start=1)]


@contextmanager
def nothing_computed() -> Iterator[None]:
    with patch("analysis.load.build_derived"), patch("analysis.load.store_headlines"):
        yield


def tell(folder: Path, answers: Mapping[str, str] | None = None, **tables: Sequence[Row]) -> Told:
    """Load `tables` (rows by kind of file; people_2 is a second people file) into the store of this folder.

    Gives what was told by (file, code); the first row of a file stands in line 2.
    """
    files = [SourceFile(f"{name}.csv", csv_bytes(rows)) for name, rows in tables.items()]
    with nothing_computed():
        reports = load(Store(folder / "store"), files, mapping={"answers": answers} if answers else None)
    assert [(report.status, report.rejected) for report in reports] == [("loaded", 0)] * len(files), [
        (report.message, report.questions) for report in reports
    ]
    return {(report.file.removesuffix(".csv"), issue.code): issue for report in reports for issue in report.issues}


def staff(day: str, names: str, **facts: object) -> list[Row]:
    """One snapshot: a row for each letter, on level A and hired in 2015 unless `facts` say otherwise."""
    return [
        {
            "employee_id": name,
            "as_of_date": day,
            "hire_date": "2015-01-01",
            "level": "A",
            "termination_date": "",
            **facts,
        }
        for name in names
    ]
