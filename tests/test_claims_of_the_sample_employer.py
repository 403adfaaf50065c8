"""Every claim asked of the sample employer: the same numbers as the other answers, and as counted from the files."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.claims.catalogue import catalogue
from analysis.findings.claims.claim_results import ClaimAnswer, ClaimsFinding
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.findings.results import Question
from analysis.store import Reader, Store
from tests.pages import empty_store

ROOT = Path(__file__).parent.parent
NEVER = {"N2", "N3", "N4", "N5", "N6", "N15"}
MISSING = {
    "D5", "B6", "B7", "B9", "B18", "B19", "B20", "B22", "B23", "B25", "B26", "P2", "P3", "P6", "P7", "P9", "P11",
    "P15", "C4", "N9", "N10", "N12",
}  # fmt: skip


@pytest.fixture(scope="module")
def grid(sample_reader: Reader) -> ClaimsFinding:
    return answers.claims(sample_reader)


@pytest.fixture(scope="module")
def told(sample_reader: Reader) -> dict[str, ClaimAnswer]:
    return {claim.id: answers.claim(sample_reader, claim.id) for claim in catalogue()}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "sample_data" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_claim_has_a_state_that_the_store_gives(grid: ClaimsFinding) -> None:
    states = {one.claim.id: one.state for one in grid.claims}
    assert {name for name, state in states.items() if state == "not_with_hr_data"} == NEVER
    assert {name for name, state in states.items() if state == "missing"} == MISSING
    assert len(states) == 71
    assert all(bool(one.missing) == (one.state == "missing") for one in grid.claims)


def test_every_testable_claim_has_an_answer_with_number_interval_and_people(told: dict[str, ClaimAnswer]) -> None:
    for name, answer in told.items():
        if answer.state.state != "testable":
            assert not answer.results and answer.sentence
            continue
        judging = answer.results[0]
        if judging.judgement == "described" or name == "P4":
            continue
        assert judging.estimate is not None and judging.low is not None and judging.high is not None, name
        assert judging.low <= judging.estimate <= judging.high, name
        assert judging.people and "95% interval" in judging.sentence, name
        assert "prove" not in judging.sentence


@pytest.mark.parametrize(
    ("claim_id", "place", "outcome", "side"),
    [
        ("B1", 0, "retention", "mentor"),
        ("B1", 1, "voluntary_exit", "mentor"),
        ("B2", 0, "retention", "mentee"),
        ("B3", 0, "promotion", "mentor"),
    ],
)
def test_effects_are_those_of_the_command_effect(
    sample_reader: Reader, told: dict[str, ClaimAnswer], claim_id: str, place: int, outcome, side
) -> None:
    (finding,) = answers.effects(sample_reader, Question(outcome, side))
    found = told[claim_id].results[place]
    assert finding.estimate is not None and finding.ci_low is not None and finding.ci_high is not None
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (100 * finding.estimate, 100 * finding.ci_low, 100 * finding.ci_high)
    )
    assert finding.sentence in found.notes, "what the finding warns of is not lost"


def test_scales_and_measures_are_those_of_the_page_surveys(sample_reader: Reader, told: dict[str, ClaimAnswer]) -> None:
    changes = {(one.side, one.construct): one for one in answers.surveys(sample_reader).changes}
    skills = changes["mentee", "digital_skills"].against
    assert skills and told["B5"].results[0].estimate == skills.difference
    hours = answers.event_study(sample_reader, "mentor", "learning_hours")
    assert told["B11"].results[0].estimate == hours.estimate


def test_counts_equal_those_of_the_files(told: dict[str, ClaimAnswer]) -> None:
    """Counted with nothing of the product's own; the sample's quarter ends with its data, so nothing lies beyond it."""
    sessions, goals = rows("sessions"), rows("goals")
    topics = Counter(row["topic"] for row in sessions if row["status"] == "held" and row["topic"])
    assert told["P12"].results[0].estimate == pytest.approx(100 * topics["tech_support"] / topics.total())
    digital = sum(topics[name] for name in ("tech_support", "digital_skills", "social_media"))
    assert told["P13"].results[0].estimate == pytest.approx(100 * digital / topics.total())
    by = Counter(row["cancelled_by"] for row in sessions if row["status"] == "cancelled" and row["cancelled_by"])
    assert told["C3"].results[0].estimate == pytest.approx(100 * by["mentee"] / by.total())
    closed = Counter(row["status"] for row in goals if row["status"] in ("achieved", "partly", "missed", "dropped"))
    assert told["B4"].results[0].estimate == pytest.approx(100 * closed["achieved"] / closed.total())
    over = Counter(
        (row["match_rule"] == "skills", row["status"] == "ended_early")
        for row in rows("pairs")
        if row["status"] in ("completed", "ended_early")
    )
    early = {skill: over[skill, True] / (over[skill, True] + over[skill, False]) for skill in (True, False)}
    assert told["P5"].results[0].estimate == pytest.approx(100 * (early[True] - early[False]))


def test_the_mentor_stands_lower_in_nearly_every_pair_of_the_sample(told: dict[str, ClaimAnswer]) -> None:
    level, tenure, age = told["D1"].results
    assert level.judgement == "supported" and (level.estimate or 0) > 99
    assert tenure.estimate != level.estimate != age.estimate


def test_the_grid_is_quick_and_leaves_what_is_slow(grid: ClaimsFinding, sample_reader: Reader) -> None:
    slow = {one.claim.id for one in grid.claims if one.on_request}
    assert slow == {"D4", "B10", "B11", "B14", "C7", "N7", "N11"}
    assert all(one.result is None for one in grid.claims if one.on_request)
    for remembered in (answers.claims, answers.claim):
        remembered.cache_clear()
    start = time.process_time()
    answers.claims(sample_reader)
    assert time.process_time() - start < 1.5


def test_an_unknown_claim_is_said_to_be_unknown(sample_reader: Reader) -> None:
    with pytest.raises(answers.UnknownChoice, match="not the id of a claim"):
        answers.claim(sample_reader, "Z1")


def test_an_empty_store_lists_every_claim_and_what_it_needs(tmp_path: Path) -> None:
    reader = Store(empty_store(tmp_path)).reader()
    found = answers.claims(reader)
    assert {one.claim.id for one in found.claims if one.state == "not_with_hr_data"} == NEVER
    assert all(one.state == "missing" and one.missing for one in found.claims if one.claim.id not in NEVER)
    needs = {one.claim.id: one.missing for one in found.claims}
    assert "survey construct psychological_safety, waves pre and post, sides mentor and mentee" in needs["P3"]
    assert any(text.startswith("sessions.topic") for text in needs["P12"])
    assert answers.claim(reader, "B1").sentence.startswith("Not testable with today's data. Missing: people.hire_date")
    assert set(needs) == set(REQUIREMENTS)
