"""The command `claims`: every claim with its state, one in full, the checker of figures, and registration."""

from __future__ import annotations

import getpass
from collections.abc import Callable

import click

from analysis.commands.common import Problem, json_option, print_json, store_option
from analysis.findings import answers
from analysis.findings.claims.catalogue import GROUPS
from analysis.findings.claims.checker import CannotRead, check_figure
from analysis.findings.claims.claim_results import STATES, ClaimAnswer, ClaimState, RegisteredFinding
from analysis.findings.claims.judged import RULES
from analysis.findings.claims.registry import DIRECTIONS, CannotRegister, Wish
from analysis.findings.claims.registry import register as write_registration
from analysis.findings.claims.registry import withdraw as write_withdrawal
from analysis.findings.results import SIDES
from analysis.load import newest
from analysis.store import Store, StoreError


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@click.group(invoke_without_command=True)
@click.option("--claim", "claim_id", help="One claim in full, such as B1.")
@click.option("--group", type=click.Choice(GROUPS), help="The claims of one group.")
@click.option("--state", type=click.Choice(list(STATES)), help="The claims in one state.")
@store_option
@json_option
@click.pass_context
def claims(
    asked: click.Context, claim_id: str | None, group: str | None, state: str | None, folder: str, as_json: bool
) -> None:
    """What is said of reverse mentoring: what can be tested with today's data, and what the data say."""
    if asked.invoked_subcommand is not None:
        return
    try:
        reader = newest(Store(folder))
        if claim_id is not None:
            _one(answers.claim(reader, claim_id), as_json)
            return
        found = answers.claims(reader)
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    shown = [one for one in found.claims if group in (None, one.claim.group) and state in (None, one.state)]
    if as_json:
        print_json(shown)
        return
    for one in shown:
        click.echo(f"{one.claim.id:4}{one.claim.claim}")
        click.echo(f"    {_today(one)}")
    click.echo(found.sentence)


def _today(one: ClaimState) -> str:
    if one.state == "not_with_hr_data":
        return f"{STATES[one.state]}: {one.why_not}"
    if one.state == "missing":
        return f"{STATES[one.state]}: {'; '.join(one.missing)}."
    if one.result is not None:
        return one.result.sentence
    if not one.built_in:
        return f"{STATES[one.state]}; no test of it is built in."
    return f"{STATES[one.state]}: ask with --claim {one.claim.id}."


def _one(answer: ClaimAnswer, as_json: bool) -> None:
    if as_json:
        print_json([answer])
        return
    claim = answer.state.claim
    click.echo(f"{claim.id} {claim.claim} ({claim.group}; {claim.said_in})")
    for sentence in [result.sentence for result in answer.results] or [answer.sentence]:
        click.echo(f"  {sentence}")
    for note in dict.fromkeys(note for result in answer.results for note in result.notes):
        click.echo(f"  {note}")
    click.echo(f"  How it is tested: {claim.how_tested}. {claim.statistic}.")
    if claim.note:
        click.echo(f"  {claim.note}.")


@claims.command("check-figure")
@click.argument("figure", nargs=-1, required=True)
@json_option
def check(figure: tuple[str, ...], as_json: bool) -> None:
    """How much a published FIGURE tells, such as "88 %, 7 of 8" or "25 % against 5 %"."""
    try:
        found = check_figure(" ".join(figure))
    except CannotRead as problem:
        raise Problem(str(problem)) from None
    if as_json:
        print_json([found])
        return
    click.echo(found.sentence)
    click.echo("To judge it one would have to know:")
    for text in found.missing:
        click.echo(f"  {text}")


@claims.command()
@store_option
@json_option
def registered(folder: str, as_json: bool) -> None:
    """What was registered, newest first, with the result by the registered rule."""
    try:
        store = Store(folder)
        found = answers.registrations(newest(store)) if store.exists() else ()
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json(found)
        return
    if not found:
        click.echo("Nothing has been registered yet.")
    for one in found:
        _registered(one)


@claims.command()
@click.option("--claim", "claim_id", help="The id of a claim, such as B1; or --words.")
@click.option("--words", default="", help="The claim in your own words, one line.")
@click.option(
    "--measured-by",
    required=True,
    help='An outcome such as retention, "survey digital_skills", or "measures learning_hours".',
)
@click.option("--side", type=click.Choice(SIDES), required=True)
@click.option("--expect", "direction", type=click.Choice(DIRECTIONS), required=True)
@click.option(
    "--smallest",
    type=float,
    required=True,
    help="The smallest difference: percentage points, points of the scale, or the metric's own unit.",
)
@click.option("--rule", type=click.Choice(list(RULES)), default="clear", show_default=True)
@click.option("--by", default=_user, help="Who registers it; the user's name without it.")
@store_option
@json_option
def register(
    claim_id: str | None,
    words: str,
    measured_by: str,
    side: str,
    direction: str,
    smallest: float,
    rule: str,
    by: str,
    folder: str,
    as_json: bool,
) -> None:
    """Register a claim, before its data arrive. It can't be changed; it can be withdrawn."""
    if (claim_id is None) == (not words.strip()):
        raise Problem("Name a claim with --claim, or say it with --words: one of the two.")
    wish = Wish(claim_id, words, measured_by, side, direction, smallest, rule, by)
    _write_and_show(folder, as_json, lambda store: write_registration(store, wish).no)


@claims.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why, one line; it is shown beside the registration.")
@click.option("--by", default=_user, help="Who withdraws it; the user's name without it.")
@store_option
@json_option
def withdraw(number: int, reason: str, by: str, folder: str, as_json: bool) -> None:
    """Withdraw the registration NUMBER; it stays visible."""
    _write_and_show(folder, as_json, lambda store: write_withdrawal(store, number, reason, by).no)


def _write_and_show(folder: str, as_json: bool, write: Callable[[Store], int]) -> None:
    try:
        store = Store(folder)
        number = write(store)
        (found,) = (one for one in answers.registrations(newest(store)) if one.registration.no == number)
    except (StoreError, CannotRegister) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([found])
    else:
        _registered(found)


def _registered(one: RegisteredFinding) -> None:
    of = one.registration
    click.echo(
        f"{of.no}  {f'{of.claim_id}: ' if of.claim_id else ''}{of.claim_words} (by {of.by}, plan {of.plan_hash})"
    )
    click.echo(f"    {of.expectation}. It holds when {RULES[of.rule]}.")
    click.echo(f"    {one.timing}")
    if of.withdrawn:
        click.echo(f"    Withdrawn on {of.withdrawn.at[:10]} by {of.withdrawn.by}: {of.withdrawn.reason}")
    result = f" {one.result.sentence}" if one.result else ""
    click.echo(f"    {one.label}.{result}")
