"""People, pairs and meetings that a file names by e-mail address alone are found among those loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis.load
from analysis.load import SourceFile, load
from analysis.store import Store
from tests import list_files, mentoring_files

REPORTS = SourceFile("reports.csv", mentoring_files.meeting_reports())
PAIRS = SourceFile("pairs.csv", mentoring_files.chronus(), {"answers": {"all:start_date": "2026-01-12"}})
PEOPLE = SourceFile("people.csv", mentoring_files.people_of_pairs())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)
    return Store(tmp_path / "store")


def test_in_one_command_and_any_order_everybody_is_found(store: Store) -> None:
    reports = load(store, [REPORTS, PAIRS, PEOPLE])
    assert [report.status for report in reports] == ["loaded"] * 3, [report.message for report in reports]
    with store.reader().cursor() as cursor:
        unknown = cursor.execute(
            "select count(*) from pairs where mentor_id not in (select employee_id from people)"
        ).fetchone()
        meetings = cursor.execute(
            "select count(*), count(distinct pair_id), count(distinct session_date) from sessions "
            "join pairs using (pair_id)"
        ).fetchone()
        kept = cursor.execute("select count(*) from sessions_row").fetchone()
    assert unknown == (0,)
    assert meetings is not None and meetings[:2] == (4, 2), "two pairs met twice; two reports of a meeting are one"
    assert kept == (6,), "no report is lost"


def test_a_report_without_a_known_pair_says_so(store: Store) -> None:
    [report] = load(store, [REPORTS])
    assert (report.status, report.loaded) == ("loaded", 6)
    assert "unknown-pair" in {issue.code for issue in report.issues}


def test_sessions_are_found_by_their_two_people(store: Store) -> None:
    rows = [["kim1@example.org", "kim7@example.org", "2026-02-15", "Completed"]]
    header = ["Mentor Email", "Mentee Email", "Session Date", "Session Status"]
    sessions = SourceFile("sessions.csv", list_files.csv_of(header, rows))
    reports = load(store, [sessions, PAIRS, PEOPLE])
    assert [report.status for report in reports] == ["loaded"] * 3, [
        (report.message, report.questions) for report in reports
    ]
    with store.reader().cursor() as cursor:
        assert cursor.execute("select count(*) from sessions join pairs using (pair_id)").fetchone() == (1,)


def test_nothing_refused_is_in_the_store(store: Store) -> None:
    """Salary, national ids, names, addresses and texts about people are in these files, and not in the store."""
    answers = {"as_of": "2026-10-31", "side": "mentor", "scope": "everyone"}
    answers |= {"ladder": "later", "all:start_date": "2026-01-12"}
    names = ("workday", "ukg", "adp_payroll", "personio", "culture_amp", "roster", "chronus", "meeting_reports")
    for name in names:
        content = getattr(list_files, name, None) or getattr(mentoring_files, name)
        own = {"values:Emp Typ = C": "contractor"} if name == "workday" else {}
        [report, *_] = load(store, [SourceFile(f"{name}.csv", content(), {"answers": {**answers, **own}})])
        assert report.status == "loaded", (name, report.message)
    marks = (b"Kim ", b"Lee", b"Person 1", b"example.org", b"123-45", b",137.00", b"40,000", b"50.000", b"happy time")
    for path in [*store.folder.rglob("*"), store.key_path]:
        for mark in marks if path.is_file() else ():
            assert mark not in path.read_bytes(), (path.name, mark)
