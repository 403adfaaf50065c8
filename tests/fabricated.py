"""Made-up findings for tests of charts and pages: every number here is invented and none is an answer."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.health.summary import HealthSummary, HealthTile
from analysis.findings.results import (
    BalanceRow,
    Cause,
    Check,
    Curve,
    CurvesFinding,
    Finding,
    HealthFinding,
    ImpactPage,
    Incidence,
    Measure,
    MethodRow,
    OutcomeDetail,
    ReachFinding,
    ReachRow,
)
from analysis.findings.survey_results import PairedChange, ResponseRow, SurveyFinding, WavePoint

CHECKS = (
    Check("balance", "Comparable people", "passed", "Largest imbalance 0.05, limit 0.10.", 0.05, 0.10),
    Check("methods", "Same answer by 4 methods", "passed", "All within one standard error."),
    Check(
        "invitations",
        "Invited but not paired",
        "could_not_run",
        "Could not run: no invitations are held.",
        remedy="Load the list of invitations.",
    ),
)
AMBER = Check("support", "Overlap", "warning", "12% had no similar colleague.", 0.12, 0.10, "A wider eligibility.")
RED = Check("balance", "Tenure differs", "failed", "Imbalance 0.31, limit 0.25, in tenure.", 0.31, 0.25, "More people.")

FINDING = Finding(
    outcome="retention",
    side="mentor",
    horizon_months=12,
    quarter="2026Q3",
    cohort=None,
    by=None,
    group=None,
    estimand="ATT",
    method="ipwra",
    estimate=0.06,
    ci_low=0.021,
    ci_high=0.098,
    std_error=0.0196,
    p_value=0.002,
    rate_participants=0.915,
    rate_comparators=0.855,
    n_participants=142,
    n_comparators=1986,
    n_colleagues=1986,
    n_effective=812.0,
    checks=CHECKS,
    verdict="evidence_of_benefit",
    verdict_label="Evidence of benefit",
    grade="B",
    sentence="91.5% stayed 12 months, against an estimated 85.5% had they not joined then.",
    alt_text="Mentors stayed 6.0 points more often than similar colleagues, interval 2.1 to 9.8.",
    suppressed=False,
    reason=None,
    notes=(),
    cohorts=("2024Q3", "2024Q4", "2025Q1"),
    smallest_detectable=0.07,
    participants_needed=280,
    smallest_difference_that_matters=0.05,
    in_people="About 9 more of 142 stayed 12 months than expected (3 to 14).",
    data_version=17,
    loads=("a", "b"),
    plan_hash="4f9c21aa00bb",
    settings={"covariates": ["level", "department"]},
)
TOO_FEW = replace(
    FINDING,
    outcome="promotion",
    side="mentee",
    estimate=None,
    ci_low=-0.091,
    ci_high=0.21,
    rate_participants=None,
    rate_comparators=None,
    n_participants=24,
    n_comparators=213,
    verdict="too_few_to_tell",
    verdict_label="Too few to tell",
    grade="?",
    sentence="5 of 24 were promoted.",
    in_people="",
    participants_needed=None,
    reason="24 participants, 30 needed for a verdict",
)
NOT_SHOWN = replace(
    FINDING,
    estimate=None,
    ci_low=None,
    ci_high=None,
    std_error=None,
    p_value=None,
    rate_participants=None,
    rate_comparators=None,
    n_participants=None,
    n_comparators=None,
    verdict="not_shown",
    verdict_label="Not shown",
    grade=None,
    sentence="Fewer than 10 people took part.",
    in_people="",
    participants_needed=None,
    suppressed=True,
    reason="fewer than 10 participants",
)
WITHHELD = replace(
    FINDING,
    outcome="voluntary_exit",
    side="mentee",
    estimate=None,
    ci_low=None,
    ci_high=None,
    rate_participants=None,
    rate_comparators=None,
    n_participants=61,
    n_comparators=402,
    checks=(RED, *CHECKS[1:]),
    verdict="not_reliable_enough_to_read",
    verdict_label="Not reliable enough to read",
    grade=None,
    sentence="Withheld. Those who took part had served longer than any comparison we can build.",
    in_people="",
    participants_needed=None,
    reason="imbalance 0.31, limit 0.25",
)
LEANS = replace(
    FINDING,
    outcome="promotion",
    estimate=0.031,
    ci_low=-0.006,
    ci_high=0.074,
    verdict="leans_better",
    verdict_label="Leans better, not conclusive",
    sentence="15.5% were promoted, against an estimated 12.4%.",
    in_people="About 4 more of 142 were promoted within 4 quarters than expected (1 fewer to 11 more).",
)
CANNOT = replace(
    FINDING,
    outcome="voluntary_exit",
    estimate=-0.018,
    ci_low=-0.056,
    ci_high=0.026,
    verdict="cannot_tell",
    verdict_label="Cannot tell",
    sentence="5.6% resigned, against an estimated 7.4%.",
    in_people="About 3 fewer of 142 resigned within 12 months than expected (4 more to 8 fewer).",
)
NO_DIFFERENCE = replace(
    FINDING,
    side="mentee",
    estimate=0.004,
    ci_low=-0.032,
    ci_high=0.036,
    n_participants=61,
    n_comparators=402,
    verdict="no_difference_larger_than_x",
    verdict_label="No difference larger than 5 pp",
    grade="C",
    checks=(AMBER, *CHECKS[1:]),
    sentence="95.1% stayed 12 months, against an estimated 94.7%.",
    in_people="As many of 61 stayed 12 months as expected (2 fewer to 2 more).",
)
HEADLINES = (FINDING, LEANS, CANNOT, NO_DIFFERENCE, TOO_FEW, WITHHELD)


def by_cohort() -> tuple[Finding, ...]:
    firm = [(0.024, -0.065, 0.098), (0.049, -0.027, 0.114), None, (0.078, 0.009, 0.132), (0.051, -0.014, 0.106)]
    cohorts = ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1"]
    rows = [
        replace(FINDING, cohort=cohort, estimate=row[0], ci_low=row[1], ci_high=row[2], n_participants=31)
        if row
        else replace(NOT_SHOWN, cohort=cohort)
        for cohort, row in zip(cohorts, firm, strict=True)
    ]
    weak = replace(TOO_FEW, outcome="retention", side="mentor", cohort="2025Q2", ci_low=-0.31, ci_high=0.12)
    return tuple(replace(row, by="cohort", group=row.cohort) for row in (*rows, weak))


def by_group(header: str = "gender") -> tuple[Finding, ...]:
    return (
        replace(FINDING, by=header, group="Women", n_participants=80),
        replace(FINDING, by=header, group="Men", n_participants=62, estimate=0.042, ci_low=-0.023, ci_high=0.101),
        replace(TOO_FEW, outcome="retention", side="mentor", by=header, group="Non-binary"),
        replace(NOT_SHOWN, by=header, group="Declined", reason="would reveal another group"),
    )


def reach(side: str = "mentor") -> ReachFinding:
    def row(group: str, rate: float | None, ratio: float | None, flag: bool = False) -> ReachRow:
        shown = rate is not None
        return ReachRow(
            header="gender",
            group=group,
            eligible=1000 if shown else None,
            participants=40 if shown else None,
            rate=rate,
            ratio=ratio,
            ratio_low=0.6 if ratio else None,
            ratio_high=1.1 if ratio else None,
            fisher_p=0.2 if ratio else None,
            flag=flag,
            reason=None if shown else "fewer than 10 people",
        )

    return ReachFinding(
        side=side,  # type: ignore[arg-type]
        quarter="2026Q3",
        rows=(
            row("Women", 0.041, 1.0),
            row("Men", 0.033, 0.8),
            row("Ethnic minority", 0.03, 0.77, True),
            row("Disabled", None, None),
        ),
        sentence="Women were reached most.",
        alt_text="4.1% of women and 3.3% of men took part.",
        data_version=17,
    )


CAUSES: dict[Measure, tuple[Cause, ...]] = {
    "employment": ("voluntary_exit", "involuntary_exit", "other_exit"),
    "promotion": ("promotion", "left_before_promotion"),
}


def curves(measure: Measure = "employment") -> CurvesFinding:
    def curve(arm: str, monthly: float, at_risk: int) -> Curve:
        months = tuple(range(25))
        survival = tuple((1 - monthly) ** month for month in months)
        spread = 0.004 if at_risk > 1000 else 0.01
        parts = (0.7, 0.2, 0.1) if measure == "employment" else (0.6, 0.4)
        return Curve(
            arm=arm,  # type: ignore[arg-type]
            months=months,
            survival=survival,
            low=tuple(share - spread * month**0.5 for month, share in enumerate(survival)),
            high=tuple(min(1.0, share + spread * month**0.5) for month, share in enumerate(survival)),
            at_risk=tuple(round(at_risk * share) for share in survival),
            incidences=tuple(
                incidence(cause, tuple((1 - share) * part for share in survival), spread)
                for cause, part in zip(CAUSES[measure], parts, strict=True)
            ),
        )

    def incidence(cause: Cause, rate: tuple[float, ...], spread: float) -> Incidence:
        return Incidence(
            cause, rate, tuple(max(0.0, share - spread) for share in rate), tuple(share + spread for share in rate)
        )

    gained = (0.5, 0.2, 0.8) if measure == "employment" else (None, None, None)
    sentence = "+0.5 months of employment in the first year, 95% CI +0.2 to +0.8."
    alt = "84.2% of participants and 72.5% of similar colleagues were still employed after 24 months."
    arms = (curve("participants", 0.0072, 142), curve("comparators", 0.0132, 1986))
    return CurvesFinding(measure, "mentor", "2026Q3", *arms, *gained, sentence, alt, None, 17)


BALANCE = tuple(
    BalanceRow(covariate, level, before, after)
    for covariate, level, before, after in (
        ("level", "C2", 0.40, 0.02),
        ("tenure_band", "5y+", 0.33, 0.04),
        ("performance_rating", "high", 0.29, 0.01),
        ("department", "Finance and administration", 0.24, 0.03),
        ("promoted_last_year", "yes", 0.21, 0.12),
        ("gender", "woman", 0.17, 0.02),
        ("part_time", "no", 0.12, 0.03),
    )
)


def detail(finding: Finding = FINDING) -> OutcomeDetail:
    return OutcomeDetail(
        finding=finding,
        methods=(
            MethodRow("Declared analysis", 0.06, 0.021, 0.098, headline=True),
            MethodRow("No adjustment", 0.074, 0.036, 0.11),
            MethodRow("Overlap weights", 0.061, 0.022, 0.099),
            MethodRow("Doubly robust score", None, None, None, note="could not run"),
        ),
        balance=BALANCE,
        method_alt_text="All methods lie between 5.9 and 7.4 points.",
        balance_alt_text="The largest imbalance after weighting is 0.12.",
    )


def surveys() -> SurveyFinding:
    waves = tuple(
        WavePoint(side, construct, wave, mean + lift, mean + lift - 0.2, mean + lift + 0.2, 58, 1.0, 5.0, None)
        for construct, mean in (("inclusion", 3.4), ("digital_skills", 3.1))
        for side in ("mentor", "mentee")
        for wave, lift in (("pre", 0.0), ("mid", 0.1), ("post", 0.3))
    )
    hidden = replace(waves[4], mean=None, low=None, high=None, people=None, reason="fewer than 5 people")
    change = PairedChange(
        "mentor", "inclusion", 0.31, 0.12, 0.5, 0.44, 58, 0.5, 0.3, 0.2, 1.0, 5.0, "Up by 0.31.", None
    )
    return SurveyFinding(
        quarter="2026Q3",
        responses=(
            ResponseRow("mentor", "pre", 142, 101, 0.711, 0.63, 0.78, None),
            ResponseRow("mentee", "post", None, None, None, None, None, "fewer than 5 people"),
        ),
        waves=(*waves[:4], hidden, *waves[5:]),
        changes=(
            change,
            replace(change, construct="digital_skills", mean_change=-0.05, low=-0.3, high=0.2),
            replace(change, side="mentee", mean_change=None, low=None, high=None, people=None, reason="fewer than 5"),
        ),
        notes=("Nobody who did not take part answered these surveys.",),
        sentence="58 of 142 mentors answered both times.",
        alt_text="Inclusion rose by 0.31 points among the 58 mentors who answered both times.",
        data_version=17,
    )


HEALTH = HealthFinding(
    checks=(RED, AMBER, *CHECKS),
    passed=7,
    total=9,
    sentence="Readable, with care, for mentors. For mentees, one outcome is withheld.",
)


def impact() -> ImpactPage:
    return ImpactPage(
        quarter="2026Q3",
        cutoff="2026-09-30",
        data_as_of="2026-10-31",
        health=HEALTH,
        headlines=HEADLINES,
        by_cohort=by_cohort(),
        reach=(reach("mentor"), reach("mentee")),
        many_comparisons="Of six comparisons, 0.3 would look conclusive by chance alone.",
        standing_sentence="Taking part was not random. We compare people alike in grade; we cannot see motivation.",
        data_version=17,
        plan_hash="4f9c21aa00bb",
        published_at="2026-10-31T06:12:00+00:00",
    )


HEALTH_TILES = HealthSummary(
    "2026Q3",
    ("2026Q2", "2026Q3"),
    (
        HealthTile("active_pairs", "Active pairs", True, 118, None, None, None, (112, 118), 6, "Pairs that run.", None),
        HealthTile(
            "sessions_held",
            "Sessions held",
            False,
            0.87,
            0.84,
            0.9,
            300,
            (0.84, 0.87),
            0.03,
            "Of those recorded.",
            None,
        ),
        HealthTile(
            "finished_as_planned", "Finished as planned", False, None, None, None, None, (), None, "", "Too few."
        ),
        HealthTile(
            "survey_response", "Survey response", False, 0.41, 0.35, 0.47, 280, (0.41,), None, "Of those asked.", None
        ),
    ),
    7,
)
