"""The command line: the same findings as the pages, `--json` everywhere (a list on standard output)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analysis import load as loading
from analysis.commands.audit import audit, audit_commands
from analysis.commands.claims import claims
from analysis.commands.common import (
    Problem,
    concluded,
    json_option,
    measured,
    narrowing_options,
    print_json,
    store_option,
)
from analysis.commands.diversity import diversity
from analysis.commands.forget import forget
from analysis.commands.health import health
from analysis.commands.load import load
from analysis.commands.report import report, verify
from analysis.commands.surveys import surveys
from analysis.findings import answers, words
from analysis.findings.evidence import Variation
from analysis.findings.results import OUTCOMES, SIDES, Finding, Question, Selection
from analysis.findings.value import value_of
from analysis.findings.verdict import GRADES, printed
from analysis.sample import write as write_sample
from analysis.store import Store, StoreError


@click.group()
def main() -> None:
    """Reverse mentoring impact: load exports, ask for effects."""


main.add_command(load)
main.add_command(claims)
main.add_command(health)
main.add_command(surveys)
main.add_command(diversity)
main.add_command(report)
main.add_command(verify)
main.add_command(audit)
main.add_command(forget)


@main.command()
@store_option
@json_option
def status(folder: str, as_json: bool) -> None:
    """All loads, newest first."""
    try:
        records = loading.history(Store(folder))
    except StoreError as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json(records)
        return
    if not records:
        click.echo("Nothing has been loaded yet.")
    for record in records:
        click.echo(
            f"{record.load_id}  {record.state:8}  {record.kind:11}  {record.loaded:>9,} rows  {record.file_name}"
            + (f"  as of {record.as_of_date}" if record.as_of_date else "")
            + (f"  ({record.forgotten:,} lines gone since: a person was forgotten)" if record.forgotten else "")
        )


@main.command()
@click.argument("load_id")
@store_option
@json_option
def undo(load_id: str, folder: str, as_json: bool) -> None:
    """Take the load LOAD_ID back; its rows are kept and can be redone."""
    _switch(loading.undo, load_id, folder, as_json, "undone")


@main.command()
@click.argument("load_id")
@store_option
@json_option
def redo(load_id: str, folder: str, as_json: bool) -> None:
    """Bring an undone load back."""
    _switch(loading.redo, load_id, folder, as_json, "active")


def _switch(action: Any, load_id: str, folder: str, as_json: bool, state: str) -> None:
    try:
        version = action(Store(folder), load_id)
    except (loading.LoadError, StoreError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([{"load_id": load_id, "state": state, "data_version": version}])
    else:
        click.echo(f"{load_id} is {state}; the data are now version {version}.")


@main.command()
@click.option("--outcome", type=click.Choice(OUTCOMES), required=True)
@click.option("--side", type=click.Choice(SIDES), required=True)
@click.option("--horizon", type=int, default=12, show_default=True, help="Months of follow-up.")
@click.option("--cohort", help="One cohort, from the headline fit.")
@click.option("--quarter", help="As of this quarter, such as 2025Q4; the newest without it.")
@click.option("--by", help="One finding a group of this header, such as gender or cohort.")
@click.option(
    "--replacement-cost", type=float, help="What replacing one person costs: adds what the leavers are worth."
)
@narrowing_options()
@store_option
@json_option
def effect(
    outcome: Any,
    side: Any,
    horizon: int,
    cohort: str | None,
    quarter: str | None,
    by: str | None,
    replacement_cost: float | None,
    folder: str,
    as_json: bool,
    **where: str | None,
) -> None:
    """Participants against comparable colleagues."""
    try:
        question = Question(outcome, side, horizon, quarter, cohort, by, Selection(**where))
        found = answers.effects(loading.newest(Store(folder)), question)
        values = [value_of(finding, replacement_cost) if replacement_cost is not None else None for finding in found]
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json(found)
        return
    for finding, value in zip(found, values, strict=True):
        _echo(finding)
        if value:
            click.echo(f"  {value.sentence}")


@main.command()
@click.option("--outcome", type=click.Choice(OUTCOMES), required=True)
@click.option("--side", type=click.Choice(SIDES), required=True)
@click.option("--horizon", type=int, default=12, show_default=True, help="Months of follow-up.")
@click.option("--quarter", help="As of this quarter, such as 2025Q4; the newest without it.")
@click.option(
    "--difference",
    "stated",
    type=click.FloatRange(0.1, 100),
    multiple=True,
    help="Percentage points: how many participants would show it? Can be given several times.",
)
@narrowing_options()
@store_option
@json_option
def evidence(
    outcome: Any,
    side: Any,
    horizon: int,
    quarter: str | None,
    stated: tuple[float, ...],
    folder: str,
    as_json: bool,
    **where: str | None,
) -> None:
    """How do you know? Checks, other choices, power, differences between groups, dose."""
    question = Question(outcome, side, horizon, quarter, where=Selection(**where))
    if any(points != points for points in stated):
        raise Problem("A stated difference is a number of percentage points.")
    try:
        reader = loading.newest(Store(folder))
        detail = answers.outcome_detail(reader, question)
        strip = answers.specifications(reader, question)
        robust = answers.robustness(reader, question)
        power = answers.power(reader, question, tuple(points / 100 for points in stated))
        differences = answers.differences(reader, question)
        dose = answers.dose(reader, question)
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([detail, strip, robust, power, differences, dose])
        return
    _echo(detail.finding)
    click.echo("Checks")
    for check in detail.finding.checks:
        click.echo(f"  {check.status.replace('_', ' ')}: {check.label}. {check.text}")
    click.echo(f"Other choices. {strip.sentence}")
    for row in strip.rows:
        click.echo(f"  {_varied(row)}")
    click.echo("Other conditions")
    for row in robust.variations:
        click.echo(f"  {_varied(row)}")
    click.echo(f"Power. {power.sentence}")
    for needed in power.rows:
        many = f"{needed.participants:,} participants" if needed.participants else "not possible"
        click.echo(f"  {100 * needed.difference:g} points: {many}")
    click.echo(f"Differences between groups. {differences.sentence}")
    click.echo(f"Sessions. {dose.sentence}")


def _varied(row: Variation) -> str:
    name = f"{row.family.replace('_', ' ')}, {row.label}"
    if row.estimate is None:
        return f"{name}: {row.reason}"
    limits = (
        "" if row.ci_low is None or row.ci_high is None else f", 95% interval {words.interval(row.ci_low, row.ci_high)}"
    )
    return f"{name}: {words.points(row.estimate)} pp{limits}"


@main.command()
@store_option
@json_option
def verdicts(folder: str, as_json: bool) -> None:
    """The table of verdicts and grades, with the plan's thresholds."""
    try:
        rules = printed(answers.context(loading.newest(Store(folder))).plan.thresholds)
    except StoreError as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([{"verdict": name, "rule": text} for name, text in rules])
        return
    for name, text in (*rules, *((f"Grade {letter}", text) for letter, text in GRADES)):
        click.echo(f"{name}: {text}")


