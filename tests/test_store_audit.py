"""The audit beside the store: a line an event, each chained to the one before, and nobody's data in it."""

from __future__ import annotations

import json
import stat
import threading
import time
from pathlib import Path

import pytest

from analysis.findings.claims.registry import Wish, register, withdraw
from analysis.load import SourceFile, load, redo, undo
from analysis.store import (
    CannotAudit,
    Store,
    audit_later,
    audit_path,
    audit_trouble,
    audited,
    check_audit,
    flush_audit,
    read_audit,
    write_audit,
)
from tests.told import nothing_computed

LADDER = SourceFile("ladder.csv", b"level,rank\nA,1\n")
PEOPLE = "employee_id,hire_date,as_of_date\nSECRET-ID-1,2020-01-01,2024-03-31\nSECRET-ID-2,2020-01-01,2024-03-31\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def told(store: Store) -> list[tuple[str, str, int, str]]:
    return [(one.what, one.about, one.data_version, one.outcome) for one in read_audit(store)]


def test_loads_undo_redo_and_claims_are_told_before_and_after_with_who_and_no_data(store: Store) -> None:
    with nothing_computed():
        (report, _) = load(store, [SourceFile("staff.csv", PEOPLE.encode()), LADDER], by="steward@example.org")
        undo(store, str(report.load_id), "ann")
        redo(store, str(report.load_id), "ann")
        no = register(store, Wish("B1", "", "retention", "mentor", "higher", 5, "clear", "Ann"), "ann").no
        withdraw(store, no, "a mistake", "Ann", "ann")
        (refused,) = load(store, [SourceFile("no.csv", b"a,b\n1,2\n")])
    name = f"{report.load_id} staff.csv"
    assert told(store) == [
        ("load", "staff.csv, ladder.csv", 0, "begun"),
        ("load", "staff.csv, ladder.csv", 1, "done"),
        ("undo", name, 1, "begun"),
        ("undo", name, 2, "done"),
        ("redo", name, 2, "begun"),
        ("redo", name, 3, "done"),
        ("claim registered", "B1, retention, mentor", 3, "begun"),
        ("claim registered", "B1, retention, mentor", 4, "done"),
        ("claim withdrawn", "registration 1", 4, "begun"),
        ("claim withdrawn", "registration 1", 5, "done"),
        ("load", "no.csv", 5, f"not done: {refused.status.replace('_', ' ')}"),
    ]
    events = read_audit(store)
    assert [one.number for one in events] == list(range(1, 12))
    assert {one.who for one in events[:2]} == {"steward@example.org"} and events[2].who == "ann"
    assert all(one.at.endswith("+00:00") for one in events)
    assert b"SECRET" not in audit_path(store).read_bytes()
    assert stat.S_IMODE(audit_path(store).stat().st_mode) == 0o600
    assert audit_path(store).parent == store.folder.parent
    assert check_audit(store).problems == ()


def test_a_check_and_a_preview_leave_no_line(store: Store) -> None:
    with nothing_computed():
        load(store, [LADDER], dry_run=True)
    assert read_audit(store) == () and not audit_path(store).exists()


def test_what_goes_wrong_is_told_by_its_kind_without_its_words(store: Store) -> None:
    with pytest.raises(KeyError), audited(store, "erasure", "one person"):
        raise KeyError("secret-employee")
    assert told(store)[-1] == ("erasure", "one person", 0, "not done: KeyError")
    assert "secret" not in audit_path(store).read_text()


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [*lines[:1], *lines[2:]], 2),
        (lambda lines: [*lines[:2], lines[2].replace('"who": "ann"', '"who": "bob"'), *lines[3:]], 3),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines[:2], lines[0], *lines[2:]], 3),
        (lambda lines: [*lines[:4], lines[4][:30]], 5),
    ],
    ids=["taken out", "changed", "moved", "put in", "cut short"],
)
def test_a_line_that_is_not_as_written_is_found(store: Store, change: object, line: int) -> None:
    for number in range(5):
        write_audit(store, "finding", f"question {number}", who="ann")
    assert check_audit(store).sentence.startswith("The chain of 5 lines holds.")
    lines = audit_path(store).read_text().splitlines()
    audit_path(store).write_text("\n".join(change(lines)) + "\n")  # type: ignore[operator]
    found = check_audit(store)
    assert found.problems and found.problems[0].startswith(f"Line {line} ")
    assert "does not hold" in found.sentence


