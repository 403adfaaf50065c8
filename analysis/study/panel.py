"""What was measured again and again, as panels: a person's rating, a department's turnover, any other metric.

Individual retention is none of them: everybody is employed at the start, so there is no before to compare with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.plan import FLOOR, Plan
from analysis.store import Cursor
from analysis.study.build import sql
from analysis.study.choose import choose_rows

Ints = NDArray[np.int64]
UnitKind = Literal["person", "department"]
Source = Literal["rating", "turnover", "measure"]

RATING, TURNOVER = "performance_rating", "department_turnover"


@dataclass(frozen=True)
class Metric:
    """Something held for several quarters. `name` asks for it, `measure` is its name in the measures file."""

    name: str
    unit: UnitKind
    source: Source
    measure: str = ""


@dataclass(frozen=True)
class Panel:
    """Rows of one metric, all of shape (rows,): a number for the person or department, the quarter in which it first
    took part (0: not by the cutoff), the quarter, and the value. Quarters are running numbers."""

    unit: Ints
    joined: Ints
    quarter: Ints
    outcome: NDArray[np.float64]
    unit_kind: UnitKind


class CannotBuildPanel(ValueError):
    """The data can't say what is asked; the message says why."""


def metrics(cursor: Cursor) -> tuple[Metric, ...]:
    """Every metric that these data hold on at least two dates: ratings that are numbers and not all the same,
    turnover of at least two departments, and the measures by name."""
    row = cursor.execute(
        "select count(distinct as_of_date) filter (rating is not null), count(distinct rating), "
        "count(distinct as_of_date), count(distinct department) "
        "from (select *, try_cast(performance_rating as double) as rating from people where as_of_date is not null)"
    ).fetchone()
    assert row is not None
    found = [Metric(RATING, "person", "rating")] if row[0] > 1 and row[1] > 1 else []
    # Turnover needs two snapshots a quarter apart for its first value, and a second value.
    found += [Metric(TURNOVER, "department", "turnover")] if row[2] > 2 and row[3] > 1 else []
    units: tuple[tuple[UnitKind, str], ...] = (("person", "employee_id"), ("department", "department"))
    for unit, column in units:
        rows = cursor.execute(
            f"select metric from measures where {column} is not null "
            "group by metric having count(distinct date) > 1 order by metric"
        ).fetchall()
        for (measure,) in rows:
            taken = {metric.name for metric in found}
            name = measure if measure not in taken else f"{measure} by {unit}"
            found.append(Metric(name, unit, "measure", measure))
    return tuple(found)


def panel(cursor: Cursor, plan: Plan, side: str, metric: Metric, cutoff: date) -> Panel:
    """The panel of a metric for a side, as of the cutoff.

    People are those who could have joined some cohort by then: the plan's eligibility at one of its time zeros.
    Raises CannotBuildPanel where exits are incomplete and turnover is asked for.
    """
    asked: dict[str, object] = {"cutoff": cutoff, "first_month": plan.fiscal_year_first_month}
    if metric.unit == "person":
        choose_rows(cursor, plan, side, "months", 0, cutoff)
    cursor.execute(sql(f"panel_{metric.unit}.sql"), {**asked, "side": side})
    if metric.source == "rating":
        return _read(cursor, sql("panel_rating.sql"), asked, metric.unit)
    if metric.source == "turnover":
        vanished = cursor.execute(
            "select count(*) from exit_date where vanished and exit_date <= ?", [cutoff]
        ).fetchone()
        if vanished and vanished[0]:
            raise CannotBuildPanel("People disappear from later snapshots without an exit date.")
        asked |= {"worker_types": list(plan.worker_types), "fewest": FLOOR}
        return _read(cursor, sql("panel_turnover.sql"), asked, metric.unit)
    key = "employee_id" if metric.unit == "person" else "department"
    # A person's value may rest on one event; a department's on no fewer people than any cell.
    asked |= {"metric": metric.measure, "fewest": 0 if metric.unit == "person" else FLOOR}
    return _read(cursor, sql("panel_measure.sql").replace("{key}", key), asked, metric.unit)


def _read(cursor: Cursor, query: str, asked: dict[str, object], unit: UnitKind) -> Panel:
    rows = cursor.execute(query, asked).fetchnumpy()
    whole = {name: np.asarray(rows[name], dtype=np.int64) for name in ("unit", "joined", "quarter")}
    return Panel(**whole, outcome=np.asarray(rows["outcome"], dtype=np.float64), unit_kind=unit)
