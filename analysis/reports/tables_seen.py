"""The tables of what else was seen: who is reached and how far, who leads, surveys, programme health."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.charts.format import wave_label
from analysis.findings.words import SIDE_LABELS, construct, group_label, header_label
from analysis.reports.content import Report
from analysis.reports.programme import measures
from analysis.reports.table import Table, Value, hidden

PEOPLE = "rates, shares and ratios are proportions; people are counts"
SCALE = "points of the scale; people are counts"


def tables_seen(report: Report) -> Iterator[Table]:
    yield _reach(report)
    yield from _diversity(report)
    yield from _surveys(report)
    yield Table(
        "programme", "Programme health", "pairs are counts, the rest proportions",
        ("Measure", "Now", "Interval low", "Interval high", "What is counted"),
        tuple(
            (tile.label, *hidden((tile.value, tile.low, tile.high), tile.reason), tile.sentence)
            for tile in report.health.tiles
        ),
    )  # fmt: skip
    yield Table(
        "programme_detail", "Programme health in detail", "the column Unit says it; a share is a proportion",
        ("Part", "What", "Unit", "Value", "Interval low", "Interval high", "Count", "Of"),
        tuple(
            (each.part, each.what, each.unit, *hidden((each.value, each.low, each.high, each.count, each.of),
                                                      each.reason))
            for each in (measures(report.programme) if report.programme else ())
        ),
    )  # fmt: skip


def _reach(report: Report) -> Table:
    return Table(
        "reach", "Who is reached", PEOPLE,
        ("Side", "Attribute", "Group", "Eligible", "Took part", "Rate", "Ratio", "Ratio low", "Ratio high",
         "Below four fifths"),
        tuple(
            (SIDE_LABELS[each.side], header_label(row.header), group_label(row.header, row.group),
             *(hidden((row.eligible, row.participants, row.rate), row.reason)),
             row.ratio, row.ratio_low, row.ratio_high, "yes" if row.flag else "no")
            for each in report.impact.reach for row in each.rows
        ),
    )  # fmt: skip


def _diversity(report: Report) -> Iterator[Table]:
    yield Table(
        "diversity_steps", "How far each group came", PEOPLE,
        ("Side", "Attribute", "Step", "Group", "Could", "Did", "Rate", "Interval low", "Interval high", "Ratio",
         "Ratio low", "Ratio high", "Below four fifths", "Adjusted p"),
        tuple(
            (SIDE_LABELS[each.side], header_label(each.header), step.label, group_label(each.header, row.group.group),
             *_step((row.group.eligible, row.group.participants, row.group.rate, row.low, row.high, row.group.ratio,
                     row.group.ratio_low, row.group.ratio_high), row.group.reason, row.group.flag, row.p_adjusted))
            for each in report.diversity for step in each.steps for row in step.rows
        ),
    )  # fmt: skip
    yield Table(
        "representation", "Share of participants beside share of those eligible", PEOPLE,
        ("Side", "Attribute", "Group", "Eligible", "Took part", "Share of eligible", "Share of participants",
         "Interval low", "Interval high"),
        tuple(
            (SIDE_LABELS[each.side], header_label(each.header), group_label(each.header, row.group),
             *hidden((row.eligible, row.participants, row.share_eligible, row.share, row.low, row.high), row.reason))
            for each in report.diversity for row in each.representation
        ),
    )  # fmt: skip
    yield Table(
        "diversity_cohorts", "Who made up each cohort", PEOPLE,
        ("Side", "Attribute", "Cohort", "Group", "People", "Share"),
        tuple(
            (SIDE_LABELS[each.side], header_label(each.header), cell.cohort, group_label(each.header, cell.group),
             *hidden((cell.people, cell.share), "so few people that somebody could be recognised"))
            for each in report.diversity for cell in each.cohorts.cells
        ),
    )  # fmt: skip
    yield Table(
        "leadership", "Who holds the two highest levels", f"{PEOPLE}; the company, not an effect of the programme",
        ("Attribute", "Quarter", "Group", "People", "Share", "Interval low", "Interval high", "Share of all employees"),
        tuple(
            (header_label(each.header), point.quarter, group_label(each.header, point.group),
             *hidden((point.senior, point.share, point.low, point.high), point.reason), point.share_of_all)
            for each in report.leadership for point in each.points
        ),
    )  # fmt: skip


def _step(numbers: tuple[Value, ...], reason: str | None, flag: bool, p_adjusted: float | None) -> tuple[Value, ...]:
    """A group at a step; where it is hidden, neither its ratio nor its test is told."""
    if numbers[0] is None:
        return *hidden(numbers, reason), None, None
    return *numbers, "yes" if flag else "no", p_adjusted


def _surveys(report: Report) -> Iterator[Table]:
    surveys = report.surveys
    yield Table(
        "survey_change", "Surveys, change from before to after", SCALE,
        ("Side", "Scale", "Change", "Interval low", "Interval high", "People", "Against colleagues",
         "Against low", "Against high", "Lowest point", "Highest point"),
        tuple(
            (SIDE_LABELS[row.side], construct(row.construct),
             *hidden((row.mean_change, row.low, row.high, row.people), row.reason),
             *((row.against.difference, row.against.low, row.against.high) if row.against and not row.reason
               else (None, None, None)), row.scale_min, row.scale_max)
            for row in surveys.changes
        ),
    )  # fmt: skip
    yield Table(
        "survey_waves", "Surveys, means by wave", SCALE,
        ("Side", "Scale", "Wave", "Mean", "Interval low", "Interval high", "People"),
        tuple(
            (SIDE_LABELS[row.side], construct(row.construct), wave_label(row.wave),
             *hidden((row.mean, row.low, row.high, row.people), row.reason))
            for row in surveys.waves
        ),
    )  # fmt: skip
    yield Table(
        "survey_response", "Surveys, response", "rates are proportions; people are counts",
        ("Side", "Wave", "Asked", "Answered", "Rate", "Interval low", "Interval high"),
        tuple(
            (SIDE_LABELS[row.side], wave_label(row.wave),
             *hidden((row.asked, row.answered, row.rate, row.low, row.high), row.reason))
            for row in surveys.responses
        ),
    )  # fmt: skip
