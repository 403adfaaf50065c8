"""The verdict table at every branch, and its symmetry: good and bad news are treated alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings.results import Check, Verdict
from analysis.findings.verdict import BLOCKING, GRADES, RULES, Case, case_of, grade, printed, reach_verdict
from analysis.findings.words import verdict_label
from analysis.plan import read_plan

PLAN = read_plan("")
GREEN = Check("balance", "Comparable people", "passed", "fine")
AMBER = Check("balance", "Comparable people", "warning", "hm")
RED = Check("balance", "Comparable people", "failed", "no")
OTHER_AMBER = Check("effective_sample", "Enough colleagues", "warning", "hm")
UNRUN = Check("randomised", "Chosen by lot", "could_not_run", "no lot")


def case(low: float | None, high: float | None, **changes: Any) -> Case:
    settings: dict[str, Any] = {
        "participants": 140,
        "effective_comparators": 900.0,
        "checks": (GREEN,),
        "higher_is_better": True,
        "smallest_difference": 0.05,
        "thresholds": PLAN.thresholds,
    }
    return case_of(low=low, high=high, **(settings | changes))


def verdict(low: float | None, high: float | None, **changes: Any) -> Verdict:
    return reach_verdict(case(low, high, **changes))


@pytest.mark.parametrize(
    ("low", "high", "changes", "expected"),
    [
        (0.02, 0.10, {"participants": 9}, "not_shown"),
        (0.02, 0.10, {"participants": 9, "checks": (RED,)}, "not_shown"),
        (0.02, 0.10, {"participants": 29}, "too_few_to_tell"),
        (0.02, 0.10, {"effective_comparators": 29.9}, "too_few_to_tell"),
        (0.02, 0.10, {"participants": 29, "checks": (RED,)}, "too_few_to_tell"),
        (0.02, 0.10, {"checks": (RED,)}, "not_reliable_enough_to_read"),
        (None, None, {}, "not_reliable_enough_to_read"),
        (0.02, 0.10, {}, "evidence_of_benefit"),
        (0.02, 0.10, {"checks": (OTHER_AMBER, UNRUN)}, "evidence_of_benefit"),
        (-0.10, -0.02, {}, "evidence_of_harm"),
        (0.02, 0.10, {"checks": (AMBER,)}, "leans_better"),
        (-0.10, -0.02, {"checks": (AMBER,)}, "leans_worse"),
        (-0.04, 0.03, {}, "no_difference_larger_than_x"),
        (-0.05, 0.05, {}, "no_difference_larger_than_x"),
        (-0.001, 0.10, {}, "leans_better"),
        (-0.10, 0.001, {}, "leans_worse"),
        (-0.02, 0.10, {}, "cannot_tell"),
        (0.0, 0.10, {}, "leans_better"),
    ],
)
def test_first_rule_that_holds_wins(
    low: float | None, high: float | None, changes: dict[str, Any], expected: Verdict
) -> None:
    assert verdict(low, high, **changes) == expected


@pytest.mark.parametrize("name", sorted(BLOCKING))
def test_each_blocking_amber_stands_between_an_interval_and_a_conclusion(name: str) -> None:
    assert verdict(0.02, 0.10, checks=(Check(name, "x", "warning", "x"),)) == "leans_better"


MIRROR = {
    "evidence_of_benefit": "evidence_of_harm",
    "evidence_of_harm": "evidence_of_benefit",
    "leans_better": "leans_worse",
    "leans_worse": "leans_better",
}
BOUND = st.floats(-0.5, 0.5)


@given(
    one=BOUND,
    two=BOUND,
    checks=st.sampled_from([(GREEN,), (AMBER,), (RED,), (OTHER_AMBER,)]),
    people=st.integers(0, 90),
)
def test_swapping_arms_or_swapping_good_and_bad_mirrors_the_verdict(
    one: float, two: float, checks: tuple[Check, ...], people: int
) -> None:
    low, high = min(one, two), max(one, two)
    found = verdict(low, high, checks=checks, participants=people)
    swapped_arms = verdict(-high, -low, checks=checks, participants=people)
    swapped_good = verdict(low, high, checks=checks, participants=people, higher_is_better=False)
    assert swapped_arms == swapped_good == MIRROR.get(found, found)


def test_grades() -> None:
    def of(verdict: Verdict, *checks: Check) -> str | None:
        return grade(verdict, case(0.02, 0.10, checks=checks))

    assert of("cannot_tell", GREEN, UNRUN) == "B"
    assert of("evidence_of_benefit", GREEN, OTHER_AMBER) == "C"
    assert of("too_few_to_tell", GREEN) == "?"
    assert of("not_reliable_enough_to_read", RED) == "?"
    assert of("not_shown", GREEN) is None
    assert of("exploratory", GREEN) is None


def test_the_printed_table_is_the_table_that_decides_and_the_one_in_the_docs() -> None:
    rows = printed(PLAN.thresholds)
    assert [label for label, _ in rows] == [rule.label for rule in RULES]
    text = (Path(__file__).parent.parent / "docs" / "method.md").read_text(encoding="utf-8")
    for label, rule in (*rows, *GRADES):
        assert f"| {label} | {rule} |" in text


def test_the_label_names_the_declared_difference() -> None:
    assert verdict_label("no_difference_larger_than_x", 0.05) == "No difference larger than 5 pp"
