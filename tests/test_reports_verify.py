"""`report` and `verify` at the command line: same store, same numbers; another store names the load that moved them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from analysis import load as loading
from analysis.__main__ import main
from analysis.reports.content import build
from analysis.store import Store


def test_verify_names_the_load_that_changed_a_number(sample_store: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_store.parent, tmp_path / "copy")
    store = tmp_path / "copy" / sample_store.name
    file = tmp_path / "report.xlsx"
    run = CliRunner()
    made = run.invoke(main, ["report", "--format", "xlsx", "--out", str(file), "--store", str(store)])
    assert made.exit_code == 0, made.output
    same = run.invoke(main, ["verify", str(file), "--store", str(store)])
    assert same.exit_code == 0 and "gives every number" in same.output
    mentoring = next(load for load in loading.history(Store(store)) if "pair" in load.kind or "survey" in load.kind)
    loading.undo(Store(store), mentoring.load_id)
    other = run.invoke(main, ["verify", str(file), "--store", str(store), "--json"])
    assert other.exit_code == 1
    (found,) = json.loads(other.stdout)
    assert found["same"] is False and [each["load_id"] for each in found["loads"]] == [mentoring.load_id]
    assert mentoring.file_name in found["sentence"] and "undone" in found["sentence"]


def test_a_second_format_reuses_the_findings(sample_store: Path) -> None:
    reader = Store(sample_store).reader()
    assert build(reader) is build(reader, build(reader).stamp.quarter)


def test_bad_input_is_a_sentence(sample_store: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("no report", encoding="utf-8")
    run = CliRunner()
    for command, told in (
        (["verify", str(tmp_path / "other.txt")], "no stamp"),
        (["report", "--quarter", "1999Q1", "--format", "csv", "--out", str(tmp_path / "x.csv")], "not a quarter"),
        (["report", "--format", "csv", "--out", str(tmp_path / "no" / "x.csv")], "can't be written"),
    ):
        found = run.invoke(main, [*command, "--store", str(sample_store)])
        assert found.exit_code == 2 and told in found.output, found.output