def _echo(finding: Finding) -> None:
    label = f"{words.SIDE_LABELS[finding.side]}, {words.outcome_label(finding.outcome, finding.horizon_months)}"
    if finding.group is not None and finding.by is not None:
        label += f", {words.group_label(finding.by, finding.group)}"
    elif finding.cohort is not None:
        label += f", {finding.cohort}"
    if finding.where.chosen:
        label += f", {words.narrowed_to(finding.where)}"
    click.echo(f"{label}: {concluded(finding)}")
    if numbers := measured(finding):
        click.echo(f"  {numbers}")
    click.echo(f"  {finding.sentence}")
    if finding.in_people:
        click.echo(f"  {finding.in_people}")


@main.command()
@click.option("--employees", type=click.IntRange(200, 1_000_000), default=4000, show_default=True)
@click.option("--quarters", type=click.IntRange(6, 60), default=14, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True)
@click.option("--vendor-shapes", is_flag=True, help="Write two survey files as survey tools export them.")
@json_option
def sample(employees: int, quarters: int, seed: int, out: Path, vendor_shapes: bool, as_json: bool) -> None:
    """Write an invented employer with known truth as export files."""
    write_sample(out, employees, quarters, seed, vendor_shapes=vendor_shapes)
    written = sorted(path.name for path in out.iterdir() if path.is_file())
    if as_json:
        print_json([{"file": name, "bytes": (out / name).stat().st_size} for name in written])
    else:
        click.echo(f"Wrote {len(written)} files to {out}.")


audit_commands(main)

if __name__ == "__main__":
    main()
