"""What each kind of figure counts: its outcomes as SQL over coded person-trials, and what must be known for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FigureKind = Literal["exits", "promotion", "internal_move", "months", "promotion_months", "promotion_before"]
Arm = Literal["joined", "accepted"]
Known = Literal["exits", "promotion", "move"]
YEAR = 12


@dataclass(frozen=True)
class Kind:
    """outcomes: name to SQL, whole numbers. known: what must be known to the horizon. flagged: cells carry the flags.

    can_rise: whoever stands at the top of the ladder is left out.
    """

    outcomes: dict[str, str]
    known: Known = "exits"
    flagged: bool = True
    can_rise: bool = False


KINDS: dict[FigureKind, Kind] = {
    "exits": Kind(
        {
            "retention": "(exit_month is null or exit_month > {horizon})::tinyint",
            "voluntary_exit": "coalesce(exit_month <= {horizon} and exit_type = 'voluntary', false)::tinyint",
            "involuntary_exit": "coalesce(exit_month <= {horizon} and exit_type = 'involuntary', false)::tinyint",
        }
    ),
    "promotion": Kind(
        {"promotion": "coalesce(promotion_month <= {horizon}, false)::tinyint"}, "promotion", can_rise=True
    ),
    "internal_move": Kind({"internal_move": "coalesce(move_month <= {horizon}, false)::tinyint"}, "move"),
    "months": Kind(
        {
            "months": "least(coalesce(exit_month, months_seen), months_seen)",
            "status": "case when exit_month <= months_seen then "
            "case exit_type when 'voluntary' then 1 when 'involuntary' then 2 else 3 end else 0 end::tinyint",
        },
        flagged=False,
    ),
    "promotion_months": Kind(
        {
            "months": "least(coalesce(promotion_month, exit_month, months_seen), months_seen)",
            "status": "case when promotion_month <= months_seen then 1 "
            "when exit_month <= months_seen then 2 else 0 end::tinyint",
        },
        "promotion",
        flagged=False,
        can_rise=True,
    ),
    "promotion_before": Kind({"promotion_before": "promoted_before::tinyint"}, flagged=False, can_rise=True),
}
# near: spill-over may have reached them; unknown_outcome: nobody knows whether they left by the horizon.
FLAGS = {"near": "near::tinyint", "unknown_outcome": "vanished_by_then::tinyint"}
ARMS: dict[Arm, str] = {"joined": "a", "accepted": "greatest(a, accepted::tinyint)"}
# The row of the year before takes the place of the covariates at time zero.
ROWS = "person_trial_row"
ROWS_BEFORE = (
    "(select * exclude (pattern_id, at_top) from person_trial_row) join person_trial_before using (trial_id, person)"
)
