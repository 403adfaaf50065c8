"""What our data say of a claim: one result a question, from the findings that other pages show too.

Pure functions. Numbers are in the unit that people read: percentage points, percent, points of a scale, a ratio, or
the metric's own unit. A number that may not be shown is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.findings import words
from analysis.findings.claims.asks import Around, Change, Direction, Effect, Level, Reach
from analysis.findings.claims.judged import Evidence, Judgement, judge, label_of
from analysis.findings.event_study import EventStudyFinding
from analysis.findings.results import Finding, ReachFinding, ReachRow
from analysis.findings.survey_change import PEOPLE_TO_TELL
from analysis.findings.survey_results import PairedChange, SurveyFinding
from analysis.findings.verdict import BLOCKING

Unit = Literal["pp", "percent", "scale", "ratio", "metric"]
FOUR_FIFTHS = 0.8
NOBODY_TO_COMPARE = (
    "Nobody to compare with answered both times: such a change may be the year everybody had. It supports no claim."
)
OPINION = "An opinion of participants, compared with nobody; the middle of the scale is our mark, not the articles'."
OUR_MARK = "The mark is ours, not the articles'."


@dataclass(frozen=True)
class ClaimResult:
    """One question's answer. mark: what the interval is held against, 0 for a difference. page: where there is more.

    people says both n where two groups are compared. question names what was asked, side first.
    """

    question: str
    judgement: Judgement
    label: str
    sentence: str
    estimate: float | None
    low: float | None
    high: float | None
    mark: float
    unit: Unit
    expects: Direction
    people: str
    page: str
    notes: tuple[str, ...] = ()


def result(
    question: str,
    case: Evidence,
    body: str,
    *,
    estimate: float | None,
    unit: Unit,
    people: str = "",
    page: str = "",
    notes: tuple[str, ...] = (),
) -> ClaimResult:
    """A result judged by the one rule. `body` is the sentence without its verdict; no limits, no number in it."""
    judgement = judge(case)
    shown = judgement not in ("withheld", "not_shown") and case.low is not None
    return ClaimResult(
        question,
        judgement,
        label_of(judgement),
        f"{label_of(judgement)}: {body}",
        estimate if shown and case.firm else None,
        case.low if shown else None,
        case.high if shown else None,
        case.mark,
        unit,
        case.expects,
        people,
        page,
        notes,
    )


def without(question: str, expects: Direction, reason: str, unit: Unit, page: str = "") -> ClaimResult:
    """A question whose answer may not be shown, or that the data can't answer yet."""
    text = _after_label(reason)
    return result(question, Evidence(None, None, expects), text, estimate=None, unit=unit, page=page)


def _after_label(reason: str) -> str:
    """A reason that says "Not shown" itself says it once."""
    text = reason.removeprefix("Not shown: ")
    return text[:1].lower() + text[1:]


def of_effect(ask: Effect, finding: Finding) -> ClaimResult:
    """Participants against similar colleagues, in percentage points."""
    name = words.outcome_label(finding.outcome, finding.horizon_months)
    question = f"{words.SIDE_LABELS[finding.side]}, {name[0].lower()}{name[1:]}"
    if ask.by and ask.group:
        question += f", {words.header_label(ask.by).lower()} {words.group_label(ask.by, ask.group)}"
    withheld = finding.verdict == "not_reliable_enough_to_read"
    hidden = finding.suppressed or withheld or finding.ci_low is None or finding.ci_high is None
    case = Evidence(
        None if hidden else 100 * (finding.ci_low or 0.0),
        None if hidden else 100 * (finding.ci_high or 0.0),
        ask.expects,
        smallest=100 * finding.smallest_difference_that_matters,
        firm=finding.estimate is not None,
        blocked=any(check.status == "warning" and check.name in BLOCKING for check in finding.checks),
        withheld=withheld,
    )
    if hidden or finding.ci_low is None or finding.ci_high is None:
        return result(question, case, _after_label(finding.reason or finding.sentence), estimate=None, unit="pp")
    colleagues = finding.n_colleagues or finding.n_comparators or 0
    what = "similar colleagues" if finding.n_colleagues is not None else "comparisons with colleagues"
    people = f"{words.people(finding.n_participants or 0)}, {colleagues:,} {what}"
    limits = f"95% interval {words.interval(finding.ci_low, finding.ci_high)}"
    number = "" if finding.estimate is None else f"estimated {words.points(finding.estimate)} percentage points, "
    body = f"{question}: {number}against similar colleagues ({limits}; {people})."
    many = "One group of several: the more groups, the more of them stand out by chance."
    notes = (finding.sentence, many) if ask.by else (finding.sentence,)
    estimate = None if finding.estimate is None else 100 * finding.estimate
    return result(question, case, body, estimate=estimate, unit="pp", people=people, page="outcomes", notes=notes)


