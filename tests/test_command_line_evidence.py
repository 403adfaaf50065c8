"""The evidence, the verdicts and the price on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.store import Reader
from tests.test_command_line import answer, run


@pytest.fixture(scope="module")
def store(sample_reader: Reader) -> Path:
    return sample_reader.path.parent


def test_the_evidence_speaks_of_every_part(store: Path) -> None:
    done = run("evidence", "--outcome", "retention", "--side", "mentor", store=store)
    assert done.returncode == 0
    for part in ("Checks", "Other choices.", "Other conditions", "Power.", "Differences between groups.", "Sessions."):
        assert part in done.stdout
    assert "leave one cohort out, 2023 Autumn" in done.stdout


def test_as_json_it_is_six_records(store: Path) -> None:
    found = answer("evidence", "--outcome", "promotion", "--side", "mentee", store=store)
    detail, strip, robust, power, differences, dose = found
    assert detail["finding"]["outcome"] == strip["finding"]["outcome"] == robust["outcome"] == "promotion"
    assert power["rows"] and differences["rows"] and dose["rows"]


def test_a_stated_difference_gets_its_number_of_people(store: Path) -> None:
    power = answer(
        "evidence", "--outcome", "retention", "--side", "mentor", "--difference", "4", "--difference", "1.5",
        store=store,
    )[3]  # fmt: skip
    assert [row["difference"] for row in power["rows"]] == [0.015, 0.04]
    assert power["rows"][0]["participants"] > power["rows"][1]["participants"] > 0


def test_a_price_adds_its_range_and_a_wrong_one_a_sentence(store: Path) -> None:
    asked = ("effect", "--outcome", "retention", "--side", "mentor")
    done = run(*asked, "--replacement-cost", "40000", store=store)
    assert "At 40,000 to replace one person" in done.stdout
    wrong = run(*asked, "--replacement-cost", "-1", store=store)
    assert wrong.returncode == 2 and "above 0" in wrong.stderr


def test_the_table_of_verdicts_carries_the_plan_s_numbers(store: Path) -> None:
    done = run("verdicts", store=store)
    assert done.returncode == 0
    assert "Too few to tell: fewer than 30 participants" in done.stdout and "Grade A:" in done.stdout
    assert answer("verdicts", store=store)[0] == {"verdict": "Not shown", "rule": "fewer than 10 participants"}
