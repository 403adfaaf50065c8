"""Survey scores: by wave, paired from pre to post, who answered, and what colleagues answered who did not take part.

Sums and counts come out; for the comparison with colleagues arrays of scores, without a name or pseudonym.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.store import Cursor
from analysis.study.build import sql

HEADERS = ("cohort", "programme", "department", "level", "location")  # what a view can be narrowed by
# Of a participant on the day they joined; those beside HEADERS divide response rates.
PLACE_WORDS = ("department", "level", "location", "gender", "ethnicity", "generation", "disability", "lgbtq",
               "tenure_band")  # fmt: skip
_COLUMNS = {"programme": "programme_id"}
# In the order in which they are run.
SURVEY_SQL = ("survey_answer.sql", "survey_place.sql", "survey_score.sql", "survey_pair.sql", "survey_item.sql",
              "survey_item_pair.sql", "survey_asked.sql", "survey_asked_later.sql",
              "survey_reliability.sql")  # fmt: skip
_WAVES = """
select side, construct, wave, count(*) as people, sum(score) as total, sum(score * score) as squares,
    coalesce(min(scale_min), min(score)) as scale_min, coalesce(max(scale_max), max(score)) as scale_max
from survey_score where missed = 0 group by all order by side, construct, wave
"""
_CHANGES = """
select before, side, construct, count(*) as people, sum(change) as total, sum(change * change) as squares,
    count(*) filter (change > 0) as up, count(*) filter (change = 0) as same, count(*) filter (change < 0) as down,
    coalesce(min(scale_min), 0) as scale_min, coalesce(max(scale_max), 0) as scale_max,
    stddev_samp(pre) as spread_pre, stddev_samp(post) as spread_post
from survey_pair where a = 1 and missed = 0 group by all order by before, side, construct
"""
_CHANGE_VALUES = """
select change, count(*) as people from survey_pair
where a = 1 and missed = 0 and before = $before and side = $side and construct = $construct
group by change order by change
"""
# In the order of their worth to a comparison (PROTOCOL.md 1.4); the plan's headers for the same things.
SURVEY_COVARIATES = ("level", "tenure_band", "performance_rating", "department", "gender", "ethnicity", "location")
_BOTH = """
select count(*) > 0
from survey_answer as pre semi join survey_answer as post
    on post.employee_id = pre.employee_id and pre.wave in ('pre', 'retro_pre') and post.wave = 'post'
"""
_ANONYMOUS = "select count(distinct respondent) from survey_score where employee_id is null and missed = 0"
_RESPONDENTS = "select count(*) from (select distinct side, wave, respondent from survey_score where missed = 0)"
_COLLEAGUES = "select count(distinct employee_id) from survey_answer where arm = 'comparator'"


@dataclass(frozen=True)
class Narrowing:
    """Whom the scores are narrowed to, by what was true of them when they joined; None is everybody."""

    cohort: str | None = None
    programme: str | None = None
    department: str | None = None
    level: str | None = None
    location: str | None = None

    @property
    def chosen(self) -> dict[str, str]:
        """The headers that narrow, in the order of HEADERS, with their values."""
        return {name: value for name, value in vars(self).items() if value is not None}


EVERYBODY = Narrowing()


def score_surveys(cursor: Cursor, cutoff: date, narrowing: Narrowing = EVERYBODY, later: tuple[date, ...] = ()) -> None:
    """Make the temporary tables that the functions of this room's survey modules read, as of the cutoff.

    later: cutoffs after it, the first day first. What came by these stands in the tables too, apart: `sizes` tells of
    it, and nothing else reads it.
    """
    asked = vars(narrowing)
    days = [cutoff, *later]
    cursor.execute(sql("survey_answer.sql"), {"cutoffs": days})
    _place(cursor, days[-1], narrowing)
    cursor.execute(
        sql("survey_score.sql"),
        {"cohort": narrowing.cohort, "narrowed": bool(set(narrowing.chosen) - {"cohort"})},
    )
    both = cursor.execute(_BOTH).fetchone()
    cursor.execute(
        sql("survey_pair.sql").replace("{any_pair}", "true" if both and both[0] else "false"),
        {name: asked[name] for name in ("department", "level", "location")},
    )
    cursor.execute(sql("survey_item.sql"))
    cursor.execute(sql("survey_item_pair.sql"))
    cursor.execute(sql("survey_asked.sql"), {"cutoff": cutoff})


def _place(cursor: Cursor, cutoff: date, narrowing: Narrowing) -> None:
    words = ", ".join(f"coalesce({name}::text, 'unknown') as {name}" for name in PLACE_WORDS)
    text = sql("survey_place.sql").replace("{words}", words)
    cursor.execute(text, {"cutoff": cutoff, **vars(narrowing)})


def places(cursor: Cursor, cutoff: date) -> dict[str, tuple[str, ...]]:
    """Each of HEADERS to the values that participants had on the day they joined, in order; "unknown" is none."""
    _place(cursor, cutoff, EVERYBODY)
    found = {}
    for name in HEADERS:
        column = _COLUMNS.get(name, name)
        # By name, spring would come before winter: cohorts stand in the order in which they began.
        order = "min(enrolled_on), 1" if name == "cohort" else "1"
        rows = cursor.execute(
            f"select {column} from survey_place where {column} <> 'unknown' group by {column} order by {order}"
        )
        found[name] = tuple(str(row[0]) for row in rows.fetchall())
    return found


def sizes(
    cursor: Cursor, table: str, keys: tuple[str, ...], chosen: Iterable[str] = (), only: str = "true"
) -> list[dict[str, Any]]:
    """How many people of each kind stand in each cell of a temporary table: the keys, missed, later (0: as of the
    cutoff; else how many of the cutoffs they came after), people, and for each chosen header of HEADERS its value.
    `table`, `keys`, `chosen` and `only` (a condition) are fixed in the code."""
    kinds = "".join(f", place.{_COLUMNS.get(name, name)} as {name}" for name in chosen)
    found = cursor.execute(
        f"select {', '.join(f'counted.{key}' for key in keys)}, counted.later, "
        f"if(counted.missed < 0, -1, counted.missed & 31) as missed{kinds}, count(*) as people "
        f"from (select * from {table} where {only}) as counted "
        f"{'left join survey_place as place using (side, employee_id) ' if kinds else ''}group by all"
    )
    names = [str(column[0]) for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def waves(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, people, total, squares, scale_min, scale_max; scores on the items' own scale."""
    return cursor.execute(_WAVES).df()


