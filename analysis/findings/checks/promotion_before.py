"""Negative control: promotion in the year before joining cannot be the programme's doing. Never past retention: to
join, everybody had to be there."""

from __future__ import annotations

from analysis.findings.checks.case import Case, ControlWords, nothing_expected
from analysis.findings.results import Check

NAME = "promotion_before"
WORDS = ControlWords(
    NAME,
    "Alike in the year before",
    "In the year before joining, promotions show no clear difference",
    "Already in the year before joining, promotions differed",
    "Different already before",
    "The comparison adjusts for promotion in that year, but who joins may differ in other ways too.",
    "Snapshots from a year before the first cohort on.",
)


def check(case: Case) -> Check | None:
    return nothing_expected(case, "promotion_before", WORDS)
