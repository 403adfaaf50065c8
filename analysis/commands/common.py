"""What all commands share: the store, JSON on standard output, one finding in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import click

from analysis.findings import words
from analysis.findings.results import SELECTION_HEADERS, Finding
from analysis.store import default_folder

F = TypeVar("F", bound=Callable[..., Any])


def _named(context: click.Context, option: click.Parameter, folder: str) -> str:
    """A variable of the shell that is not set gives "", which would be the folder one happens to be in."""
    if not folder.strip():
        raise Problem(
            "--store names no folder: it is blank. Name the store's folder, or leave --store out for IMPACT_STORE or "
            "./impact_store."
        )
    return folder


store_option = click.option(
    "--store",
    "folder",
    default=default_folder,
    callback=_named,
    help="The store's folder (or IMPACT_STORE; ./impact_store without either).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="A list of objects on standard output.")


def narrowing_options(whom: str = "people of this {header} on the day of joining") -> Callable[[F], F]:
    """Options that narrow a question to some people; they arrive as keywords of their own, for a Selection."""

    def narrowed(command: F) -> F:
        for header in reversed(SELECTION_HEADERS):
            command = click.option(f"--{header}", help=f"Only {whom.format(header=header)}.")(command)
        return command

    return narrowed


class Problem(click.ClickException):
    """A sentence on standard error, no traceback."""

    exit_code = 2


def print_json(items: Sequence[object]) -> None:
    """Results as a list of objects; days as 2026-03-31."""

    def plain(value: object) -> object:
        if isinstance(value, date | datetime):
            return value.isoformat()
        if is_dataclass(value) and not isinstance(value, type):
            return asdict(value)
        raise TypeError(f"cannot write {type(value).__name__} as JSON")

    click.echo(json.dumps(list(items), ensure_ascii=False, indent=2, default=plain))


def concluded(finding: Finding) -> str:
    """The verdict with its grade: "Cannot tell (grade C)"."""
    return finding.verdict_label + (f" (grade {finding.grade})" if finding.grade else "")


def measured(finding: Finding) -> str:
    """The difference with its interval, "+4.9 pp, 95% interval +0.3 to +9.1"; empty where it is not shown."""
    if finding.ci_low is None or finding.ci_high is None:
        return ""
    estimate = f"{words.points(finding.estimate)} pp, " if finding.estimate is not None else ""
    return f"{estimate}95% interval {words.interval(finding.ci_low, finding.ci_high)}"
