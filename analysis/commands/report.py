"""The commands `report`, which writes a quarter to a file, and `verify`, which holds a file against the store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from analysis import load as loading
from analysis.commands.common import Problem, json_option, print_json, store_option
from analysis.reports.content import AUDIENCES, build
from analysis.reports.verify import verify as check
from analysis.reports.write import FORMATS, render, save
from analysis.store import Store, StoreError


@click.command()
@click.option("--quarter", help="As of this quarter, such as 2025Q4; the newest without it.")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), help="Your own .pptx: its layouts.")
@click.option("--audience", type=click.Choice(AUDIENCES), default="board", show_default=True, help="staff: minimum 10.")
@store_option
@json_option
def report(
    quarter: str | None, form: str, out: Path, template: Path | None, audience: Any, folder: str, as_json: bool
) -> None:
    """Write a quarter's report: slides, page, workbook, table or JSON."""
    try:
        given = template.read_bytes() if template else None
        found = build(loading.newest(Store(folder)), quarter, audience)
        content = render(found, form, given)
        save(content, out)
    except OSError as error:
        raise Problem(f"{template} can't be read: {error.strerror}.") from None
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([{"file": str(out), "bytes": len(content), "quarter": found.stamp.quarter, "format": form}])
        return
    click.echo(f"Wrote {found.stamp.quarter} from data version {found.stamp.data_version} to {out}.")
    if found.tells_nothing:
        click.echo("It says that no headline can be shown yet.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_option
@json_option
def verify(file: Path, folder: str, as_json: bool) -> None:
    """Does today's store still give the numbers of the report FILE? Exit code 1 where it does not."""
    try:
        found = check(loading.newest(Store(folder)), file)
    except (StoreError, ValueError) as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json([found])
    else:
        click.echo(found.sentence)
        for line in found.changed:
            click.echo(f"  {line}")
    if not found.same:
        raise SystemExit(1)
