"""The command line: exit codes, JSON on standard output, sentences on standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from tests import hr_a

ROOT = Path(__file__).parent.parent
FIELDS = {
    "outcome", "side", "horizon_months", "cohort", "group", "estimand", "method", "estimate", "ci_low", "ci_high",
    "std_error", "p_value", "rate_participants", "rate_comparators", "n_participants", "n_comparators", "checks",
    "verdict", "grade", "sentence", "suppressed", "reason", "data_version", "plan_hash",
}  # fmt: skip


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path, store: Path | None = None) -> Done:
    """In this process: importing everything again for every question would take most of the time."""
    result = CliRunner().invoke(
        main, [str(argument) for argument in arguments], env={"IMPACT_STORE": str(store) if store else None}
    )
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def run_process(*arguments: str | Path, store: Path) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "IMPACT_STORE": str(store)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def answer(*arguments: str | Path, store: Path | None = None) -> list[dict]:
    done = run(*arguments, "--json", store=store)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    for name, content in hr_a.exports().items():
        (folder / name).write_bytes(content)
    reports = answer("load", *[folder / name for name in hr_a.exports()], store=folder / "store")
    assert [report["status"] for report in reports] == ["loaded"] * 5
    people = next(report for report in reports if report["kind"] == "people")
    assert people["lines"] == people["header_lines"] + people["blank_rows"] + people["loaded"] + people["rejected"]
    assert people["data_rows"] == people["loaded"] == 9538
    return folder / "store"


def test_one_question_one_finding(store: Path) -> None:
    (finding,) = answer("effect", "--outcome", "retention", "--side", "mentor", store=store)
    assert set(finding) >= FIELDS
    assert finding["estimate"] == pytest.approx(0.0492013337687, abs=1e-9)
    assert finding["verdict"] == "cannot_tell"
    assert finding["suppressed"] is False and finding["reason"] is None


def test_store_option_and_environment_are_the_same(store: Path) -> None:
    question = ("effect", "--outcome", "promotion", "--side", "mentor")
    assert answer(*question, "--store", store) == answer(*question, store=store)


def test_hidden_findings_have_null_numbers_and_a_reason(store: Path) -> None:
    found = answer("effect", "--outcome", "retention", "--side", "mentor", "--by", "gender", store=store)
    hidden = [finding for finding in found if finding["suppressed"]]
    assert {finding["group"] for finding in hidden} == {"F", "X"}
    for finding in hidden:
        assert finding["reason"]
        numbers = [finding[name] for name in FIELDS if name.startswith(("estimate", "ci_", "std", "p_", "rate_", "n_"))]
        assert numbers == [None] * len(numbers)


def test_a_side_nobody_can_judge_is_one_suppressed_finding(store: Path) -> None:
    (finding,) = answer("effect", "--outcome", "retention", "--side", "mentee", store=store)
    assert finding["suppressed"] and finding["verdict"] == "not_shown" and finding["estimate"] is None


def test_an_older_quarter_pools_fewer_cohorts(store: Path) -> None:
    (now,) = answer("effect", "--outcome", "retention", "--side", "mentor", store=store)
    (then,) = answer("effect", "--outcome", "retention", "--side", "mentor", "--quarter", "2023Q2", store=store)
    assert (then["cohorts"], now["cohorts"]) == (["A1", "A2"], ["A1", "A2", "A3"])


def test_a_horizon_the_plan_does_not_declare_is_exploratory(store: Path) -> None:
    (finding,) = answer("effect", "--outcome", "retention", "--side", "mentor", "--horizon", "6", store=store)
    assert (finding["verdict"], finding["grade"], finding["horizon_months"]) == ("exploratory", None, 6)
    assert finding["estimate"] is not None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--cohort", "A9"), "A1, A2, A3"),
        (("--quarter", "1999Q1"), "2024Q2"),
        (("--quarter", "soon"), "not a quarter"),
        (("--by", "salary"), "gender"),
        (("--horizon", "0"), "1 to 60"),
    ],
)
def test_what_cannot_be_asked_says_what_can(store: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run("effect", "--outcome", "retention", "--side", "mentor", *arguments, store=store)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_as_a_process_it_says_the_same(store: Path) -> None:
    question = ("effect", "--outcome", "retention", "--side", "mentor", "--json")
    assert run_process(*question, store=store) == run(*question, store=store)
    refused = run_process("load", ROOT / "LICENSE", "--json", store=store)
    assert (refused.returncode, refused.stderr) == (3, "")


def test_no_store_is_a_sentence(tmp_path: Path) -> None:
    done = run("effect", "--outcome", "retention", "--side", "mentor", store=tmp_path / "none")
    assert done.returncode == 2 and "No data has been loaded" in done.stderr
    assert answer("status", store=tmp_path / "none") == []


def test_exit_codes_and_nothing_published_when_one_file_is_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("employee_id,department\n1,Sales\n")
    (tmp_path / "ladder.csv").write_text("level,rank\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n")
    before = answer("status", store=store)
    done = run("load", tmp_path / "people.csv", tmp_path / "ladder.csv", "--kind", "people", "--json", store=store)
    assert done.returncode == 4
    assert "hire_date" in done.stdout
    assert answer("status", store=store) == before


def test_a_question_exits_with_three(store: Path, tmp_path: Path) -> None:
    (tmp_path / "what.csv").write_text("alpha,beta\n1,2\n")
    done = run("load", tmp_path / "what.csv", "--json", store=store)
    (report,) = json.loads(done.stdout)
    assert done.returncode == 3
    assert report["status"] == "needs_answer" and report["questions"]


def test_the_same_file_twice_and_a_dry_run_change_nothing(store: Path, tmp_path: Path) -> None:
    (tmp_path / "ladder.csv").write_bytes(hr_a.exports()["ladder.csv"])
    before = answer("status", store=store)
    (twice,) = answer("load", tmp_path / "ladder.csv", store=store)
    assert twice["status"] == "already_loaded"
    (tmp_path / "goals.csv").write_text("pair_id,kind,set_on\npair-1,smart,2022-01-01\n")
    (dry,) = answer("load", tmp_path / "goals.csv", "--dry-run", store=store)
    assert (dry["status"], dry["loaded"]) == ("dry_run", 1)
    assert answer("status", store=store) == before


def test_undo_and_redo_give_earlier_numbers_back_exactly(store: Path) -> None:
    question = ("effect", "--outcome", "retention", "--side", "mentor", "--by", "cohort")

    def numbers() -> list[dict]:
        # the version and the list of loads say when and from what; everything else is the answer
        return [
            {k: v for k, v in f.items() if k not in ("data_version", "loads")} for f in answer(*question, store=store)
        ]

    before = numbers()
    pairs = next(load for load in answer("status", store=store) if load["kind"] == "pairs")
    answer("undo", pairs["load_id"], store=store)
    assert numbers() != before
    answer("redo", pairs["load_id"], store=store)
    assert numbers() == before
    assert run("redo", pairs["load_id"], store=store).returncode == 2


def test_sample_writes_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        answer("sample", "--employees", "400", "--quarters", "8", "--seed", "5", "--out", tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two and "truth.json" in one


@pytest.mark.parametrize("command", ["status", "effect --outcome retention --side mentor", "load x.csv", "audit"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_store_is_not_the_folder_one_is_in(command: str, blank: str) -> None:
    done = run(*command.split(), "--store", blank)
    assert done.returncode == 2 and "--store names no folder" in done.stderr and not done.stdout
