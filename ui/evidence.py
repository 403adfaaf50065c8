"""What stands behind one number: its checks, the other choices, what such a study can show, who differs, the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from analysis.charts.format import (
    SIDE_LABELS,
    count,
    decimal,
    group_label,
    header_label,
    interval,
    outcome_label,
    p_number,
    percent,
    points,
)
from analysis.charts.specification import (
    changes_conclusion,
    in_families,
    is_drawn,
    reason_of,
    specification_strip,
    variation_label,
)
from analysis.findings import answers
from analysis.findings.dose import CAUTION
from analysis.findings.evidence import (
    DifferencesFinding,
    DoseFinding,
    Family,
    GroupDifference,
    PowerFinding,
    Robustness,
    SpecificationStrip,
    Variation,
)
from analysis.findings.results import Check, CheckStatus, Finding, Question, ReachFinding
from analysis.findings.verdict import GRADES, RULES
from ui import tables
from ui.badges import check_mark
from ui.details import check_row
from ui.page import Page
from ui.tables import HIDDEN, Row
from ui.text import heading, kept, note, paragraphs, plain

OTHER_CONDITIONS: tuple[Family, ...] = ("intention_to_treat", "spill_over", "lottery", "missing_follow_up")
NEGATIVE_CONTROLS: tuple[Family, ...] = ("involuntary_exit", "promotion_before")
_OPEN: dict[CheckStatus, str] = {
    "failed": "Failed: the number is withheld",
    "warning": "Take care",
    "could_not_run": "Could not run",
}


def all_checks(finding: Finding) -> None:
    """What failed, calls for care or could not run, in words and with its remedy; what passed, closed."""
    checks: Sequence[Check] = finding.checks
    if not checks:
        heading("The checks")
        note(f"None is told: the number is not shown, and they could tell it. {plain(finding.sentence)}")
        return
    heading("The checks", f"{len(checks)} of them, on this number")
    told = []
    for status, title in _OPEN.items():
        found = [check for check in checks if check.status == status]
        if found:
            told.append(f"**{title}**")
        for check in found:
            remedy = f" Would settle it: {plain(check.remedy)}" if check.remedy else ""
            told.append(f"{check_mark(check)} **{plain(check.label)}.** {plain(check.text)}{remedy}")
    paragraphs(told)
    passed = [check for check in checks if check.status == "passed"]
    if len(passed) == len(checks):
        st.markdown("None failed, none calls for care, and every one of them could be run.")
    if passed:
        with st.expander(f"{len(passed)} passed", icon=":material/check:"):
            tables.table([check_row(check) for check in passed], "The checks that passed, with what was found")


def something_unseen(finding: Finding) -> None:
    """The E-value in words: what a hidden factor would have to be to explain the difference."""
    heading("Could something unseen explain it?", "the E-value")
    check = next((check for check in finding.checks if check.name == "hidden_factor"), None)
    if check is None or finding.estimate is None:
        note("Worked out once a number is shown.")
        return
    st.markdown(plain(check.text))
    if check.value is not None and check.value > 1.0:
        link = decimal(check.value, 1)
        note(
            f"Read it so: people with some hidden trait would have to be {link} times as likely to join, and the "
            f"outcome {link} times as frequent or as rare among them, beyond all that is adjusted for."
        )
    note(
        "Motivation is such a trait, and nobody measures it. Only a lottery among applicants rules it out "
        "(VanderWeele and Ding 2017)."
    )


def every_choice(page: Page, question: Question) -> None:
    """The strip: the estimate under every reasonable choice."""
    heading("The same question, answered in every other reasonable way", "percentage points")
    page.slowly(lambda: _choices(page, question), height=480)


def _choices(page: Page, question: Question) -> None:
    strip: SpecificationStrip = page.ask(answers.specifications, question)
    if not strip.rows:
        note("No estimate is shown, so there is nothing to compare it with.")
        return
    _strip(page, strip.rows, strip.finding, strip.alt_text, "every_choice")
    note(
        f"{plain(strip.sentence)} Dot: estimate. Line: 95% interval. Dotted upright: the declared estimate. Hollow: "
        "the interval lies on another side of 0, or holds it where the declared one does not. Shaded: too small to "
        "matter, as declared in the plan."
    )
    _numbers(strip.rows, strip.alt_text, "specifications")


def under_other_conditions(page: Page, question: Question, finding: Finding) -> None:
    """Without one cohort at a time; other people compared; and outcomes in which nothing should be found."""
    if finding.estimate is None:
        with st.container(border=True):
            heading("Does one cohort carry it? Would it show where it should not?")
            note("No estimate is shown, so nothing can be left out or set beside it.")
        return
    page.slowly(lambda: _conditions(page, question, finding), height=480)


def _conditions(page: Page, question: Question, finding: Finding) -> None:
    found: Robustness = page.ask(answers.robustness, question)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True):
        heading("Does one cohort carry it?", "percentage points")
        declared = Variation("declared", "all cohorts", finding.estimate, finding.ci_low, finding.ci_high)
        cohorts = found.of("leave_one_cohort_out")
        if cohorts:
            alt = _alt_text("Without one cohort at a time", cohorts)
            _strip(page, (declared, *cohorts), finding, alt, "without_one")
            note(
                "Each row leaves one cohort out. Hollow: the interval lies on another side of 0, or holds it where the "
                "declared one does not. Cohorts too small to be shown are never left out alone: the difference would "
                "give them away."
            )
            _numbers((declared, *cohorts), alt, "without one cohort")
        else:
            note("There is no cohort that could be left out.")
    with right, st.container(border=True):
        heading("Would it show where it should not?", "percentage points")
        rows = [row for family in (*NEGATIVE_CONTROLS, *OTHER_CONDITIONS) for row in found.of(family)]
        if in_families(rows):
            alt = _alt_text("Under other conditions", rows)
            declared = replace(declared, label="as declared")
            _strip(page, (declared, *rows), finding, alt, "other_conditions")
            note(
                "Mentoring can't have changed the year before it, and should not prevent being let go: a clear "
                "difference there would mean that other people join. The other rows ask the same question of other "
                "people."
            )
            _numbers((declared, *rows), alt, "other conditions")
        else:
            note("None of these comparisons applies to this outcome.")


def what_it_could_show(power: PowerFinding) -> None:
    heading("What can a study of this size show?")
    if not power.rows:
        note("Worked out once a number may be shown: it needs the rate among similar colleagues.")
        return
    st.markdown(plain(power.sentence))
    rows = [
        {
            "True difference": kept(f"{100 * row.difference:g} points"),
            "Participants needed": "*not possible*" if row.participants is None else count(row.participants),
        }
        for row in power.rows
    ]
    tables.table(rows, power.sentence)
    note("Worked out from the design and never from the result.")


def by_sessions(dose: DoseFinding, months: int) -> None:
    heading("By sessions held", "a description")
    st.markdown(f":yellow-badge[:material/warning: not an effect] {plain(CAUTION.removeprefix('Not an effect: '))}")
    shown = f"{outcome_label(dose.outcome, months)} (95% CI)"
    rows = []
    for row in dose.rows:
        hidden = row.people is None or row.rate is None or row.low is None or row.high is None
        rows.append(
            {
                "Sessions": row.sessions,
                "People": HIDDEN if row.people is None else count(row.people),
                shown: ""
                if hidden
                else f"{percent(row.rate or 0.0)} {kept(f'({percent(row.low or 0.0)} to {percent(row.high or 0.0)})')}",
            }
        )
    if not rows:
        note(plain(dose.sentence))
        return
    tables.table(rows, dose.alt_text)
    if any(row.people is None for row in dose.rows):
        note("*hidden*: too few people to show, or would give such a group away.")


def between_groups(page: Page, question: Question) -> None:
    """Asked only when opened: every header that was not asked for while loading is a fit of its own."""
    page.slowly(lambda: _compared(page, question), height=48)


def _compared(page: Page, question: Question) -> None:
    label = "Does the effect differ between groups?"
    with st.expander(label, icon=":material/groups:", key="compare_groups", on_change="rerun") as groups:
        if not groups.open:
            return
        found: DifferencesFinding = page.ask(answers.differences, question)
        st.markdown(plain(found.sentence))
        tables.table([_difference_row(row) for row in found.rows], found.sentence)
        note(
            "Only groups that can be shown are compared. Adjusted: for the number of tests (Benjamini and "
            "Hochberg). Gap: the smallest true difference between the two largest groups that would probably have "
            "shown."
        )


def who_is_promoted(page: Page, question: Question) -> None:
    heading("Who gets promoted", f"{SIDE_LABELS[question.side].lower()} who took part, within 4 quarters")
    if not page.can_ask(answers.promoted, question.side, question.quarter):
        note("Told of everybody only, so not in a view of one department.")
        return
    found: ReachFinding = page.ask(answers.promoted, question.side, question.quarter)
    if not found.rows:
        note(plain(found.sentence))
        return
    leading = tables.leading(found.rows)
    tables.table(tables.reach_rows(leading, "Promoted", tested=True), found.alt_text)
    note(
        f"{plain(found.sentence)} Test: Fisher's exact, each by itself; the sentence adjusts for all of them. "
        "*hidden*: too few people, or would reveal such a group."
    )
    others = tables.reach_rows((row for row in found.rows if row not in leading), "Promoted", tested=True)
    tables.numbers(others, "Promotions of the other groups", "Show the other groups")


def the_rules(finding: Finding, verdicts: Sequence[tuple[str, str]]) -> None:
    """Verdicts (label and rule, in their order) and grades as they were laid down; this finding's own in bold."""
    left, right = st.columns([2, 1], gap="small")
    with left, st.container(border=True):
        heading("How a verdict is reached", "the first rule that holds, alike for good and bad")
        rows = [
            {"Verdict": _strong(label, rule.verdict == finding.verdict), "When": plain(text)}
            for rule, (label, text) in zip(RULES, verdicts, strict=True)
        ]
        tables.table(rows, "The verdicts in order, each with the rule that leads to it")
        if finding.verdict == "exploratory":
            note("This view was not declared in the plan, so it is exploratory and gets no verdict.")
        x = 100 * finding.smallest_difference_that_matters
        note(f"X is {x:g} percentage points here, declared in the plan {finding.plan_hash}.")
    with right, st.container(border=True):
        heading("What a grade means")
        grades = [{"Grade": _strong(name, name == finding.grade), "When": plain(text)} for name, text in GRADES]
        tables.table(grades, "The grades of evidence")


