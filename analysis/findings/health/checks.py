"""Can programme health be read? What the session log covers, and what it leaves out."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.findings import words
from analysis.findings.health.cadence import DAYS_A_MONTH
from analysis.findings.health.no_log import WHAT_TO_LOAD
from analysis.findings.results import Check, CheckStatus, HealthFinding

UNKNOWN_LIMIT = 0.10  # of pairs or sessions that may be without a value before it calls for care
_RANK: dict[CheckStatus, int] = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}


def strip(course: pd.DataFrame, whole: pd.DataFrame, gaps: pd.DataFrame, last: date | None, day: date) -> HealthFinding:
    """course: one row a pair; whole: sessions as combinations of counts; gaps: one row a pair; last: the last session
    of any pair by the day."""
    if last is None:
        none = Check(
            "session_log",
            "No session log",
            "failed",
            "Nothing about sessions can be told: no list of them up to this day has been loaded.",
            remedy=WHAT_TO_LOAD,
        )
        return HealthFinding((none,), 0, 1, "States, goals and direction can be read; nothing about sessions can.")
    checks = sorted(
        [_log_reaches(course, last, day), _outcomes(whole), _sides(whole), _topics(whole), _levels(gaps)],
        key=lambda check: _RANK[check.status],
    )
    passed = sum(check.status == "passed" for check in checks)
    bad = sum(check.status == "failed" for check in checks)
    answer = "Readable" if passed == len(checks) else "Readable, with care" if not bad else "Not all of it"
    sentence = f"{answer}. {passed} of {len(checks)} checks passed. These are descriptions, not effects."
    return HealthFinding(tuple(checks), passed, len(checks), sentence)


def _log_reaches(course: pd.DataFrame, last: date, day: date) -> Check:
    """A log that ends early makes every running pair look stalled."""
    fastest = float(course["sessions_a_month"].max()) if len(course) else 0.0
    limit = round(DAYS_A_MONTH / fastest) if fastest > 0 else 31
    behind = (day - last).days
    running = bool((course["state"] == "active").any())
    late = running and behind > limit
    return Check(
        "log_reaches",
        "Session log reaches the day" if not late else "Session log ends early",
        "failed" if late else "passed",
        f"The last session is {words.people(behind, 'day')} before the day; up to {limit} days, one planned gap, is "
        "usual." + (" Pairs look more behind than they are." if late else ""),
        float(behind),
        float(limit),
        "A newer export of sessions.",
    )


def _outcomes(whole: pd.DataFrame) -> Check:
    missed = whole[["by_mentee", "by_mentor", "by_unknown", "no_show"]].to_numpy().sum() if len(whole) else 0
    return Check(
        "outcomes",
        "Cancellations recorded" if missed else "Only held sessions",
        "passed" if missed else "warning",
        "Sessions that were cancelled or missed are recorded."
        if missed
        else "No cancelled or missed session is recorded: rates of cancellation can't be told.",
        remedy="Sessions with the status cancelled and no_show.",
    )


def _sides(whole: pd.DataFrame) -> Check:
    return _share_known(
        "sides",
        "Who cancelled",
        _total(whole, "by_unknown"),
        _total(whole, "by_mentee") + _total(whole, "by_mentor") + _total(whole, "by_unknown"),
        "cancellations do not say which side cancelled",
        "No cancellation is recorded.",
        "The column cancelled_by.",
    )


def _topics(whole: pd.DataFrame) -> Check:
    held = _total(whole, "held")
    return _share_known(
        "topics",
        "Topics named",
        held - _total(whole, "with_topic"),
        held,
        "sessions held do not name their topic",
        "No session was held.",
        "A topic for each session.",
    )


def _levels(gaps: pd.DataFrame) -> Check:
    return _share_known(
        "levels",
        "Levels known",
        int(gaps["level_gap"].isna().sum()),
        len(gaps),
        "pairs lack a level on the ladder on one side when they began",
        "No pair has begun.",
        "People as of a day before the pairs began, and the ladder of levels.",
    )


def _share_known(name: str, label: str, unknown: int, of: int, what: str, nothing: str, remedy: str) -> Check:
    """How much is unknown, in whole percent: a check describes the data, not a person."""
    if of == 0:
        return Check(name, label, "could_not_run", nothing, remedy=remedy)
    share = round(unknown / of, 2)
    status: CheckStatus = "passed" if share <= UNKNOWN_LIMIT else "warning"
    return Check(name, label, status, f"{share:.0%} of {what}.", share, UNKNOWN_LIMIT, remedy)


def _total(whole: pd.DataFrame, column: str) -> int:
    return int((whole[column] * whole["pairs"]).sum()) if len(whole) else 0
