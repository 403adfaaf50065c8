"""The command `audit`, and what the other commands write into it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from analysis.__main__ import main
from analysis.store import Store, audit_path, check_audit, read_audit, write_audit
from tests.pages import empty_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(empty_store(tmp_path))


def run(store: Store, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--store", str(store.folder)])


def told(store: Store) -> list[tuple[str, str, str]]:
    return [(one.what, one.about, one.outcome) for one in read_audit(store)]


def test_what_is_asked_is_told_with_its_options_and_never_with_a_word_the_data_do_not_have(store: Store) -> None:
    assert run(store, "verdicts").exit_code == 0
    assert run(store, "claims", "--group", "Benefits", "--json").exit_code in (0, 2)
    assert run(store, "effect", "--outcome", "retention", "--side", "mentor", "--cohort", "Ann Lee").exit_code == 2
    assert told(store)[0] == ("finding", "verdicts", "done")
    assert told(store)[-1] == ("finding", "effect", "not answered")
    assert "Ann Lee" not in audit_path(store).read_text()
    assert read_audit(store)[0].who


def test_status_check_figure_and_the_audit_itself_ask_nothing(store: Store) -> None:
    run(store, "status")
    CliRunner().invoke(main, ["claims", "check-figure", "88 %, 7 of 8"])
    run(store, "audit")
    assert told(store) == []


def test_a_store_that_is_not_there_gets_no_audit(tmp_path: Path) -> None:
    none = Store(tmp_path / "none")
    assert run(none, "verdicts").exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_it_is_listed_filtered_and_written_to_a_file(store: Store, tmp_path: Path) -> None:
    write_audit(store, "load", "a.csv", who="ann")
    write_audit(store, "finding", '=1+1, "x"', who="bob")
    listed = run(store, "audit")
    assert "ann  load: a.csv (done, data version 1)" in listed.output and listed.exit_code == 0
    (one,) = json.loads(run(store, "audit", "--what", "load", "--json").output)
    assert one["who"] == "ann" and one["number"] == 1
    day = read_audit(store)[0].at[:10]
    assert len(json.loads(run(store, "audit", "--since", day, "--until", day, "--json").output)) == 2
    assert "No such event" in run(store, "audit", "--until", "2001-01-01").output
    out = tmp_path / "audit.csv"
    assert "Wrote 2 events" in run(store, "audit", "--out", str(out)).output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["what"] for row in rows] == ["load", "finding"] and not rows[1]["about"].startswith("=")
    assert told(store)[-2:] == [
        ("audit exported", "2 events as csv", "begun"),
        ("audit exported", "2 events as csv", "done"),
    ]
    assert run(store, "audit", "--out", str(out)).exit_code == 2, "never over a file"
    assert run(store, "audit", "--out", str(tmp_path / "audit.json")).exit_code == 0
    assert len(json.loads((tmp_path / "audit.json").read_text())) >= 4


def test_check_says_what_is_wrong_by_its_exit_code(store: Store) -> None:
    for number in range(3):
        write_audit(store, "finding", f"question {number}")
    noted = check_audit(store).digest
    assert run(store, "audit", "--check").exit_code == 0
    assert run(store, "audit", "--check", "--noted", noted).exit_code == 0
    path = audit_path(store)
    path.write_text(path.read_text().replace("question 1", "question 9"))
    found = run(store, "audit", "--check")
    assert found.exit_code == 1 and "Line 2 was changed" in found.output
    assert json.loads(run(store, "audit", "--check", "--json").output)[0]["lines"] == 3


def test_check_names_what_was_cut_off_which_is_no_fault_of_the_file(store: Store) -> None:
    write_audit(store, "erasure", "one person", "begun", "ann")
    found = run(store, "audit", "--check")
    assert found.exit_code == 0 and "Line 1 begins erasure: one person" in found.output
    assert len(json.loads(run(store, "audit", "--check", "--json").output)[0]["unfinished"]) == 1


def test_a_report_is_not_made_untold_and_an_answer_is_read_all_the_same(store: Store, tmp_path: Path) -> None:
    audit_path(store).mkdir()
    out = tmp_path / "report.csv"
    report = run(store, "report", "--format", "csv", "--out", str(out))
    assert report.exit_code == 2 and "can't be written" in report.stderr and not out.exists()
    verdicts = run(store, "verdicts")
    assert verdicts.exit_code == 0 and "Warning: The audit file" in verdicts.stderr
    load = CliRunner().invoke(main, ["load", str(Path(__file__)), "--store", str(store.folder)])
    assert load.exit_code == 2 and not isinstance(load.exception, TypeError)


def test_a_file_that_is_gone_or_emptied_does_not_hold(store: Store) -> None:
    write_audit(store, "load", "a.csv")
    assert run(store, "audit", "--check").exit_code == 0
    audit_path(store).write_text("")
    emptied = run(store, "audit", "--check")
    audit_path(store).unlink()
    gone = run(store, "audit", "--check")
    assert (emptied.exit_code, gone.exit_code) == (1, 1)
    assert "store.audit.jsonl is blank" in emptied.output and "store.audit.jsonl is missing" in gone.output
    assert "holds" not in gone.output.replace("does not hold", "")


def test_neither_a_store_nor_its_audit_is_no_audit_that_holds(tmp_path: Path) -> None:
    done = run(Store(tmp_path / "mistyped"), "audit", "--check")
    assert done.exit_code == 2 and "is no store" in done.stderr and "holds" not in done.output