def changes(cursor: Cursor) -> pd.DataFrame:
    """Post minus the wave before of participants who answered both: before, side, construct, people, total, squares,
    up, same, down, and the standard deviations spread_pre and spread_post."""
    return cursor.execute(_CHANGES).df()


def change_values(cursor: Cursor, side: str, construct: str, before: str = "pre") -> pd.DataFrame:
    """change and people: how many participants changed by how much."""
    return cursor.execute(_CHANGE_VALUES, {"side": side, "construct": construct, "before": before}).df()


def reliability(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, items, people, variances (a list, by item), total_variance; complete answers only."""
    return cursor.execute(sql("survey_reliability.sql")).df()


@dataclass(frozen=True)
class Pairs:
    """People who answered one construct before and after, all arrays of shape (people,); covariates hold codes."""

    pre: NDArray[np.float64]
    post: NDArray[np.float64]
    took_part: NDArray[np.bool_]
    covariates: dict[str, NDArray[np.int64]]


def pairs(cursor: Cursor, side: str, construct: str) -> Pairs:
    """Participants and colleagues who answered before and after, in no order that tells who they are."""
    codes = ", ".join(f"dense_rank() over (order by {name}) as {name}" for name in SURVEY_COVARIATES)
    rows = cursor.execute(
        f"select pre, post, a, {codes} from survey_pair "
        "where before = 'pre' and missed = 0 and side = ? and construct = ? order by all",
        [side, construct],
    ).fetchnumpy()
    return Pairs(
        np.asarray(rows["pre"], dtype=np.float64),
        np.asarray(rows["post"], dtype=np.float64),
        np.asarray(rows["a"], dtype=np.int64) == 1,
        {name: np.asarray(rows[name], dtype=np.int64) for name in SURVEY_COVARIATES},
    )


def responses(cursor: Cursor) -> pd.DataFrame:
    """side, wave, asked, answered (people)."""
    return cursor.execute(
        "select side, wave, count(*) as asked, count(*) filter (answered) as answered "
        "from survey_asked where missed = 0 group by all order by side, wave"
    ).df()


def responses_later(cursor: Cursor, cutoffs: Sequence[date]) -> pd.DataFrame:
    """side, wave, cohort, later (0: as of the first cutoff, that of the tables), asked, answered (people)."""
    return cursor.execute(sql("survey_asked_later.sql"), {"cutoffs": list(cutoffs)}).df()


def anonymous_responses(cursor: Cursor) -> int:
    row = cursor.execute(_ANONYMOUS).fetchone()
    return int(row[0]) if row else 0


def respondents(cursor: Cursor) -> int:
    """Responses counted over all sides and waves, named or not."""
    row = cursor.execute(_RESPONDENTS).fetchone()
    return int(row[0]) if row else 0


def colleagues(cursor: Cursor) -> int:
    """People who answered without having taken part."""
    row = cursor.execute(_COLLEAGUES).fetchone()
    return int(row[0]) if row else 0
