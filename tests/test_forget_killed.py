"""An erasure that is killed leaves the person in or out; what it left behind goes with the next writer, or with the
same command given again, and the audit tells what was cut off."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.forget import NobodyForgotten, forget
from analysis.imports.pseudonyms import Pseudonyms, find_key
from analysis.load import SourceFile, history, load
from analysis.store import Store, check_audit, read_audit
from tests.conftest import ROOT
from tests.tiny import Person, crowd, csv
from tests.told import nothing_computed

GONE = "PERSON-TO-FORGET"


def files_with(store: Store, mark: bytes) -> set[str]:
    return {path.name for path in store.folder.iterdir() if mark in path.read_bytes()}


def known(store: Store, mark: bytes) -> bool:
    """Whether the version that holds has the person."""
    with store.reader().cursor() as cursor:
        found = cursor.execute("select count(*) from people_row where employee_id = ?", [mark.decode()]).fetchone()
    return found is not None and found[0] > 0


def test_killed_before_each_step_on_disk(tmp_path: Path) -> None:
    first = Store(tmp_path / "first" / "store")
    with nothing_computed():
        for number, people in enumerate(([*crowd(5), Person(GONE)], crowd(6))):
            rows = [row for one in people for row in one.rows(("2024-03-31", "2024-06-30"))]
            load(first, [SourceFile(f"people{number}.csv", csv(rows))])
    mark = Pseudonyms(find_key(first.key_path, None, True)).of(GONE).encode()
    assert files_with(first, mark) == {"v000001.duckdb", "v000002.duckdb"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.killed_loads"], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        gone: list[bool] = []
        left_behind = 0
        again: set[str] = set()
        for step in range(1, 200):
            store = Store(tmp_path / str(step) / "store")
            shutil.copytree(first.folder.parent, store.folder.parent)
            print(json.dumps([str(store.folder), "", step, GONE]), file=process.stdin, flush=True)
            process.stdout.readline()  # the number of the process
            if process.stdout.readline().strip() != "gone":  # all steps were made: it waits to be killed
                break
            gone.append(not known(store, mark))
            assert check_audit(store).problems == ()
            assert store.reader().data_version == (3 if gone[-1] else 2)
            left_behind += gone[-1] and bool(files_with(store, mark))
            told = read_audit(store)[-1]
            assert told.outcome == "begun" or told.what == "load" or gone[-1]
            if told.outcome == "begun":
                (cut_off,) = check_audit(store).unfinished
                assert "begins erasure: one person" in cut_off and GONE not in cut_off
            if step % 2:
                again.add(given_again(store, mark, gone[-1], told.outcome == "begun"))
                shutil.rmtree(store.folder.parent)
                continue
            with nothing_computed():
                (report,) = load(store, [SourceFile("next.csv", csv(Person("crowd1").rows(("2024-09-30",))))])
            assert report.status == "loaded" and len(history(store)) == 3
            if gone[-1]:
                assert files_with(store, mark) == set(), "the next load finishes what was cut off"
            else:
                assert known(store, mark) and len(list(store.folder.glob("v*.duckdb"))) == 3
            assert check_audit(store).problems == ()
            shutil.rmtree(store.folder.parent)
        process.kill()
    # Still there up to some step, gone from there on; and some kills came before the older versions were removed.
    assert gone == sorted(gone) and not gone[0] and gone[-1] and left_behind
    assert again == {"forgotten", "forgotten before"}


def given_again(store: Store, mark: bytes, gone: bool, cut_off: bool) -> str:
    """The command given again after the kill: nobody is left in any byte, and the audit tells both attempts."""
    with nothing_computed():
        if gone:
            with pytest.raises(NobodyForgotten, match="Nobody of that id is in the data"):
                forget(store, GONE)
        else:
            assert forget(store, GONE).lines == 2
    assert files_with(store, mark) == set() and not known(store, mark)
    assert store.reader().data_version == 3 and len(list(store.folder.glob("v*.duckdb"))) == 1
    checked = check_audit(store)
    assert checked.problems == () and len(checked.unfinished) == cut_off
    assert read_audit(store)[-1].outcome == ("not done: not in the data" if gone else "done")
    return "forgotten before" if gone else "forgotten"