def of_change(ask: Change, surveys: SurveyFinding) -> ClaimResult:
    """A scale after taking part, against colleagues who answered too; else from before to after."""
    question = f"{words.SIDE_LABELS[ask.side]}, {_scale(ask.construct)}"
    found = next((row for row in surveys.changes if (row.side, row.construct) == (ask.side, ask.construct)), None)
    if found is None:
        return without(question, ask.expects, "nobody answered both before and after yet.", "scale", "surveys")
    against = found.against
    scale = f"on the {found.scale_min:g} to {found.scale_max:g} scale"
    if against is not None and against.reason is None and against.low is not None and against.high is not None:
        people = f"{words.people(against.participants or 0)}, {against.colleagues or 0:,} colleagues"
        case = Evidence(against.low, against.high, ask.expects, firm=against.difference is not None)
        number = "" if against.difference is None else f"estimated {words.signed(against.difference, 2)} {scale}, "
        limits = f"95% interval {words.signed(against.low, 2)} to {words.signed(against.high, 2)}"
        body = f"{question}: {number}against colleagues alike before who answered too ({limits}; {people})."
        return result(question, case, body, estimate=against.difference, unit="scale", people=people, page="surveys")
    return _before_and_after(ask, question, found, scale)


def _before_and_after(ask: Change, question: str, found: PairedChange, scale: str) -> ClaimResult:
    if found.mean_change is None or found.low is None or found.high is None:
        return without(question, ask.expects, found.reason or "too few answered.", "scale", "surveys")
    people = words.people(found.people or 0)
    firm = (found.people or 0) >= PEOPLE_TO_TELL
    case = Evidence(found.low, found.high, ask.expects, firm=firm, blocked=True)
    limits = f"95% interval {words.signed(found.low, 2)} to {words.signed(found.high, 2)}"
    number = f"{words.signed(found.mean_change, 2)} {scale} from before to after " if firm else ""
    body = f"{question}: {number}({limits}; {people})."
    return result(
        question,
        case,
        body,
        estimate=found.mean_change,
        unit="scale",
        people=people,
        page="surveys",
        notes=(NOBODY_TO_COMPARE,),
    )


def of_level(ask: Level, surveys: SurveyFinding) -> ClaimResult:
    """The mean of a scale in one wave, against the middle of the scale."""
    when = {"pre": "before", "mid": "midway", "post": "after"}.get(ask.wave, ask.wave)
    question = f"{words.SIDE_LABELS[ask.side]}, {_scale(ask.construct)} {when}"
    wanted = (ask.side, ask.construct, ask.wave)
    found = next((row for row in surveys.waves if (row.side, row.construct, row.wave) == wanted), None)
    if found is None or found.mean is None or found.low is None or found.high is None:
        reason = found.reason if found and found.reason else "nobody has answered yet."
        return without(question, ask.expects, reason, "scale", "surveys")
    middle = (found.scale_min + found.scale_max) / 2
    people = words.people(found.people or 0, "answer")
    case = Evidence(found.low, found.high, ask.expects, mark=middle, firm=(found.people or 0) >= PEOPLE_TO_TELL)
    body = (
        f"{question}: mean {words.plain(found.mean)} on the {found.scale_min:g} to {found.scale_max:g} scale, whose "
        f"middle is {middle:g} (95% interval {words.plain(found.low)} to {words.plain(found.high)}; {people})."
    )
    return result(
        question, case, body, estimate=found.mean, unit="scale", people=people, page="surveys", notes=(OPINION,)
    )


