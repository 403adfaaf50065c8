"""`diversity`: who is invited, joins, stays and is promoted by group, who made up the cohorts, and who leads."""

from __future__ import annotations

from typing import Any

import click

from analysis import load as loading
from analysis.commands.common import Problem, json_option, measured, narrowing_options, print_json, store_option
from analysis.findings import answers, words
from analysis.findings.diversity_results import CohortTable, DiversityFinding, LeadershipFinding, StepFinding
from analysis.findings.diversity_words import difference_sentence, name_of
from analysis.findings.evidence import GroupDifference
from analysis.findings.results import HEADLINES, SIDES, Finding, Question, Selection
from analysis.store import Store, StoreError


@click.command()
@click.option("--side", type=click.Choice(SIDES), required=True)
@click.option("--by", type=click.Choice(answers.DIVIDED_BY), default="gender", show_default=True, help="The attribute.")
@click.option("--outcome", type=click.Choice(HEADLINES), default="retention", show_default=True)
@click.option("--quarter", help="As of this quarter, such as 2025Q4; the newest without it.")
@click.option("--cohort", help="One cohort; all of them without it.")
@narrowing_options()
@store_option
@json_option
def diversity(
    side: Any,
    by: str,
    outcome: Any,
    quarter: str | None,
    cohort: str | None,
    folder: str,
    as_json: bool,
    **chosen: str | None,
) -> None:
    """Who is reached, by group, and whether the effect differs."""
    where = Selection(**chosen)
    question = Question(outcome, side, 12, quarter, by=by, where=where)
    try:
        reader = loading.newest(Store(folder))
        found = answers.diversity(reader, side, by, quarter, cohort, where)
        parts = answers.effects(reader, question)
        differences = answers.differences(reader, question)
        leads = answers.leadership(reader, by, quarter, where) if by in answers.ATTRIBUTES else None
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    difference = next((row for row in differences.rows if row.header == by), None)
    if as_json:
        print_json([item for item in (found, parts, difference, leads) if item is not None])
        return
    _echo_way(found)
    _echo_cohorts(by, found.cohorts)
    _echo_effects(parts, difference, sum(row.p_adjusted is not None for row in differences.rows))
    if leads:
        _echo_leaders(leads)


def _echo_way(found: DiversityFinding) -> None:
    click.echo(found.sentence)
    for check in found.health.checks:
        click.echo(f"  {check.status.replace('_', ' ')}: {check.label}. {check.text}")
    for step in found.steps:
        click.echo(f"{step.label}, {step.of_whom}")
        if step.reason:
            click.echo(f"  {step.reason}")
        for line in _step_lines(step):
            click.echo(f"  {line}")


def _step_lines(step: StepFinding) -> list[str]:
    lines = []
    for row in step.rows:
        group = row.group
        if group.rate is None or row.low is None or row.high is None:
            lines.append(f"{name_of(group)}: {group.reason}")
            continue
        limits = f"{words.percent(row.low)} to {words.percent(row.high)}"
        line = f"{name_of(group)}: {group.participants:,} of {group.eligible:,}, {words.percent(group.rate)} ({limits})"
        if group.ratio is not None and group.ratio_low is not None and group.ratio_high is not None:
            line += f", ratio {words.plain(group.ratio)} ({words.plain(group.ratio_low)} to "
            line += f"{words.plain(group.ratio_high)})"
        if row.p_adjusted is not None:
            line += f", adjusted p {'below 0.001' if row.p_adjusted < 0.001 else f'{row.p_adjusted:.2g}'}"
        lines.append(line + (", below four fifths" if group.flag else ""))
    return lines


def _echo_cohorts(by: str, table: CohortTable) -> None:
    click.echo(f"Cohorts. {table.sentence}")
    for cohort, size in zip(table.cohorts, table.sizes, strict=True):
        cells = [cell for cell in table.cells if cell.cohort == cohort]
        told = [
            f"{words.group_label(by, cell.group)} {'hidden' if cell.people is None else cell.people}" for cell in cells
        ]
        click.echo(f"  {cohort}, {'size hidden' if size is None else words.people(size)}: {', '.join(told)}")


def _echo_effects(parts: tuple[Finding, ...], difference: GroupDifference | None, tests: int) -> None:
    click.echo("Effect by group" + (f". {difference_sentence(difference, parts, tests)}" if difference else ""))
    for part in parts:
        told = measured(part) or part.reason or part.verdict_label
        click.echo(f"  {words.group_label(part.by or '', part.group or '')}: {told}")


def _echo_leaders(leads: LeadershipFinding) -> None:
    click.echo(f"Who leads. {leads.sentence}")
