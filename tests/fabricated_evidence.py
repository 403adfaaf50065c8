"""Made-up evidence behind the made-up findings of tests/fabricated.py: no number here is an answer either."""

from __future__ import annotations

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
from analysis.findings.results import Finding
from tests.fabricated import FINDING

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
