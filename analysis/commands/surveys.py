"""The command `surveys`: the numbers of the surveys page, of everybody or a narrowed view."""

from __future__ import annotations

from typing import Any

import click

from analysis import load as loading
from analysis.commands.common import Problem, json_option, narrowing_options, print_json, store_option
from analysis.findings import answers
from analysis.findings.results import Selection
from analysis.findings.survey_precompute import RESPONSE_BY
from analysis.store import Store, StoreError


@click.command()
@click.option("--quarter", help="As of this quarter, such as 2025Q4; the newest without it.")
@click.option("--cohort", help="One cohort.")
@narrowing_options()
@click.option("--by", type=click.Choice(RESPONSE_BY), default="department", show_default=True, help="Response by.")
@store_option
@json_option
def surveys(quarter: str | None, cohort: str | None, by: Any, folder: str, as_json: bool, **where: str | None) -> None:
    """Scores, change, questions, eNPS, reliability and who answered."""
    try:
        reader = loading.newest(Store(folder))
        narrowed = (cohort, Selection(**where))
        health = answers.survey_health(reader, quarter, *narrowed)
        scored = answers.surveys(reader, quarter, *narrowed)
        items = answers.survey_items(reader, quarter, *narrowed)
        response = answers.survey_response(reader, quarter, by, *narrowed)
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([health, scored, items, response])
        return
    click.echo(health.sentence)
    click.echo(scored.sentence)
    for change in scored.changes:
        click.echo(f"  {change.sentence}")
        if change.against:
            click.echo(f"  {change.against.sentence}")
    for construct in items.constructs:
        click.echo(f"  {construct.sentence}")
    if items.net_sentence:
        click.echo(items.net_sentence)
    click.echo(response.sentence)
    for text in (*scored.notes, *response.notes):
        click.echo(text)
