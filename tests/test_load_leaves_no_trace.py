"""No value that could tell who somebody is stays behind, whatever happens: in no byte of the store, in no message."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from analysis.store import Store

# Each marker stands in one sort of cell alone, so that a trace says where it came from.
HASHED = {"employee_id": "MARKEDID", "manager_id": "MARKEDBOSS", "email": "markedmail"}
NOT_LOADED = {
    "full_name": "Markedname",
    "national_insurance_number": "QQMARKEDNI",
    "salary": "MARKEDPAY",
    "home_address": "Markedstreet",
    "iban": "GBMARKEDBANK",
    "date_of_birth": "1971-MARKEDBIRTH",
    "medical_note": "Markedillness",
    "whatever_else": "Markedwhatever",
}
MARKERS = (*HASHED.values(), *NOT_LOADED.values())
ROWS = 300  # enough for the store to write whole blocks of each column, and for one bad line to be under one per cent


def people(fault: str = "") -> str:
    """A people file with every marker in every line; `fault` is the last line's termination date."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*HASHED, "hire_date", "termination_date", "department", *NOT_LOADED])
    for row in range(ROWS):
        unique = f"{row:05}"
        hashed = [f"MARKEDID{unique}", f"MARKEDBOSS{unique}", f"markedmail{unique}@example.org"]
        kept = ["2020-01-01", fault if row == ROWS - 1 else "", "Finance"]
        others = [f"{marker}{unique}" for marker in NOT_LOADED.values()]
        writer.writerow([*hashed, *kept, *others])
    return text.getvalue()


@pytest.fixture(autouse=True)
def without_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMPACT_KEY", raising=False)
    monkeypatch.setattr("analysis.load.build_derived", lambda connection, plan: None)
    monkeypatch.setattr("analysis.load.store_headlines", lambda connection, version, say: None)


def run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*words, "--store", str(folder / "store")])
    return result.exit_code, result.output + result.stderr


def load(folder: Path, text: str, *words: str) -> tuple[int, str]:
    file = folder / "given" / "people.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    answers = folder / "given" / "answers.json"
    unused = dict.fromkeys(NOT_LOADED, "do not load")
    answers.write_text(json.dumps({"columns": unused, "answers": {"rejected_rows": "load_the_rest"}}))
    return run(folder, "load", str(file), "--mapping", str(answers), *words)


def assert_no_trace(folder: Path, *told: str) -> None:
    """Neither in any file beside what was given, in either of the two usual encodings, nor in what was printed."""
    written = [path for path in folder.rglob("*") if path.is_file() and "given" not in path.parts]
    for path in written:
        content = path.read_bytes().lower()
        for marker in MARKERS:
            assert marker.lower().encode() not in content, (path.name, marker)
            assert marker.lower().encode("utf-16-le") not in content, (path.name, marker)
    for text in told:
        for marker in MARKERS:
            assert marker.lower() not in text.lower(), marker


def test_the_markers_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "left").write_bytes(b"\0" * 9 + b"markedpay00001")
    with pytest.raises(AssertionError, match="MARKEDPAY"):
        assert_no_trace(tmp_path)


@pytest.mark.parametrize("way", [(), ("--json",)])
def test_a_load_its_undoing_and_its_history(way: tuple[str, ...], tmp_path: Path) -> None:
    code, told = load(tmp_path, people(), *way)
    assert code == 0, told
    _, listed = run(tmp_path, "status", "--json")
    undone_code, undone = run(tmp_path, "undo", json.loads(listed)[0]["load_id"])
    assert undone_code == 0
    assert {path.name for path in (tmp_path / "store").iterdir()} >= {"current", "v000001.duckdb", "v000002.duckdb"}
    assert_no_trace(tmp_path, told, listed, undone)


@pytest.mark.parametrize("way", [(), ("--json",)])
def test_rejected_lines_are_told_without_their_values(way: tuple[str, ...], tmp_path: Path) -> None:
    code, told = load(tmp_path, people(fault="Markedname00299"), *way)
    assert code == 0 and f"{ROWS + 1}" in told, told
    assert_no_trace(tmp_path, told)


@pytest.mark.parametrize("way", [(), ("--json",)])
def test_a_refused_file(way: tuple[str, ...], tmp_path: Path) -> None:
    twice = people() + people(fault="2024-05-01").splitlines()[-1] + "\n"
    code, told = load(tmp_path, twice, *way)
    assert code == 4 and "conflicting-key" in told, told
    assert_no_trace(tmp_path, told)


def test_a_dry_run(tmp_path: Path) -> None:
    code, told = load(tmp_path, people(), "--dry-run", "--json")
    assert code == 0, told
    assert not (tmp_path / "store").exists()
    assert_no_trace(tmp_path, told)


def test_while_the_draft_is_open_and_after_it_broke_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()

    def look(connection: object, plan: object) -> None:
        seen.update(path.name for path in (tmp_path / "store").iterdir())
        assert_no_trace(tmp_path)
        raise MemoryError

    monkeypatch.setattr("analysis.load.build_derived", look)
    load(tmp_path, people())
    assert seen >= {"draft.duckdb", "draft.duckdb.wal", "lock"}
    assert not Store(tmp_path / "store").exists()
    assert_no_trace(tmp_path)
