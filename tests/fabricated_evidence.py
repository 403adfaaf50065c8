"""Made-up evidence behind the made-up findings of tests/fabricated.py: no number here is an answer either."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.evidence import (
    DifferencesFinding,
    DoseFinding,
    DoseRow,
    GroupDifference,
    PowerFinding,
    PowerRow,
    Robustness,
    SpecificationStrip,
    Variation,
)
from analysis.findings.overlap import Bar, OverlapFinding, WeightRow
from analysis.findings.quarter_changes import QuarterChanges, quarter_changes
from analysis.findings.results import Finding
from analysis.findings.unadjusted import CovariateShift, UnadjustedFinding
from tests.fabricated import FINDING, HEADLINES

DECLARED = Variation("declared", "as declared", 0.06, 0.021, 0.098)
CHOICES = (
    DECLARED,
    Variation("estimator", "Overlap weights", 0.061, 0.022, 0.099),
    Variation("estimator", "Doubly robust score", None, None, None, "everybody has the same outcome"),
    Variation("covariates", "without gender, ethnicity and age", 0.055, -0.004, 0.094),
    Variation("comparators", "same cohort, level and time in the company", 0.058, 0.018, 0.1),
    Variation("covariates", "cohort and level only", 0.074, 0.036, 0.11),
    Variation("window", "within 24 months", 0.081, 0.012, 0.149),
)
CONDITIONS = (
    Variation("leave_one_cohort_out", "2024Q3", 0.041, -0.008, 0.088),
    Variation("leave_one_cohort_out", "2024Q4", 0.063, 0.021, 0.101),
    Variation("involuntary_exit", "involuntary exit", 0.004, -0.011, 0.024),
    Variation("promotion_before", "promotion in the year before", -0.032, -0.084, 0.027),
    Variation("intention_to_treat", "accepted, paired or not", None, None, None, "Nobody is known to have accepted."),
    Variation("spill_over", "without close colleagues", 0.057, 0.017, 0.097),
    Variation("missing_follow_up", "at worst", 0.048, 0.009, 0.087),
    Variation("lottery", "drawn by lot against not drawn", None, None, None, ""),
)

BARS = (Bar(0.01, 0.02, 2, 12), Bar(0.02, 0.035, 1, 60), Bar(0.035, 0.06, 1, 61), Bar(0.06, 0.14, 2, 9))
OVERLAP = OverlapFinding(
    participants=BARS,
    comparators=(Bar(0.0, 0.02, 3, 900), Bar(0.02, 0.06, 2, 1000), Bar(0.06, 0.14, 2, 86)),
    weights=(WeightRow(0.5, 0.9), WeightRow(0.1, 2.1)),
    effective=812.0,
    compared=1986,
    largest=0.004,
    sentence="Every participant had an estimated chance of joining at which at least as many colleagues did not join.",
    weight_sentence="After weighting, 1,986 comparisons are worth 812 equally weighted ones, for 142 participants.",
    alt_text="Chances among participants: 1.0% to 14.0%; among similar colleagues: below 2.0% to 14.0%.",
)
UNADJUSTED = UnadjustedFinding(
    plain=0.074,
    plain_low=0.036,
    plain_high=0.11,
    adjusted=0.06,
    rows=(
        CovariateShift("performance_rating", 0.011, 0.009, "4"),
        CovariateShift("department", -0.003, None, "A*b*"),
        CovariateShift("gender", None, 0.0, ""),
    ),
    sentence="The plain difference is +7.4 points, the adjusted one +6.0.",
    alt_text="Plain difference +7.4 points, adjusted +6.0 points.",
)


def overlap(finding: Finding = FINDING) -> OverlapFinding:
    """As the answer is: nothing of a suppressed finding."""
    if not finding.suppressed:
        return OVERLAP
    return OverlapFinding((), (), (), None, None, None, *(finding.sentence,) * 3)


def changes() -> QuarterChanges:
    """The made-up headlines, half a point lower a quarter before, when the newest cohort was not yet counted."""
    then = tuple(
        replace(
            finding,
            estimate=None if finding.estimate is None else finding.estimate - 0.005,
            n_participants=None if finding.n_participants is None else finding.n_participants - 20,
            cohorts=finding.cohorts[:-1],
        )
        for finding in HEADLINES
    )
    return quarter_changes("2026Q3", "2026Q2", HEADLINES, then, (), None, {})


def strip(finding: Finding = FINDING) -> SpecificationStrip:
    """As the answer is: no rows where the finding shows no estimate."""
    if finding.estimate is None:
        return SpecificationStrip(finding, (), finding.sentence, finding.sentence)
    sentence = "5 other reasonable choices give differences from +5.5 to +8.1 points; 1 of them would change it."
    return SpecificationStrip(finding, CHOICES, sentence, sentence)


def robustness() -> Robustness:
    return Robustness("retention", CONDITIONS)


def differences() -> DifferencesFinding:
    return DifferencesFinding(
        outcome="retention",
        side="mentor",
        horizon_months=12,
        quarter="2026Q3",
        rows=(
            GroupDifference("gender", ("man", "woman"), 3.1, 1, 0.078, 0.156, 0.13, ""),
            GroupDifference("department", ("A*b*", "Sales"), 0.1, 1, 0.75, 0.75, 0.17, ""),
            GroupDifference("ethnicity", ("white",), None, None, None, None, None, "Fewer than two groups are shown."),
        ),
        sentence="In none of 2 breakdowns do effects differ more than chance explains.",
        data_version=17,
    )


def power(finding: Finding = FINDING) -> PowerFinding:
    rows = (PowerRow(0.02, 1860), PowerRow(0.05, 280), PowerRow(0.2, None)) if finding.rate_comparators else ()
    return PowerFinding(
        outcome="retention",
        side="mentor",
        quarter="2026Q3",
        participants=finding.n_participants,
        smallest_detectable=finding.smallest_detectable,
        rows=rows,
        sentence="With 142 participants a true rise of at least 7.0 points would probably have shown."
        if rows
        else finding.sentence,
        data_version=17,
    )


def dose() -> DoseFinding:
    return DoseFinding(
        outcome="retention",
        side="mentor",
        quarter="2026Q3",
        rows=(
            DoseRow("0", None, None, None, None, "Not shown: fewer than 5 people."),
            DoseRow("1-3", 41, 0.878, 0.744, 0.947, None),
            DoseRow("7 and more", 62, 0.952, 0.867, 0.983, None),
        ),
        sentence="Mentors. 1-3 sessions: 88% of 41 stayed 12 months.",
        alt_text="Mentors. 1-3 sessions: 88% of 41 stayed 12 months.",
        data_version=17,
    )
