"""One figure: the cells of a side's mature cohorts, and the clustered moments of influence values put on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.plan import COVARIATES, Plan
from analysis.store import Cursor
from analysis.study.build import EXTRA_HEADERS
from analysis.study.choose import (
    BatchCount,
    choose_rows,
    counted_by,
    filled,
    mature_trials,
    participants_by_batch,
)
from analysis.study.clusters import (
    Comparators,
    Moments,
    cluster_covariance,
    cluster_moments,
    describe_comparators,
    remember_people,
)
from analysis.study.comparisons import dose, lottery
from analysis.study.counting import count_cells
from analysis.study.kinds import KINDS, Arm, FigureKind
from analysis.study.selection import EVERYBODY, Selection

__all__ = [
    "EXTRA_HEADERS",
    "Arm",
    "BatchCount",
    "Comparators",
    "Figure",
    "FigureKind",
    "Moments",
    "choose_rows",
    "cluster_covariance",
    "cluster_moments",
    "describe_comparators",
    "dose",
    "lottery",
    "mature_trials",
    "open_figure",
    "participants_by_batch",
]


@dataclass(frozen=True)
class Figure:
    """Cells of one figure. The link from people to cells is kept for the cursor it is open on, for clustering.

    cells: a frame of cell_id (0 to the number of cells less 1, in order), the covariates and `extra` as categories,
    a, the outcomes, the flags near and unknown_outcome (0/1) where the kind of figure has them, and the count n.
    excluded: participants left out by the study rules, reason to count. exits: people of the figure who left within
    a year, or within the horizon where that is longer.
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
    cursor: Cursor,
    plan: Plan,
    side: str,
    kind: FigureKind,
    horizon: int,
    cutoff: date,
    extra: str | None = None,
    arm: Arm = "joined",
    where: Selection = EVERYBODY,
) -> Figure:
    """Put the question to the store. The figure stays open on the cursor until another one is opened on it.

    kind: "exits" holds retention, voluntary_exit and involuntary_exit; "promotion" and "internal_move" hold
    themselves; "months" and "promotion_months" hold months followed and how that ended (status), for curves;
    "promotion_before" holds promotion in the year before the base snapshot, of the people of the figure "exits".
    horizon: months of follow-up, 0 for all cohorts whether mature or not. cutoff: the last day that counts.
    arm: "accepted" counts whoever accepted an invitation for the batch as taking part, paired or not; who did so for
    an earlier batch is left out of later ones. status of "months": 0 followed, 1 voluntary, 2 involuntary, 3 other
    exit; of "promotion_months": 0 followed, 1 promoted, 2 left before. where: both arms are narrowed to it.

    Raises ValueError for an `extra` that is not a header of person-trials.
    """
    covariates = (*plan.covariates, *((extra,) if extra else ()))
    unknown = [name for name in covariates if name not in {*COVARIATES, *EXTRA_HEADERS}]
    if unknown:
        raise ValueError(f"not a covariate: {', '.join(unknown)}")
    narrowed = choose_rows(cursor, plan, side, kind, horizon, cutoff, arm, where)
    cells, rows = count_cells(cursor, covariates, counted_by(kind))
    remember_people(cursor, rows.people)
    sizes = cursor.execute(
        filled("figure_sizes.sql", {"chosen": narrowed}),
        {
            "side": side,
            "narrowed": bool(where.chosen),
            "leave_out_top": KINDS[kind].can_rise,
            "before": kind == "promotion_before",
            "eligible_levels": list(plan.eligible_levels[side]),
        },
    ).fetchone()
    assert sizes is not None
    return Figure(
        cells=cells,
        covariates=covariates,
        outcomes=tuple(KINDS[kind].outcomes),
        cohorts=tuple(sizes[1]),
        excluded={row["reason"]: row["people"] for row in sizes[0]},
        vanished=rows.vanished,
        undated_rises=rows.undated_rises,
        batches_without_snapshot=sizes[2],
        batches=sizes[3],
        exits=rows.exits,
    )
