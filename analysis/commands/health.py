"""The command `health`: programme health as the page has it, and for stewards which pairs need a nudge."""

from __future__ import annotations

from collections.abc import Iterator

import click

from analysis import load as loading
from analysis.commands.common import Problem, json_option, narrowing_options, print_json, store_option
from analysis.findings import answers
from analysis.findings.health.no_log import NO_LOG, WHAT_TO_LOAD
from analysis.findings.health.results import Agreement, Cell, Number, ProgrammeHealth, SessionCounts
from analysis.findings.health.shares import Share
from analysis.findings.results import Selection
from analysis.store import Store, StoreError

HIDDEN = "hidden"
_WHY = {
    "no_first_session": "no first session",
    "stalled": "no session for too long",
    "cancellations": "cancelled in a row",
    "past_end": "past its planned end",
}


@click.command()
@click.option("--quarter", help="As of the last day of this quarter, such as 2025Q4; the newest without it.")
@click.option("--cohort", help="Pairs of one cohort.")
@narrowing_options("pairs of this {header}, the mentor's when they began")
@click.option(
    "--pairs",
    "which",
    is_flag=True,
    help="For stewards: which running pairs need a nudge and why, each by the file and line it was loaded from.",
)
@store_option
@json_option
def health(
    quarter: str | None,
    cohort: str | None,
    which: bool,
    folder: str,
    as_json: bool,
    **chosen: str | None,
) -> None:
    """How the programme is doing: pairs, sessions, topics, goals, direction, nudges."""
    where = Selection(**chosen)
    try:
        reader = loading.newest(Store(folder))
        if which:
            if not answers.programme_health(reader, quarter).has_log:
                click.echo(f"{NO_LOG} {WHAT_TO_LOAD}", err=True)
            _which(answers.pairs_to_nudge(reader, quarter, cohort, where), as_json)
            return
        found = answers.programme_health(reader, quarter, cohort, where)
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([found])
        return
    for line in _lines(found):
        click.echo(line)


def _which(pairs: list[dict[str, object]], as_json: bool) -> None:
    if as_json:
        print_json(pairs)
        return
    if not pairs:
        click.echo("No running pair needs a nudge.")
    for pair in pairs:
        why = ", ".join(words for name, words in _WHY.items() if pair[name])
        last = f"last session {pair['last_held']}" if pair["last_held"] else "no session yet"
        where = f"{pair['file_name']}, line {pair['line']}"
        click.echo(f"{where}: cohort {pair['cohort']}, began {pair['start_date']}, {last}: {why}")


def _lines(found: ProgrammeHealth) -> Iterator[str]:
    yield f"{found.quarter}, as of {found.day}: {found.sentence}"
    if found.reason:
        return
    assert found.goals and found.direction and found.endings and found.nudges
    yield found.check.sentence
    for check in found.check.checks:
        yield f"  {check.status.replace('_', ' ')}: {check.label}. {check.text}"
    yield "Pairs by state"
    for row in found.states:
        counts = ", ".join(f"{each.name.replace('_', ' ')} {_cell(each)}" for each in row.states if each.count != 0)
        due = f"; held of those due {_number(row.of_due)}" if found.has_log else ""
        yield f"  {row.cohort or 'all pairs'}: {counts or 'none'}{due}"
    yield from _of_sessions(found) if found.has_log else (f"Sessions. {NO_LOG} {WHAT_TO_LOAD}",)
    yield f"Goals. By the second session: {_share(found.goals.by_second_session)}"
    for kind in found.goals.kinds:
        yield f"  {(kind.kind or 'all').replace('_', ' ')}, achieved: {_share(kind.achieved)}"
    yield f"Direction. {found.direction.sentence}"
    for pair in found.direction.agreements:
        yield f"  {_agreement(pair)}"
    yield f"Early endings, of those that ended: {_share(found.endings.early)}"
    for each in found.endings.reasons:
        yield f"  {each.name.replace('_', ' ')}: {_cell(each)}"
    if found.has_log:
        yield "By the mentee's level"
        for level in found.levels:
            met = _share(level.met)
            yield f"  {level.level}: cancelled by the mentee {_share(level.by_mentee)}; met in the quarter {met}"
    yield f"Running pairs that need a nudge: {_share(found.nudges.anybody)}"
    for each in found.nudges.reasons:
        yield f"  {_WHY[each.name]}: {_cell(each)}"


def _of_sessions(found: ProgrammeHealth) -> Iterator[str]:
    """Everything that rests on sessions alone."""
    assert found.cadence and found.sessions and found.first and found.lapse and found.topics
    yield "Sessions against the plan"
    yield f"  running pairs on schedule: {_share(found.cadence.on_schedule)}"
    yield f"  on schedule or one session behind: {_share(found.cadence.nearly)}"
    planned = found.cadence.planned_a_month or 0
    yield f"  sessions a month and pair: {_number(found.cadence.a_month)}; planned {planned:g}"
    gap = found.cadence.gap
    if gap.median is not None:
        half = f"{gap.first or 0:.0f} to {gap.third or 0:.0f}"
        yield f"  days between sessions: median {gap.median:.0f}, middle half {half}"
    yield "Sessions, of those whose outcome is recorded"
    for counted in (found.sessions.whole, *found.sessions.quarters):
        yield f"  {_sessions(counted)}"
    yield f"  cancellations by mentees for each by mentors: {_number(found.sessions.ratio)}"
    limit = found.sessions.in_a_row_limit
    yield f"  pairs with {limit} or more cancellations in a row: {_share(found.sessions.in_a_row)}"
    yield f"First session. {found.first.sentence}"
    yield f"Lapses. {found.lapse.sentence}"
    yield f"Topics. {found.topics.sentence}"
    for topic in found.topics.rows:
        yield f"  {topic.topic.replace('_', ' ')}: {HIDDEN if topic.share is None else f'{topic.share:.1%}'}"


def _agreement(pair: Agreement) -> str:
    """Both numbers, or in the place of either why there is none."""
    if pair.same.value is None:
        return f"{pair.one} and {pair.other}: {pair.same.reason}"
    kappa = f"no kappa: {pair.kappa.reason}" if pair.kappa.value is None else f"kappa {_number(pair.kappa)}"
    return f"{pair.one} and {pair.other} agree on {_share(pair.same)}; {kappa}"


def _sessions(row: SessionCounts) -> str:
    name = row.quarter or "all to the day"
    if row.recorded is None:
        return f"{name}: {row.reason or HIDDEN}"
    return (
        f"{name}: {row.recorded:,} recorded; held {_share(row.held)}; cancelled by mentee {_share(row.by_mentee)}, "
        f"by mentor {_share(row.by_mentor)}; missed {_share(row.no_show)}"
    )


def _cell(each: Cell) -> str:
    if each.count is None:
        return "<5" if each.few else HIDDEN
    return f"{each.count:,}"


def _share(each: Share) -> str:
    return each.said or HIDDEN


def _number(each: Number) -> str:
    if each.value is None:
        return each.reason or HIDDEN
    low, high = (f"{limit:.2f}" if limit is not None else "no limit" for limit in (each.low, each.high))
    return f"{each.value:.2f} ({low} to {high})"
