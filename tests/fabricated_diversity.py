"""Findings about who is reached, computed from counts that a test states: cohorts, groups, and who joined."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.findings.diversity import Asked, diversity, hiding_of
from analysis.findings.diversity_results import DiversityFinding, LeadershipFinding
from analysis.findings.leadership import leadership_finding
from analysis.findings.path_tables import COUNTS, tables_of
from analysis.findings.results import EVERYBODY, Side
from analysis.study.path import PathCohort

Joined = Mapping[str, Mapping[str, int]]  # cohort to group to those who joined
WOMEN = "Rise 2025"  # a cohort for women
JOINED: Joined = {
    "2024 Spring": {"man": 30, "woman": 25, "non_binary": 0},
    "2024 Autumn": {"man": 41, "woman": 19, "non_binary": 0},
    WOMEN: {"man": 0, "woman": 48, "non_binary": 0},
    "2026 Spring": {"man": 28, "woman": 22, "non_binary": 7},
}
ELIGIBLE = {"man": 900, "woman": 700, "non_binary": 40}


def counts(joined: Joined = JOINED, eligible: Mapping[str, int] = ELIGIBLE, header: str = "gender") -> pd.DataFrame:
    """Twice as many and 20 more were invited as joined, ten more accepted; the newest cohort is not followed yet."""
    newest = list(joined)[-1]
    rows = []
    for group, people in eligible.items():
        total = dict.fromkeys(COUNTS, 0)
        for cohort, groups in joined.items():
            came = groups[group]
            followed = came if cohort != newest else 0
            row = {
                "eligible": people, "held": people, "invited": 2 * came, "accepted": came, "paired": came,
                "joined": came, "followed": followed, "stayed": round(0.8 * followed), "could_rise": followed,
                "promoted": round(0.2 * followed),
            }  # fmt: skip
            rows.append({"cohort": cohort, "header": header, "group": group, **row})
            total = {name: total[name] + row[name] for name in COUNTS}
        more = {"invited": total["invited"] + 20, "accepted": total["accepted"] + 10}
        total |= {"eligible": people, "held": people, **more}
        rows.append({"cohort": None, "header": header, "group": group, **total})
    return pd.DataFrame(rows)


def cohorts(joined: Joined = JOINED, *, held: bool = True, vanished: int = 0) -> tuple[PathCohort, ...]:
    newest = list(joined)[-1]
    return tuple(
        PathCohort(name, name != newest, held, sum(groups.values()), vanished, 0) for name, groups in joined.items()
    )


def found(
    joined: Joined = JOINED,
    eligible: Mapping[str, int] = ELIGIBLE,
    *,
    header: str = "gender",
    cohort: str | None = None,
    side: Side = "mentor",
    known: tuple[PathCohort, ...] | None = None,
) -> DiversityFinding:
    asked = Asked(side, "2026Q3", header, cohort, EVERYBODY)
    return of_frame(asked, known or cohorts(joined), counts(joined, eligible, header))


def of_frame(asked: Asked, held: tuple[PathCohort, ...], frame: pd.DataFrame) -> DiversityFinding:
    tables = tables_of(frame)
    return diversity(asked, held, tables, hiding_of(asked, held, (tables,)), 17, "4f9c21aa00bb")


def leaders(header: str = "gender") -> LeadershipFinding:
    rows = [
        {"quarter": quarter, "group": group, "people": people, "senior": senior + later}
        for later, quarter in enumerate(("2026Q1", "2026Q2", "2026Q3"))
        for group, people, senior in (("man", 900, 60), ("woman", 700, 30), ("non_binary", 40, 7))
    ]
    return leadership_finding(header, "2026Q3", ("Executive", "Director"), pd.DataFrame(rows), 17)
