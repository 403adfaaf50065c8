"""The comparison behind the reference benchmark: what is off, missing or no number is seen."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reference import main
from benchmarks.reference_checks.entries import Entry, compare

VALUES = {"rate": 0.25, "ends": [0.1, 0.4], "zero": 0, "flag": True, "who": "F", "inner": {"n": 3}}
FOUND = {"rate": 0.25, "ends": np.array([0.1, 0.4]), "zero": 0.0, "flag": True, "who": "F", "inner": {"n": 3.0}}


def entry(values: dict[str, object]) -> Entry:
    return Entry("x", {}, values, 1e-6, Path())


def test_all_right_counts_every_value() -> None:
    outcome = compare(entry(VALUES), FOUND)
    assert (outcome.compared, outcome.missing, outcome.worst, outcome.ok) == (7, (), 0.0, True)


@pytest.mark.parametrize(
    ("changed", "name"),
    [({"rate": 0.2501}, "rate"), ({"ends": [0.1, 0.41]}, "ends[1]"), ({"zero": 1e-4}, "zero"),
     ({"flag": False}, "flag"), ({"who": "M"}, "who"), ({"rate": math.nan}, "rate"), ({"rate": None}, "rate"),
     ({"rate": math.inf}, "rate")],
)  # fmt: skip
def test_one_value_off_fails_and_is_named(changed: dict[str, object], name: str) -> None:
    outcome = compare(entry(VALUES), FOUND | changed)
    assert not outcome.ok
    assert outcome.worst_value == name


@pytest.mark.parametrize("changed", [{"ends": [0.1]}, {"inner": {}}])
def test_a_value_that_was_not_compared_fails(changed: dict[str, object]) -> None:
    outcome = compare(entry(VALUES), FOUND | changed)
    assert outcome.worst == 0.0
    assert len(outcome.missing) == 1
    assert not outcome.ok
    assert not compare(entry({}), FOUND).ok


def test_exit_code_and_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = {"id": "A-evalue-1", "data": {"rr": 3.9, "lo": 1.8, "hi": 8.7}, "rel_tol": 1e-6,
             "values": {"e_value_point": 7.26303434416, "e_value_ci": 3}}  # fmt: skip
    unknown = {"id": "nobody-knows", "data": {}, "rel_tol": 1e-6, "values": {"a": 1}}
    (tmp_path / "reference.json").write_text(json.dumps({"checks": [known]}), encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert "1 of 1 entries reproduced" in capsys.readouterr().out
    (tmp_path / "reference.json").write_text(json.dumps({"checks": [known, unknown]}), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert "NOT OK" in capsys.readouterr().out
    (tmp_path / "reference.json").write_text(json.dumps({"checks": []}), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
