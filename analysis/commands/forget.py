"""`forget`: one person out of every version of the store, by id."""

from __future__ import annotations

import click

from analysis import forget as forgetting
from analysis.commands.common import Problem, json_option, print_json, store_option
from analysis.load import LoadError
from analysis.store import Store, StoreError

CONFIRMED = "forget"


@click.command()
@click.option(
    "--person",
    prompt="Id or e-mail address of the person, as the exports have it",
    hide_input=True,
    help="The person's id or e-mail address; asked for without it, so that it stays out of the shell's history.",
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@store_option
@json_option
def forget(person: str, yes: bool, folder: str, as_json: bool) -> None:
    """Remove one person from all data for good. It can't be undone; older versions are removed."""
    if not person.strip():
        raise Problem("Name the person by the id or e-mail address that the exports have.")
    if not yes:
        word = click.prompt(
            f'This can\'t be undone, and removes all older versions. Type "{CONFIRMED}" to go on', default="",
            show_default=False, err=True,
        )  # fmt: skip
        if word.strip() != CONFIRMED:
            raise Problem("Nothing was changed.")
    try:
        found = forgetting.forget(Store(folder), person)
    except (StoreError, LoadError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([found])
    else:
        click.echo(found.sentence)
        click.echo(
            "Take the person out of the exports before the next load: a file that still has them brings them back. "
            "Backups, reports and downloads made before are yours to clean (docs/privacy.md)."
        )
