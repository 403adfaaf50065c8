"""One figure: the cells of a side's mature cohorts, and the clustered moments of influence values put on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.plan import COVARIATES, Plan
from analysis.store import Cursor
from analysis.study.build import sql

# Headers that can divide a figure beyond the covariates of the headline.
EXTRA_HEADERS = ("disability", "lgbtq", "generation")


@dataclass(frozen=True)
class Figure:
    """Cells of one figure, held open on a cursor whose temporary tables link people to cells.

    cells: a frame of cell_id, the covariates, `extra` where asked for, a, the outcomes (0/1) and the count n.
    excluded: participants left out by the study rules, reason to count.
    """

    cells: pd.DataFrame
    covariates: tuple[str, ...]
    outcomes: tuple[str, ...]
    cohorts: tuple[str, ...]
    excluded: dict[str, int]
    vanished: int
    undated_rises: int
    batches_without_snapshot: int
    batches: int
    exits: int


def open_figure(
    cursor: Cursor, plan: Plan, side: str, outcome: str, horizon: int, cutoff: date, extra: str | None = None
) -> Figure:
    """Put the question to the store. Retention and voluntary exit share one figure; promotion has its own;
    outcome "months" gives months followed and their end, for curves, and takes horizon 0 for all cohorts.

    horizon is months of follow-up, cutoff the last day that counts. Temporary tables stay on the cursor.
    """
    scope = choose_rows(cursor, plan, side, outcome, horizon, cutoff)
    promotion = outcome == "promotion"
    sizes = cursor.execute(sql("figure_sizes.sql"), scope).fetchone()
    assert sizes is not None
    covariates = (*plan.covariates, *((extra,) if extra else ()))
    outcomes: tuple[str, ...] = ("retention", "voluntary_exit")
    if promotion:
        outcomes = ("promotion",)
    elif outcome == "months":
        outcomes = ("months", "status")
    return Figure(
        cells=_cells(cursor, covariates, outcomes),
        covariates=covariates,
        outcomes=outcomes,
        cohorts=tuple(sizes[3]),
        excluded={row["reason"]: row["people"] for row in sizes[0]},
        vanished=sizes[1],
        undated_rises=sizes[2],
        batches_without_snapshot=sizes[4],
        batches=sizes[5],
        exits=sizes[6],
    )


def choose_rows(cursor: Cursor, plan: Plan, side: str, outcome: str, horizon: int, cutoff: date) -> dict[str, object]:
    """Make the temporary table figure_row, the person-trials of a figure; returns what was asked."""
    eligible = {"eligible_levels": list(plan.eligible_levels[side])}
    scope = {"side": side, "cutoff": cutoff, "horizon": horizon, "promotion": outcome == "promotion", **eligible}
    largest = {"largest_departments": plan.largest_departments, "largest_locations": plan.largest_locations}
    cursor.execute(sql("figure_row.sql"), {**scope, **largest})
    return scope


def mature_trials(cursor: Cursor, side: str, horizon: int, cutoff: date, *, promotion: bool) -> tuple[int, ...]:
    """The trials of a side that are mature by the cutoff: two quarters with the same ones have the same figure."""
    rows = cursor.execute(
        "select trial_id from trial where side = $side and has_base and time_zero + to_months($horizon) <= $cutoff "
        "and (not $promotion or promotions_known_to >= time_zero + interval 12 month) order by trial_id",
        {"side": side, "horizon": horizon, "cutoff": cutoff, "promotion": promotion},
    ).fetchall()
    return tuple(row[0] for row in rows)


def _cells(cursor: Cursor, covariates: tuple[str, ...], outcomes: tuple[str, ...]) -> pd.DataFrame:
    allowed = {*COVARIATES, *EXTRA_HEADERS}
    unknown = [name for name in covariates if name not in allowed]
    if unknown:
        raise ValueError(f"not a covariate: {', '.join(unknown)}")
    columns = ", ".join([*covariates, "a", *outcomes])
    cursor.execute(
        f"create or replace temp table cell as select row_number() over (order by {columns}) - 1 as cell_id, "
        f"{columns}, count(*) as n from figure_row group by {columns}"
    )
    cursor.execute(
        "create or replace temp table person_cell as "
        f"select person, joined_later, cell_id from figure_row join cell using ({columns})"
    )
    return cursor.execute("select * from cell order by cell_id").df()


@dataclass(frozen=True)
class Moments:
    """Clustered second moments of two influence columns, summed within employee, over `clusters` employees."""

    v11: float
    v10: float
    v00: float
    clusters: int


def cluster_moments(cursor: Cursor, influence: pd.DataFrame, total: float) -> list[Moments]:
    """Employee-clustered covariance of pairs of influence columns (PROTOCOL.md 1.6), G/(G-1) applied.

    influence: cell_id, then columns in pairs (participants' rate, comparators' rate); total: person-trials in
    the fit. One pass over people for all pairs at once.
    """
    columns = [name for name in influence.columns if name != "cell_id"]
    pairs = list(zip(columns[::2], columns[1::2], strict=True))
    sums = ", ".join(f'sum("{name}") as "{name}"' for name in columns)
    products = ", ".join(
        f'sum("{one}" * "{one}"), sum("{one}" * "{zero}"), sum("{zero}" * "{zero}")' for one, zero in pairs
    )
    cursor.register("influence", influence)
    try:
        row = cursor.execute(
            f"with person_sum as (select {sums} from person_cell join influence using (cell_id) group by person) "
            f"select count(*), {products} from person_sum"
        ).fetchone()
    finally:
        cursor.unregister("influence")
    assert row is not None
    clusters = int(row[0])
    factor = clusters / (clusters - 1) / total**2 if clusters > 1 else 0.0
    return [
        Moments(row[1 + 3 * i] * factor, row[2 + 3 * i] * factor, row[3 + 3 * i] * factor, clusters)
        for i in range(len(pairs))
    ]


@dataclass(frozen=True)
class Comparators:
    """Who the comparators are: distinct people, and the share of their weight that joined within the next year.

    The headline is joining now against not now, so later joining dilutes it (PROTOCOL.md 1.5).
    """

    people: int
    joined_later: float


def describe_comparators(cursor: Cursor, weights: pd.DataFrame) -> Comparators:
    """weights: cell_id and weight, 0 for participants."""
    cursor.register("comparator_weight", weights)
    try:
        row = cursor.execute(
            "select count(distinct person), sum(weight) filter (joined_later) / sum(weight) "
            "from person_cell join comparator_weight using (cell_id) where weight > 0"
        ).fetchone()
    finally:
        cursor.unregister("comparator_weight")
    assert row is not None
    return Comparators(int(row[0]), float(row[1] or 0.0))
