"""The tables behind a report, once for all formats: what is hidden stands in its place, in words."""

from __future__ import annotations

from analysis.charts.survival import OF_MEASURE, values
from analysis.findings.results import Finding
from analysis.findings.words import SIDE_LABELS, header_label, outcome_label
from analysis.reports.content import Report
from analysis.reports.table import Table, Value, hidden
from analysis.reports.tables_seen import tables_seen

_FINDING_HEADER = (
    "Side", "Outcome", "Cohort", "Difference", "Interval low", "Interval high", "Rate, participants",
    "Rate, comparators", "Participants", "Similar colleagues", "Comparisons (person-trials)", "Verdict", "Grade",
)  # fmt: skip
PROPORTIONS = (
    "differences and rates are proportions (0.06 is 6 percentage points); people are counts, and a "
    "colleague is compared once a cohort"
)


def tables(report: Report) -> tuple[Table, ...]:
    """Every table of a report, in the order of its slides; one that would be empty is left out."""
    impact = report.impact
    found = (
        Table("headlines", "Headlines", PROPORTIONS, _FINDING_HEADER, _findings(impact.headlines)),
        Table("cohorts", "By cohort", PROPORTIONS, _FINDING_HEADER, _findings(impact.by_cohort)),
        Table(
            "checks", "Checks", "value and limit in the unit that the text names",
            ("Side", "Outcome", "Check", "Status", "What was found", "Value", "Limit", "What would settle it"),
            tuple(
                (*_who(each), check.label, check.status.replace("_", " "), check.text, check.value, check.limit,
                 check.remedy)
                for each in impact.headlines if not each.suppressed for check in each.checks
            ),
        ),
        Table(
            "methods", "The same comparison by other methods", PROPORTIONS,
            ("Side", "Outcome", "Method", "Difference", "Interval low", "Interval high", "Note"),
            tuple(
                (*_who(each.finding), row.label, row.estimate, row.ci_low, row.ci_high, row.note)
                for each in report.details for row in each.methods
            ),
        ),
        Table(
            "robustness", "Under other conditions", PROPORTIONS,
            ("Side", "Outcome", "Condition", "Variation", "Difference", "Interval low", "Interval high", "Note"),
            tuple(
                (*_who(found), row.family.replace("_", " "), row.label, row.estimate, row.ci_low, row.ci_high,
                 row.reason)
                for found, each in zip((found for found in impact.headlines if found.estimate is not None),
                                       report.robustness, strict=False) for row in each.variations
            ),
        ),
        Table(
            "balance", "Balance", "standardised mean differences, absolute",
            ("Side", "Outcome", "Covariate", "Level", "Before weighting", "After weighting"),
            tuple(
                (*_who(each.finding), header_label(row.covariate), row.level, row.before, row.after)
                for each in report.details for row in each.balance
            ),
        ),
        Table(
            "curves", "Month by month", "proportions still employed, and promoted; at risk are people still followed",
            ("Side", "Measure", "Group", "Month", "Share", "Interval low", "Interval high", "At risk"),
            tuple(
                (SIDE_LABELS[each.side], each.measure, curve.arm, month, share, low, high, at_risk)
                for each in report.curves for curve in (each.participants, each.comparators) if curve is not None
                for month, share, low, high, at_risk in zip(
                    curve.months, *values(curve, OF_MEASURE[each.measure]), curve.at_risk, strict=True)
            ),
        ),
        *tables_seen(report),
        Table(
            "changes", "What changed since the quarter before", "differences are proportions",
            ("Side", "Outcome", "Before", "Now", "From newly followed cohorts", "From new data", "In words"),
            tuple(
                (*_who(row.now), row.before if row.published is None else row.published, row.now.estimate,
                 row.from_time, row.from_data, row.sentence)
                for row in report.changes.rows
            ),
        ),
    )  # fmt: skip
    return tuple(table for table in found if table.rows)


def method_lines(report: Report) -> tuple[tuple[str, str], ...]:
    """How the numbers were made and from which data: name and text."""
    stamp = report.stamp
    first = report.headlines[0] if report.headlines else None
    settings = (
        []
        if first is None
        else [(f"Setting: {name.replace('_', ' ')}", _setting(first.settings[name])) for name in first.settings]
    )
    return (
        ("Quarter", stamp.quarter),
        ("Audience", f"{stamp.audience}" + (" (minimum 10, counts rounded to 5)" if stamp.audience == "staff" else "")),
        ("Data version", str(stamp.data_version)),
        ("Data as of", stamp.data_as_of),
        ("Published", stamp.published_at),
        ("Application version", stamp.app_version),
        ("Study plan", stamp.plan_hash),
        ("Loads", ", ".join(stamp.loads)),
        ("What is compared", report.impact.standing_sentence),
        ("Many comparisons", report.impact.many_comparisons),
        *settings,
    )


def compared(found: Finding) -> str:
    """With whom, in words: people where they are known, and how often they were compared."""
    if found.n_comparators is None:
        return "similar colleagues not shown"
    if found.n_colleagues is None:
        return f"{found.n_comparators:,} comparisons with similar colleagues"
    return f"{found.n_colleagues:,} similar colleagues ({found.n_comparators:,} comparisons)"


def _setting(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _who(finding: Finding) -> tuple[str, str]:
    return SIDE_LABELS[finding.side], outcome_label(finding.outcome, finding.horizon_months)


def _findings(found: tuple[Finding, ...]) -> tuple[tuple[Value, ...], ...]:
    return tuple(
        (
            *_who(each),
            each.cohort or each.group or "all",
            *hidden(
                (each.estimate, each.ci_low, each.ci_high, each.rate_participants, each.rate_comparators,
                 each.n_participants, each.n_colleagues, each.n_comparators),
                each.reason,
            ),
            each.verdict_label,
            each.grade,
        )
        for each in found
    )  # fmt: skip
