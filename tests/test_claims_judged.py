"""One rule from an interval to words, by table; and the rules of a registration."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.findings.claims.judged import LINES, RULES, Evidence, Judgement, judge, judge_registered, label_of
from analysis.findings.results import Verdict
from analysis.findings.verdict import verdict_of_interval
from analysis.plan import read_plan

THRESHOLDS = read_plan("").thresholds


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Evidence(1.0, 3.0, "higher"), "supported"),
        (Evidence(-3.0, -1.0, "higher"), "other_way"),
        (Evidence(-3.0, -1.0, "lower"), "supported"),
        (Evidence(1.0, 3.0, "lower"), "other_way"),
        (Evidence(0.0, 3.0, "higher"), "leans_towards"),
        (Evidence(0.0, 3.0, "higher", compared=False), "cannot_tell"),
        (Evidence(-2.0, 3.0, "higher"), "cannot_tell"),
        (Evidence(-2.0, 3.0, "higher", smallest=5.0), "not_supported"),
        (Evidence(-2.0, 5.1, "higher", smallest=5.0), "cannot_tell"),
        (Evidence(-9.0, 3.0, "lower", smallest=5.0), "cannot_tell"),
        (Evidence(-4.0, 9.0, "lower", smallest=5.0), "cannot_tell"),
        (Evidence(-4.0, 4.0, "lower", smallest=5.0, blocked=True), "not_supported"),
        (Evidence(1.0, 3.0, "higher", smallest=5.0), "supported"),
        (Evidence(1.0, 3.0, "higher", blocked=True), "leans_towards"),
        (Evidence(-3.0, -1.0, "higher", blocked=True, smallest=5.0), "leans_away"),
        (Evidence(1.0, 3.0, "higher", blocked=True, compared=False), "cannot_tell"),
        (Evidence(1.0, 3.0, "higher", firm=False), "too_few"),
        (Evidence(None, None, "higher"), "not_shown"),
        (Evidence(None, None, "higher", withheld=True), "withheld"),
        (Evidence(1.0, 3.0, "higher", withheld=True), "withheld"),
        (Evidence(None, None, "higher", description=True), "described"),
        (Evidence(51.0, 60.0, "higher", mark=50.0), "supported"),
        (Evidence(17.0, 22.0, "lower", mark=50.0), "supported"),
        (Evidence(17.0, 22.0, "higher", mark=50.0), "other_way"),
        (Evidence(49.0, 55.0, "lower", mark=50.0), "cannot_tell"),
    ],
)
def test_an_interval_is_judged_by_the_first_line_that_holds(case: Evidence, expected: str) -> None:
    assert judge(case) == expected


def test_words_never_prove_anything() -> None:
    assert all("prove" not in f"{line.label} {line.text}" for line in LINES)
    assert label_of("supported") == "Supported by our data" and len({line.label for line in LINES}) == len(LINES)


SAID_ELSEWHERE: dict[Verdict, Judgement] = {
    "evidence_of_benefit": "supported",
    "evidence_of_harm": "other_way",
    "no_difference_larger_than_x": "not_supported",
    "leans_better": "leans_towards",
    "leans_worse": "leans_away",
    "cannot_tell": "cannot_tell",
}
limits = st.tuples(st.floats(-50, 50), st.floats(-50, 50)).map(sorted)


@settings(deadline=None, max_examples=200)
@given(limits, st.floats(0.1, 20), st.booleans(), st.booleans())
def test_a_difference_is_judged_as_the_verdict_judges_it_on_every_other_page(pair, smallest, blocked, more) -> None:
    """A claim that more stay, of an outcome of which more is better; and that fewer resign."""
    low, high = pair
    verdict = verdict_of_interval(
        low, high, blocked=blocked, higher_is_better=more, smallest_difference=smallest, thresholds=THRESHOLDS
    )
    case = Evidence(low, high, "higher" if more else "lower", smallest=smallest, blocked=blocked)
    assert judge(case) == SAID_ELSEWHERE[verdict]


@settings(deadline=None, max_examples=60)
@given(limits, st.none() | st.floats(0.1, 20), st.booleans(), st.booleans())
def test_turning_the_claim_and_the_numbers_round_changes_nothing(pair, smallest, firm, blocked) -> None:
    low, high = pair
    up = Evidence(low, high, "higher", smallest=smallest, firm=firm, blocked=blocked)
    down = Evidence(-high, -low, "lower", smallest=smallest, firm=firm, blocked=blocked)
    assert judge(up) == judge(down)


@settings(deadline=None, max_examples=60)
@given(limits)
def test_a_claim_and_its_contrary_are_never_both_supported(pair) -> None:
    low, high = pair
    assert {judge(Evidence(low, high, way)) for way in ("higher", "lower")} != {"supported"}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "rule", "expected"),
    [
        ((6.0, 2.0, 9.0), "clear", "met"),
        ((6.0, 2.0, 9.0), "clear_and_large", "met"),
        ((4.0, 2.0, 9.0), "clear_and_large", "cannot_tell"),
        ((6.0, 2.0, 9.0), "all_large", "cannot_tell"),
        ((8.0, 5.0, 9.0), "all_large", "met"),
        ((1.0, -2.0, 4.0), "clear", "not_met"),
        ((3.0, 1.0, 4.0), "clear_and_large", "not_met"),
        ((1.0, -2.0, 6.0), "clear", "cannot_tell"),
        ((-4.0, -6.0, -1.0), "clear", "other_way"),
        ((None, 1.0, 9.0), "clear", "too_few"),
        ((None, None, None), "clear", "not_shown"),
    ],
)
def test_a_registration_is_judged_by_its_own_rule(numbers, rule, expected) -> None:
    assert rule in RULES
    assert judge_registered(*numbers, direction="higher", smallest=5.0, rule=rule) == expected
    estimate, low, high = (None if value is None else -value for value in numbers)
    assert judge_registered(estimate, high, low, direction="lower", smallest=5.0, rule=rule) == expected


def test_the_document_says_the_rules_that_are_applied() -> None:
    text = (Path(__file__).parent.parent / "docs" / "claims.md").read_text(encoding="utf-8")
    for line in LINES:
        assert f"| {line.label} | {line.text} |" in text
    for name, rule in RULES.items():
        assert f"| `{name}` | {rule} |" in text
