"""Viva Glint: lists that go with its surveys, of who left and when."""

from __future__ import annotations

from analysis.imports.formats.lines import filled
from analysis.imports.formats.listing import Listing, format_of
from analysis.imports.formats.shape import Format, Head, Request
from analysis.imports.headers import normalise
from analysis.imports.table import Table

_IDS = ("EMP ID", "EXID", "Employee ID")
_LEFT = "Termination Date"


def _who_left(table: Table, header: list[str]) -> tuple[Table, list[str]]:
    """Lines with a date; the list may name people who are still here."""
    place = [normalise(name) for name in header].index(normalise(_LEFT))
    return filled(table, place, "still-here", "there is no termination date, so this person is still here."), header


LEAVERS = Listing(
    name="list of leavers",
    kind="job_events",
    known_by=(),
    columns={**dict.fromkeys(_IDS, "employee_id"), _LEFT: "effective_date"},
    constants={"event_type": "termination"},
    prepare=_who_left,
)


def _only_leavers(head: Head, request: Request) -> bool:
    """An id and a termination date, and no hire date: nobody in it is still here."""
    names = {normalise(cell) for cell in head[0]} if head else set()
    ids = {normalise(name) for name in _IDS}
    return bool(names & ids) and normalise(_LEFT) in names and not any("hire" in name for name in names)


def _recognises(head: Head, request: Request) -> bool:
    return request.wanted_kind in (None, "job_events") and _only_leavers(head, request)


FORMATS = (Format(LEAVERS.name, _recognises, format_of(LEAVERS).read),)