def _strip(page: Page, rows: Sequence[Variation], finding: Finding, alt: str, key: str) -> None:
    figure = specification_strip(rows, page.palette, band=finding.smallest_difference_that_matters)
    page.chart(figure, alt, key)


def _numbers(rows: Sequence[Variation], alt: str, name: str) -> None:
    declared = next((row for row in rows if row.family == "declared"), None)
    table: list[Row] = []
    for title, members in in_families(rows):
        for row in members:
            shown = is_drawn(row)
            mark = " (says something else)" if changes_conclusion(row, declared) and shown else ""
            table.append(
                {
                    "What was changed": plain(f"{f'{title}: ' if title else ''}{variation_label(row)}{mark}"),
                    "Difference": points(row.estimate or 0.0) if shown else "*none*",
                    "95% CI": kept(interval(row.ci_low or 0.0, row.ci_high or 0.0)) if shown else plain(reason_of(row)),
                }
            )
    tables.numbers(table, alt, name=name)


def _alt_text(what: str, rows: Sequence[Variation]) -> str:
    found = [row.estimate or 0.0 for row in rows if is_drawn(row)]
    if not found:
        return f"{what}: nothing could be computed."
    return f"{what}, the difference ranges from {points(min(found))} to {points(max(found))} points."


def _difference_row(row: GroupDifference) -> Row:
    groups = ", ".join(plain(group_label(row.header, group)) for group in row.groups)
    told = [f"**{plain(header_label(row.header))}**", groups, f"*{plain(row.reason)}*" if row.reason else ""]
    return {
        "Groups compared": " ".join(part for part in told if part),
        "p": "" if row.p_value is None else kept(p_number(row.p_value)),
        "Adjusted": "" if row.p_adjusted is None else kept(p_number(row.p_adjusted)),
        "Gap, points": "" if row.smallest_detectable is None else decimal(100 * row.smallest_detectable, 0),
    }


def _strong(text: str, strong: bool) -> str:
    return f"**{plain(text)}**" if strong else plain(text)
