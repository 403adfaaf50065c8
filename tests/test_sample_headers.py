"""The invented employer's files carry the canonical headers and values, so that they load with no question asked."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from analysis import sample
from analysis.plan import read_plan
from analysis.store.model import KINDS

KIND_OF_FILE = {"people": "people", "survey": "survey"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample")
    sample.write(out, 500, 14, 3)
    return out


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _kind(path: Path) -> str:
    return path.stem if path.stem in KINDS else KIND_OF_FILE[path.stem.split("_")[0]]


def test_there_is_a_file_for_every_kind_quarter_side_and_wave(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    kinds = ("ladder", "job_events", "invitations", "pairs", "sessions", "goals", "measures")
    single = {f"{name}.csv" for name in kinds}
    surveys = {f"survey_{side}_{wave}.csv" for side in ("mentor", "mentee") for wave in ("pre", "mid", "post")}
    surveys |= {f"survey_colleagues_{wave}.csv" for wave in ("pre", "post")}
    people = {f"people_{2023 + q // 4}Q{q % 4 + 1}.csv" for q in range(1, 15)}
    assert names == single | surveys | people | {"plan.toml", "truth.json"}


def test_headers_and_values_are_those_of_the_model(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        kind = KINDS[_kind(path)]
        rows = _rows(path)
        assert rows, path.name
        assert tuple(rows[0]) == kind.headers, path.name
        keys = [tuple(row[name] for name in kind.key) for row in rows]
        assert len(set(keys)) == len(keys), path.name
        for column in kind.columns:
            values = {row[column.name] for row in rows}
            assert "" not in values or not column.required, (path.name, column.name)
            values.discard("")
            if column.choices:
                assert values <= set(column.choices), (path.name, column.name)
            if column.type == "date":
                assert all(date.fromisoformat(value) <= date(2027, 12, 31) for value in values)
            if column.type in ("number", "integer", "year"):
                numbers = [float(value) for value in values]
                assert column.low is None or min(numbers) >= column.low
                assert column.high is None or max(numbers) <= column.high


def test_lines_end_in_line_feeds_and_text_is_utf_8(folder: Path) -> None:
    for path in folder.iterdir():
        body = path.read_bytes()
        assert b"\r" not in body
        assert body.endswith(b"\n")
        assert b"nan" not in body.lower().replace(b"finance", b""), path.name
        body.decode("utf-8")


def test_levels_stand_on_the_ladder_and_do_not_sort_by_name(folder: Path) -> None:
    ladder = {row["level"]: int(row["rank"]) for row in _rows(folder / "ladder.csv")}
    assert sorted(ladder.values()) == list(range(1, 9))
    assert sorted(ladder) != sorted(ladder, key=lambda level: ladder[level])
    used = {row["level"] for path in folder.glob("people_*.csv") for row in _rows(path)}
    assert used <= set(ladder)


def test_the_plan_declares_eligible_levels(folder: Path) -> None:
    plan = read_plan((folder / "plan.toml").read_text(encoding="utf-8"))
    assert plan.eligible_levels["mentor"] == ("Analyst", "Senior Analyst", "Manager")
    assert plan.eligible_levels["mentee"] == ("Director", "Vice President", "Executive")
    assert plan.reverse_programmes == ("reverse",)
