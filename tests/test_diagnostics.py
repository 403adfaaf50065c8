"""Every diagnostic in every state it has: passed, warning, failed, could not run, or silent where it does not apply."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from analysis.estimates.balance import LevelBalance
from analysis.estimates.intervals import Interval
from analysis.findings import verdict
from analysis.findings.analysis import Analysis, MethodEstimate
from analysis.findings.checks import DIAGNOSTICS, Case, checks_for, leave_one_cohort_out
from analysis.findings.estimate import Estimate
from analysis.findings.evidence import Family, Robustness, Variation
from analysis.plan import read_plan
from analysis.study.figures import Figure
from analysis.study.periods import Coverage

FIGURE = Figure(pd.DataFrame(), (), ("retention",), ("A", "B"), {}, 0, 0, 0, 2, 50)
ESTIMATE = Estimate(
    rate_participants=0.92,
    rate_comparators=0.86,
    std_error=0.02,
    interval=Interval(0.02, 0.09),
    p_value=0.01,
    participants=140,
    comparators=2000,
    comparators_counted=900.0,
    effective=900.0,
    detectable=0.05,
    needed=100,
    events=129,
    imbalance=LevelBalance("level", "3", 0.3, 0.02, True),
    method="the declared one",
)
ANALYSIS = Analysis(
    "retention",
    FIGURE,
    None,
    140,
    2000,
    ESTIMATE,
    methods=(MethodEstimate("the declared one", 0.06, Interval(0.02, 0.09), ""),) * 3,
    disagreement=0.2,
    balance=(LevelBalance("level", "3", 0.3, 0.02, True),),
)
COVERAGE = Coverage(None, True, True, 500)
NAMES = [module.__name__.rsplit(".", 1)[1] for module in DIAGNOSTICS]


def row(family: Family, estimate: float | None, low: float | None, high: float | None, reason: str = "") -> Variation:
    return Variation(family, family, estimate, low, high, reason)


VARIATIONS = (
    row("leave_one_cohort_out", 0.05, 0.01, 0.08),
    row("leave_one_cohort_out", 0.07, 0.02, 0.10),
    row("involuntary_exit", 0.002, -0.01, 0.02),
    row("promotion_before", 0.01, -0.04, 0.05),
    row("intention_to_treat", 0.055, 0.01, 0.09),
    row("lottery", 0.04, -0.05, 0.14),
    row("spill_over", 0.06, 0.02, 0.09),
)


def without(family: Family, *instead: Variation) -> Robustness:
    return Robustness("retention", (*(item for item in VARIATIONS if item.family != family), *instead))


def case(**changes: Any) -> Case:
    analysis = replace(ANALYSIS, **{name: changes.pop(name) for name in list(changes) if hasattr(ANALYSIS, name)})
    settings: dict[str, Any] = {
        "analysis": analysis,
        "estimate": analysis.overall,
        "plan": read_plan(""),
        "data": COVERAGE,
        "robustness": Robustness("retention", VARIATIONS),
    }
    return Case(**(settings | changes))


def status(name: str, given: Case) -> str | None:
    module = DIAGNOSTICS[NAMES.index(name)]
    found = module.check(given)
    if found is not None:
        assert found.text and found.label
        assert found.status in ("passed",) or found.remedy or name == "hidden_factor" or not given.fitted
    return found.status if found else None


FEW_EXITS = replace(FIGURE, exits=0)
GONE = replace(FIGURE, vanished=12)
GROUP = replace(ESTIMATE, imbalance=LevelBalance("gender", "w", 0.5, 0.4, True))
NEVER = replace(ESTIMATE, rate_participants=0.0, rate_comparators=0.0)
NO_LEVEL = replace(ESTIMATE, imbalance=None)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("leavers_included", case(), "passed"),
        ("leavers_included", case(figure=FEW_EXITS), "failed"),
        ("leavers_included", case(data=replace(COVERAGE, exits=0)), "failed"),
        ("exits_complete", case(), "passed"),
        ("exits_complete", case(figure=GONE), "failed"),
        ("missing_follow_up", case(), "passed"),
        ("missing_follow_up", case(figure=GONE), "could_not_run"),
        (
            "missing_follow_up",
            case(
                figure=GONE,
                robustness=Robustness(
                    "retention",
                    (row("missing_follow_up", -0.04, -0.1, 0.0), row("missing_follow_up", 0.10, 0.0, 0.2)),
                ),
            ),
            "warning",
        ),
        ("known_on_the_day", case(), "passed"),
        ("known_on_the_day", case(data=replace(COVERAGE, has_snapshots=False)), "warning"),
        ("exit_types", case(), None),
        ("exit_types", case(outcome="voluntary_exit", data=replace(COVERAGE, typed_exits=490)), "passed"),
        ("exit_types", case(outcome="voluntary_exit", data=replace(COVERAGE, typed_exits=300)), "warning"),
        ("exit_types", case(outcome="involuntary_exit", data=replace(COVERAGE, typed_exits=0)), "failed"),
        ("events_recorded", case(), None),
        ("events_recorded", case(outcome="promotion"), "passed"),
        ("events_recorded", case(outcome="internal_move", overall=NEVER), "failed"),
        ("promotions_dated", case(), None),
        ("promotions_dated", case(outcome="promotion"), "passed"),
        ("promotions_dated", case(outcome="promotion", figure=replace(FIGURE, undated_rises=7)), "warning"),
        ("promotions_dated", case(outcome="promotion", data=replace(COVERAGE, has_ladder=False)), "failed"),
        ("model_health", case(), "passed"),
        ("model_health", case(fallback=True), "warning"),
        ("model_health", case(overall=None, failure="No comparison could be fitted."), "failed"),
        ("balance", case(), "passed"),
        ("balance", case(balance=(LevelBalance("level", "3", 0.3, 0.15, True),)), "warning"),
        ("balance", case(balance=(LevelBalance("level", "3", 0.3, -0.3, True),)), "failed"),
        ("balance", case(balance=(LevelBalance("level", "3", 0.3, 0.9, False),)), "could_not_run"),
        ("within_group", case(), None),
        ("within_group", case(estimate=replace(ESTIMATE, events=3)), "passed"),
        ("within_group", case(estimate=GROUP), "warning"),
        ("within_group", case(estimate=NO_LEVEL), "could_not_run"),
        ("positivity", case(), "passed"),
        ("positivity", case(excluded=20, excluded_reasons=(("level", "9", 20.0),)), "warning"),
        ("positivity", case(excluded=80, excluded_reasons=(("level", "9", 80.0),)), "failed"),
        ("common_support", case(alone_in_cell=0.4), "passed"),
        ("effective_sample", case(), "passed"),
        ("effective_sample", case(overall=replace(ESTIMATE, effective=200.0)), "warning"),
        ("effective_sample", case(largest_weight=0.2), "warning"),
        ("adjusted_for_all", case(), "passed"),
        ("adjusted_for_all", case(left_out=("age_band",)), "warning"),
        ("method_agreement", case(), "passed"),
        ("method_agreement", case(disagreement=1.4), "warning"),
        ("method_agreement", case(disagreement=None), "could_not_run"),
        ("leave_one_cohort_out", case(), "passed"),
        ("leave_one_cohort_out", case(robustness=without("leave_one_cohort_out")), "could_not_run"),
        ("leave_one_cohort_out", case(robustness=None), None),
        (
            "leave_one_cohort_out",
            case(
                robustness=without(
                    "leave_one_cohort_out",
                    row("leave_one_cohort_out", 0.03, -0.01, 0.07),
                    row("leave_one_cohort_out", 0.07, 0.02, 0.10),
                )
            ),
            "warning",
        ),
        ("spill_over", case(), "passed"),
        ("spill_over", case(robustness=without("spill_over", row("spill_over", 0.02, 0.0, 0.05))), "warning"),
        (
            "spill_over",
            case(robustness=without("spill_over", row("spill_over", None, None, None, "x"))),
            "could_not_run",
        ),
        ("intention_to_treat", case(), "passed"),
        (
            "intention_to_treat",
            case(robustness=without("intention_to_treat", row("intention_to_treat", 0.0, -0.03, 0.03))),
            "warning",
        ),
        (
            "intention_to_treat",
            case(robustness=without("intention_to_treat", row("intention_to_treat", None, None, None, "none held"))),
            "could_not_run",
        ),
        ("involuntary_exit", case(), "passed"),
        ("involuntary_exit", case(robustness=without("involuntary_exit")), None),
        (
            "involuntary_exit",
            case(robustness=without("involuntary_exit", row("involuntary_exit", -0.03, -0.05, -0.01))),
            "warning",
        ),
        (
            "involuntary_exit",
            case(robustness=without("involuntary_exit", row("involuntary_exit", None, None, None, "no types"))),
            "could_not_run",
        ),
        ("promotion_before", case(), "passed"),
        (
            "promotion_before",
            case(robustness=without("promotion_before", row("promotion_before", 0.09, 0.02, 0.15))),
            "warning",
        ),
        (
            "promotion_before",
            case(robustness=without("promotion_before", row("promotion_before", None, None, None, "no snapshot"))),
            "could_not_run",
        ),
        ("hidden_factor", case(), "passed"),
        ("hidden_factor", case(estimate=replace(ESTIMATE, rate_participants=1.0)), "could_not_run"),
        ("lottery", case(), "passed"),
        ("lottery", case(robustness=without("lottery")), "could_not_run"),
    ],
)
def test_each_state(name: str, given: Case, expected: str | None) -> None:
    assert status(name, given) == expected


def test_every_diagnostic_has_a_state_tested_above() -> None:
    marks = [mark for mark in test_each_state.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {values[0] for values in marks[0].args[1]} == set(NAMES)


def test_a_negative_control_is_not_asked_for_its_own_controls() -> None:
    asked = {check.name for check in checks_for(case(outcome="involuntary_exit"))}
    assert not asked & {"leave_one_cohort_out", "spill_over", "promotion_before", "involuntary_exit"}
    assert "balance" in asked


def test_the_worst_comes_first() -> None:
    found = checks_for(case(fallback=True, figure=GONE))
    order = ["failed", "warning", "could_not_run", "passed"]
    assert [check.status for check in found] == sorted([check.status for check in found], key=order.index)
    assert found[0].status == "failed"


def test_past_retention_is_never_a_control() -> None:
    families = Family.__args__  # type: ignore[attr-defined]
    assert "promotion_before" in families and not any("retention" in family for family in families)


def left_out(*rows: Variation, **changes: Any) -> Any:
    given = case(robustness=without("leave_one_cohort_out", *rows), **changes)
    return DIAGNOSTICS[NAMES.index("leave_one_cohort_out")].check(given)


def test_without_a_cohort_another_verdict_on_the_same_side_of_zero_is_told_with_its_name() -> None:
    tiny = replace(ESTIMATE, rate_participants=0.861, interval=Interval(-0.02, 0.02))
    rows = [
        Variation("leave_one_cohort_out", "2024H1", 0.02, -0.03, 0.09),
        Variation("leave_one_cohort_out", "2024H2", 0.00, -0.03, 0.03),
    ]
    found = left_out(*rows, overall=tiny)
    assert found.status == "warning"
    assert '"No difference larger than 5 pp", without 2024H1 "Cannot tell"' in found.text and "2024H2" not in found.text


def test_without_a_cohort_the_same_verdict_is_told_once() -> None:
    assert 'the verdict stays "Evidence of benefit"' in left_out(*VARIATIONS[:2]).text


def test_an_amber_check_stands_before_the_conclusion_without_a_cohort_too() -> None:
    assert {module.NAME for module in leave_one_cohort_out.BLOCKING} == verdict.BLOCKING
    assert 'the verdict stays "Leans better, not conclusive"' in left_out(*VARIATIONS[:2], disagreement=1.4).text