def of_around(ask: Around, found: EventStudyFinding) -> ClaimResult:
    """A metric around joining, against those who had not joined yet."""
    label = found.metric.label
    question = f"{words.SIDE_LABELS[ask.side]}, {label[0].lower()}{label[1:]}"
    unit: Unit = "pp" if found.proportion else "metric"
    if found.reason is not None or found.low is None or found.high is None:
        return without(question, ask.expects, found.reason or "too few.", unit, "surveys")
    scale, digits = (100.0, 1) if found.proportion else (1.0, 2)
    low, high = scale * found.low, scale * found.high
    case = Evidence(low, high, ask.expects, firm=found.estimate is not None, blocked=found.caution)
    whose = "departments" if found.metric.unit == "department" else "people"
    people = f"{found.treated or 0:,} {whose} that joined, {found.comparison or 0:,} that had not yet"
    estimate = None if found.estimate is None else scale * found.estimate
    number = "" if estimate is None else f"estimated {words.signed(estimate, digits)} on average since joining, "
    body = (
        f"{question}: {number}against those who had not joined yet (95% interval {words.signed(low, digits)} to "
        f"{words.signed(high, digits)}; {people})."
    )
    return result(question, case, body, estimate=estimate, unit=unit, people=people, page="surveys", notes=found.notes)


def of_reach(ask: Reach, found: ReachFinding, demographic: Iterable[str]) -> ClaimResult:
    """The lowest ratio of participation among demographic groups large enough to judge, against four fifths."""
    which = f" by {words.header_label(ask.header).lower()}" if ask.header else ""
    question = f"{words.SIDE_LABELS[ask.side]}, who takes part{which}"
    headers = {ask.header} if ask.header else set(demographic)
    judged = [
        row for row in found.rows if row.header in headers and row.ratio is not None and row.ratio_low is not None
    ]
    if not judged:
        return without(question, ask.expects, "no group is large enough to judge.", "ratio")
    lowest: ReachRow = min(judged, key=lambda row: row.ratio or 0.0)
    case = Evidence(lowest.ratio_low, lowest.ratio_high, ask.expects, mark=FOUR_FIFTHS)
    group = words.group_label(lowest.header, lowest.group)
    if not group.startswith(header := words.header_label(lowest.header)):
        group = f"{header.lower()} {group}"
    people = f"{lowest.participants or 0:,} of {lowest.eligible or 0:,}"
    body = (
        f"{question}: of {len(judged)} groups judged, {group} took part least often, "
        f"{words.plain(lowest.ratio or 0.0)} times as often as the group with the highest rate (95% "
        f"interval {words.plain(lowest.ratio_low or 0.0)} to "
        f"{words.plain(lowest.ratio_high or 0.0)}; {people} took part). The mark is four fifths."
    )
    notes = ("The lowest of several groups is low by chance too: a prompt to look.",) if len(judged) > 1 else ()
    return result(question, case, body, estimate=lowest.ratio, unit="ratio", people=people, notes=notes)


def of_nulls(findings: Sequence[Finding], surveys: SurveyFinding) -> ClaimResult:
    """How many intervals hold zero, over the headline answers and the survey changes against colleagues."""
    question = "All headline answers and survey scales"
    limits = [(one.ci_low, one.ci_high) for one in findings if not one.suppressed and one.estimate is not None]
    limits += [
        (change.against.low, change.against.high)
        for change in surveys.changes
        if change.against and change.against.difference is not None
    ]
    shown = [(low, high) for low, high in limits if low is not None and high is not None]
    if not shown:
        return without(question, "higher", "no answer can be shown yet.", "percent")
    null = sum(low <= 0 <= high for low, high in shown)
    body = f"{null} of {len(shown)} intervals hold zero: what those measures would show, if anything, can't be told."
    return result(question, Evidence(None, None, "higher", description=True), body, estimate=None, unit="percent")


def of_coverage(registered: int, with_data: int) -> ClaimResult:
    """How many of the registered claims have data that answer them."""
    question = "Registered claims"
    if not registered:
        return without(question, "higher", "no claim has been registered here yet.", "percent")
    body = f"data that answer them have been loaded for {with_data} of {words.people(registered, 'registered claim')}."
    return result(question, Evidence(None, None, "higher", description=True), body, estimate=None, unit="percent")


def _scale(construct: str) -> str:
    return "eNPS" if construct == "enps" else construct.replace("_", " ")
