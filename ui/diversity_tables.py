"""The numbers of the page Diversity as tables; what may not be shown is a word in its place."""

from __future__ import annotations

from analysis.charts.format import count, decimal, header_label, p_value, percent, quarter
from analysis.findings.diversity_results import CohortTable, DiversityFinding, LeadershipFinding, StepFinding
from analysis.findings.diversity_words import group_name, name_of
from ui.tables import HIDDEN, Row
from ui.text import kept, plain


def path_rows(finding: DiversityFinding) -> list[Row]:
    """A row a group, a column a step: the share, and of how many."""
    steps = [step for step in finding.steps if step.rows]
    rows = []
    for at, first in enumerate(steps[0].rows if steps else ()):
        row = {"Group": plain(name_of(first.group))}
        for step in steps:
            told = step.rows[at].group
            row[step.label] = (
                HIDDEN if told.rate is None else kept(f"{percent(told.rate)} of {count(told.eligible or 0)}")
            )
        rows.append(row)
    return rows


def step_rows(step: StepFinding) -> list[Row]:
    """One step: share with its interval, the ratio with its interval, and Fisher's adjusted p value."""
    rows = []
    for row in step.rows:
        group = row.group
        shown = group.rate is not None and row.low is not None and row.high is not None
        ratio = "" if group.ratio is None else decimal(group.ratio)
        if group.ratio_low is not None and group.ratio_high is not None:
            ratio += f" ({decimal(group.ratio_low)} to {decimal(group.ratio_high)})"
        if group.flag:
            ratio = f"**{ratio}** :orange-badge[below 0.80]"
        share = f"{percent(group.rate or 0)} of {count(group.eligible or 0)}"
        rows.append(
            {
                "Group": plain(name_of(group)),
                "Share": kept(share) if shown else HIDDEN,
                "95% CI": kept(f"{percent(row.low or 0)} to {percent(row.high or 0)}") if shown else "",
                "Ratio (95% CI)": ratio or ("*too few*" if shown and group.reason else ""),
                "Adjusted test": "" if row.p_adjusted is None else kept(p_value(row.p_adjusted)),
            }
        )
    return rows


def cohort_rows(header: str, table: CohortTable) -> list[Row]:
    rows = []
    for cohort, size in zip(table.cohorts, table.sizes, strict=True):
        row = {"Cohort": plain(quarter(cohort)), "People": HIDDEN if size is None else count(size)}
        for cell in (cell for cell in table.cells if cell.cohort == cohort):
            name = plain(group_name(header, cell.group))
            row[name] = HIDDEN if cell.people is None else count(cell.people)
            if cell.share is not None:
                row[name] += f" ({100 * cell.share:.0f}%)"
        rows.append(row)
    return rows


def representation_rows(finding: DiversityFinding) -> list[Row]:
    return [
        {
            "Group": plain(group_name(finding.header, row.group)),
            "Of those eligible": HIDDEN if row.share_eligible is None else percent(row.share_eligible),
            "Of participants (95% CI)": HIDDEN
            if row.share is None
            else kept(f"{percent(row.share)} ({percent(row.low or 0)} to {percent(row.high or 0)})"),
        }
        for row in finding.representation
    ]


def leadership_rows(finding: LeadershipFinding) -> list[Row]:
    return [
        {
            "Quarter": quarter(point.quarter),
            "Group": plain(group_name(finding.header, point.group)),
            "At the two highest levels (95% CI)": HIDDEN
            if point.share is None
            else kept(f"{percent(point.share)} ({percent(point.low or 0)} to {percent(point.high or 0)})"),
            "Of all employees": "" if point.share_of_all is None else percent(point.share_of_all),
        }
        for point in finding.points
    ]


def made_rows(finding: DiversityFinding) -> list[Row]:
    """The settings of everything on the page."""
    narrowed = ", ".join(f"{header_label(name)} {value}" for name, value in finding.where.chosen.items())
    settings = {
        "Who counts": "Everybody who could have joined on a cohort's first day by the rules of the plan, "
        f"{'in cohort ' + finding.cohort if finding.cohort else 'over all cohorts that have started'}",
        "Narrowed to": narrowed or "everybody",
        "Interval of a share": "Wilson, 95 %",
        "Ratio": "Share of a group divided by the highest share (29 CFR 1607.4(D)), Miettinen and Nurminen's score "
        "interval; flagged strictly below 0.80, compared in whole numbers. Needs 10 people who did it and 2 % of those "
        "who could.",
        "Test": f"Fisher's exact test, adjusted for {finding.tests} tests (Benjamini and Hochberg)",
        "Effect by group": "From the one headline model; equal effects by a score-type test that keeps its size in "
        "small groups",
        "Smallest gap between two groups": "(1.96 + 0.84) times the root of the sum over both groups of "
        "p (1 - p) (1 / participants + 1 / effective comparators), p the comparators' rate",
        "Hidden": "Fewer than 5 people (10 for disability and LGBTQ+), 1 or 2 who did or did not, and as many more "
        "cells as it takes that no total gives one away",
        "Plan, data version": f"plan {finding.plan_hash}, version {finding.data_version}",
    }
    return [{"Setting": plain(name), "Value": plain(value)} for name, value in settings.items()]
