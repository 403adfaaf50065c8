"""The command `audit`: who did what, whether the file is whole; and how the other commands write into it."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from analysis.commands.common import Problem, json_option, print_json, store_option
from analysis.csv_file import csv_bytes
from analysis.store import (
    AuditCheck,
    CannotAudit,
    Event,
    Store,
    StoreError,
    audit_path,
    audited,
    check_audit,
    read_audit,
    write_audit,
)
from analysis.store.audit import WHAT

_LOUD = ("load", "undo", "redo", "forget", "register", "withdraw")  # what they do is written where it is done
_QUIET = ("audit", "sample", "status", "check-figure")  # ask nothing of the data, or write for themselves
_UNSAID = ("folder", "as_json", "out", "template", "form", "file")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option(
    "--check",
    is_flag=True,
    help="Whether a line was changed or taken out (exit code 1), and what was begun and not ended.",
)
@click.option("--noted", help="With --check: a last digest of before, which must still stand in the file.")
@click.option("--what", type=click.Choice(WHAT), help="Events of one kind.")
@click.option("--since", type=_DAY, help="From this day on (UTC).")
@click.option("--until", type=_DAY, help="Up to and with this day (UTC).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write them to a new file: .csv or .json.")
@store_option
@json_option
def audit(
    check: bool,
    noted: str | None,
    what: str | None,
    since: datetime | None,
    until: datetime | None,
    out: Path | None,
    folder: str,
    as_json: bool,
) -> None:
    """Who loaded, undid, asked, took away, erased: oldest first."""
    store = Store(folder)
    if noted and not check:
        raise Problem("--noted goes with --check.")
    try:
        if check:
            if not store.exists() and not audit_path(store).exists():
                raise Problem(f"{store.folder} is no store, and no audit file stands beside it. Name one with --store.")
            _checked(check_audit(store, noted), as_json)
            return
        found = [
            event
            for event in read_audit(store)
            if what in (None, event.what)
            and (since is None or event.at[:10] >= since.date().isoformat())
            and (until is None or event.at[:10] <= until.date().isoformat())
        ]
        if out is not None:
            _write(store, found, out)
    except StoreError as error:
        raise Problem(str(error)) from None
    if as_json:
        print_json(found)
    elif out is not None:
        click.echo(f"Wrote {len(found):,} events to {out}.")
    elif not found:
        click.echo("No such event stands in the audit.")
    else:
        for event in found:
            click.echo(
                f"{event.number:>6}  {event.at[:19]}  {event.who}  {event.what}: {event.about} ({event.outcome}, "
                f"data version {event.data_version})"
            )


def _checked(found: AuditCheck, as_json: bool) -> None:
    if as_json:
        print_json([found])
    else:
        click.echo(found.sentence)
        for sentence in (*found.problems, *found.unfinished):
            click.echo(f"  {sentence}")
    if found.problems:
        raise SystemExit(1)


def _write(store: Store, found: Sequence[Event], out: Path) -> None:
    if out.suffix not in (".csv", ".json"):
        raise Problem("The events are written as .csv or .json; let the file's name end with one of them.")
    if out.suffix == ".csv":
        header = tuple(field.name for field in fields(Event))
        content = csv_bytes(header, ([str(value) for value in asdict(event).values()] for event in found))
    else:
        content = json.dumps([asdict(event) for event in found], ensure_ascii=False, indent=2).encode()
    with audited(store, "audit exported", f"{len(found):,} events as {out.suffix[1:]}"):
        try:
            with out.open("xb") as file:
                file.write(content)
        except FileExistsError:
            raise Problem(f"{out} is there already. Name another file.") from None
        except OSError as error:
            raise Problem(f"{out} can't be written: {error.strerror}.") from None


def audit_commands(group: click.Group) -> None:
    """Let every command that asks something of a store write down that it was asked."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            audit_commands(command)
        if command.callback is not None and name not in (*_LOUD, *_QUIET):
            command.callback = _told(name, command.callback)


def _told(name: str, callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def asked(*arguments: Any, **given: Any) -> Any:
        store = Store(given["folder"])
        if click.get_current_context().invoked_subcommand is not None or not store.exists():
            return callback(*arguments, **given)
        with _line(store, name, " ".join([name, *_words(given)])):
            return callback(*arguments, **given)

    return asked


@contextmanager
def _line(store: Store, name: str, about: str) -> Iterator[None]:
    """A report is a file to take away: what can't be written down is not made. An answer is read all the same."""
    if name == "report":
        try:
            with audited(store, "report", about):
                yield
        except CannotAudit as problem:
            raise Problem(str(problem)) from None
        return
    outcome = "done"
    try:
        yield
    except Problem:
        # What was asked for may be anybody's words; only what these data have is written down.
        about, outcome = name, "not answered"
        raise
    finally:
        try:
            write_audit(store, "finding", about, outcome)
        except CannotAudit as problem:
            click.echo(f"Warning: {problem}", err=True)


def _words(given: dict[str, Any]) -> Iterator[str]:
    for name, value in given.items():
        if name not in _UNSAID and value not in (None, False, ()):
            yield f"--{name.replace('_', '-')}" if value is True else f"--{name.replace('_', '-')} {value}"