def test_a_cut_end_shows_by_a_digest_that_was_noted(store: Store) -> None:
    for number in range(3):
        write_audit(store, "finding", f"question {number}")
    noted = check_audit(store).digest
    write_audit(store, "finding", "one more")
    assert check_audit(store, noted).problems == ()
    audit_path(store).write_text("".join(audit_path(store).read_text().splitlines(keepends=True)[:2]))
    assert check_audit(store).problems == ()
    assert "noted" in check_audit(store, noted).problems[0]


def test_what_was_begun_and_never_ended_is_named(store: Store) -> None:
    with audited(store, "load", "first.csv", "ann"):
        write_audit(store, "load", "second.csv", "begun", "ann")  # as a process that was killed leaves it
    with audited(store, "load", "second.csv", "ann"):
        write_audit(store, "load", "first.csv", "begun", "bob")
    found = check_audit(store)
    assert found.problems == () and "holds" in found.sentence
    assert [sentence.split(" (")[0] for sentence in found.unfinished] == [
        "Line 2 begins load: second.csv",
        "Line 5 begins load: first.csv",
    ]
    assert "bob), and no line tells how it ended" in found.unfinished[1]
    write_audit(store, "load", "second.csv", "not done: refused", "ann")
    assert len(check_audit(store).unfinished) == 1


def test_a_line_after_a_torn_one_stands_on_a_line_of_its_own(store: Store) -> None:
    write_audit(store, "finding", "one")
    with audit_path(store).open("a") as file:
        file.write('{"number": 2, "at"')
    write_audit(store, "finding", "two")
    assert [one.about for one in read_audit(store)] == ["one", "two"]
    assert [problem[:7] for problem in check_audit(store).problems] == ["Line 2 "]


def test_many_writers_make_one_chain(store: Store) -> None:
    def some(name: str) -> None:
        for number in range(20):
            (write_audit if number % 2 else audit_later)(store, "finding", f"{name} {number}")

    threads = [threading.Thread(target=some, args=(f"thread {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flush_audit()
    assert len(read_audit(store)) == 80 and check_audit(store).problems == ()


def test_a_file_that_cannot_be_written_stops_what_would_change_something(store: Store) -> None:
    audit_path(store).mkdir(parents=True)
    with nothing_computed(), pytest.raises(CannotAudit, match=r"store\.audit\.jsonl .* nothing is loaded"):
        load(store, [LADDER])
    assert not store.exists() and not store.key_path.exists()
    assert audit_trouble(store) is not None
    audit_later(store, "finding", "read all the same")
    flush_audit()
    audit_path(store).rmdir()
    write_audit(store, "finding", "back")
    assert audit_trouble(store) is None


def test_a_reader_waits_less_than_a_millisecond(store: Store) -> None:
    """Even while another process holds the file."""
    audit_later(store, "finding", "warm")
    flush_audit()
    taken = []
    for number in range(50):
        began = time.perf_counter()
        audit_later(store, "finding", f"effects: retention, mentor, {number}", who="ann")
        taken.append(time.perf_counter() - began)
    assert sorted(taken)[25] < 0.001
    flush_audit()
    assert len(read_audit(store)) == 51


def test_each_line_is_one_json_object(store: Store) -> None:
    write_audit(store, "download", "a\nname “with” all sorts \u2028.csv", who="Zoë\n")
    (line,) = audit_path(store).read_text(encoding="utf-8").splitlines()[:1]
    assert json.loads(line)["who"] == "Zoë\n" and len(read_audit(store)) == 1
