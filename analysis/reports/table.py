"""What a table of a report is: numbers as they are, and where one is hidden, in its place why."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True)
class Table:
    """`unit` says what the numbers are; `alt` says the table in a sentence. Rows hold numbers as they are."""

    name: str
    title: str
    unit: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    alt: str = ""


def hidden(values: tuple[Value, ...], reason: str | None) -> tuple[Value, ...]:
    """The numbers; where the first is not there, why not in its place."""
    if values[0] is not None:
        return values
    why = (reason or "no estimate").strip()
    return (why if why.lower().startswith("not shown") else f"not shown: {why}", *values[1:])
