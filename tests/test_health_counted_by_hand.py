"""Every number of programme health, for 34 pairs that were counted by hand (tests/small_programme.py)."""

from __future__ import annotations

import pytest

from analysis.estimates.intervals import wilson
from analysis.findings import answers
from analysis.findings.health.results import ProgrammeHealth
from analysis.store import Reader
from analysis.study.programme import open_programme


@pytest.fixture(scope="module")
def found(counted_reader: Reader) -> ProgrammeHealth:
    return answers.programme_health(counted_reader, "2025Q3")


def test_pairs_by_state_and_cohort(found: ProgrammeHealth) -> None:
    whole = found.states[0]
    assert {cell.name: cell.count for cell in whole.states} == {
        "planned": 0, "active": 23, "paused": 0, "completed": 6, "ended_early": 5, "unknown": 0,
    }  # fmt: skip
    assert whole.pairs == 34
    assert [(row.cohort, row.pairs) for row in found.states[1:]] == [("one", 11), ("three", 5), ("two", 18)]
    assert found.day == "2025-09-30"


def test_cadence_against_the_plan(found: ProgrammeHealth) -> None:
    kept = found.cadence
    assert kept is not None
    assert (kept.on_schedule.count, kept.on_schedule.of) == (12, 23)
    band = wilson(12 / 23, 23)
    assert (kept.on_schedule.low, kept.on_schedule.high) == (pytest.approx(band.low), pytest.approx(band.high))
    assert (kept.nearly.count, kept.nearly.of) == (18, 23)
    # Due by the end of the day: done 6, early 3, good 4, stalled 4, waiting 1, over 6.
    due = 6 * 6 + 5 * 3 + 7 * 4 + 5 * 4 + 6 * 1 + 5 * 6
    assert kept.of_due.value == pytest.approx((36 + 0 + 28 + 5 + 0 + 30) / due)
    days = 6 * 184 + 5 * 92 + 7 * 122 + 5 * 122 + 6 * 47 + 5 * 181
    assert kept.a_month.value == pytest.approx(99 / (days / 30.4375)) and kept.planned_a_month == 1.0
    # Mean days between sessions: done 153/5, over 151/5, good 92/3.
    assert kept.gap.median == pytest.approx(153 / 5) and kept.gap.pairs == 18


def test_sessions_by_outcome_with_one_denominator(found: ProgrammeHealth) -> None:
    sessions = found.sessions
    assert sessions is not None
    whole = sessions.whole
    assert whole.recorded == 119
    counts = (whole.held, whole.by_mentee, whole.by_mentor, whole.by_unknown, whole.no_show)
    assert [share.count for share in counts] == [99, 10, 10, 0, 0] and {share.of for share in counts} == {119}
    assert sessions.ratio.value == pytest.approx(1.0)
    assert sessions.ratio.low is not None and sessions.ratio.high is not None
    assert sessions.ratio.low * sessions.ratio.high == pytest.approx(1.0)
    assert (sessions.in_a_row.count, sessions.in_a_row.of) == (10, 28)


def test_the_calendar_has_each_week_in_its_quarter(found: ProgrammeHealth) -> None:
    weeks = {row.quarter: {w.week: w.sessions for w in row.weeks if w.sessions} for row in found.calendar}
    assert weeks["2025Q3"] == {2: 7, 6: 7, 11: 7}
    assert weeks["2025Q2"] == {3: 5, 7: 5, 11: 12, 12: 5}
    assert [row.quarter for row in found.calendar] == ["2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3"]


def test_a_pair_that_ended_without_a_session_never_had_one(found: ProgrammeHealth) -> None:
    first = found.first
    assert first is not None and first.limit == 30
    assert first.by_limit.value == pytest.approx(23 / 34)  # nobody is lost before day 30
    assert (first.quartiles.first, first.quartiles.median) == (14.0, 14.0)


def test_survival_to_the_first_lapse(found: ProgrammeHealth) -> None:
    lapse = found.lapse
    assert lapse is not None and lapse.curve is not None and lapse.limit == 60
    at = dict(zip(lapse.curve.days, lapse.curve.share, strict=True))
    assert at[56] == 1.0
    assert at[63] == pytest.approx(23 / 28)  # 6 were followed for 46 days; 5 of the other 28 lapse on day 61
    assert at[84] == pytest.approx(23 / 28 * 18 / 23)
    assert lapse.by_limit.value == pytest.approx(18 / 28)


def test_topics_and_goals(found: ProgrammeHealth) -> None:
    assert found.topics is not None and found.goals is not None
    assert (found.topics.tech.count, found.topics.tech.of, found.topics.status) == (28, 99, "below")
    assert found.topics.minutes.value == pytest.approx(28 / 99)
    assert {row.topic: row.sessions for row in found.topics.rows} == {"culture": 71, "tech_support": 28}
    assert (found.goals.by_second_session.count, found.goals.by_second_session.of) == (6, 18)
    kinds = {kind.kind: kind for kind in found.goals.kinds}
    assert (kinds[None].goals, kinds[None].achieved.count, kinds[None].achieved.of) == (13, 6, 6)
    assert kinds["okr_objective"].achieved.reason == "No goal has been decided yet."


def test_direction_by_three_definitions_and_how_far_they_agree(found: ProgrammeHealth) -> None:
    direction = found.direction
    assert direction is not None
    shares = {gap.definition: (gap.junior.count, gap.junior.of) for gap in direction.gaps}
    assert shares == {"level": (34, 34), "tenure": (28, 34), "age": (23, 34)}
    assert {cell.name: cell.count for cell in direction.patterns} == {
        "level, tenure, age": 23, "level": 6, "level, tenure": 5,
    }  # fmt: skip
    agree = {(each.one, each.other): each for each in direction.agreements}
    same = agree["tenure", "age"]
    chance = (28 * 23 + 6 * 11) / 34**2
    assert (same.same.count, same.same.of) == (29, 34)
    assert same.kappa.value == pytest.approx((29 / 34 - chance) / (1 - chance))
    assert agree["level", "age"].kappa.value is None


def test_early_endings_and_nudges(found: ProgrammeHealth) -> None:
    assert found.endings is not None and found.nudges is not None
    assert (found.endings.early.count, found.endings.early.of) == (5, 11)
    assert {cell.name: cell.count for cell in found.endings.reasons} == {"workload": 5}
    assert {cell.name: cell.count for cell in found.nudges.reasons} == {
        "no_first_session": 6, "stalled": 5, "cancellations": 5, "past_end": 5,
    }  # fmt: skip
    assert (found.nudges.anybody.count, found.nudges.anybody.of) == (16, 23)
    assert "16 need a nudge" in found.sentence


def test_the_stewards_list_is_the_pairs_that_are_counted(counted_reader: Reader) -> None:
    pairs = answers.pairs_to_nudge(counted_reader, "2025Q3")
    assert len(pairs) == 16 and {pair["file_name"] for pair in pairs} == {"pairs.csv"}
    # Line 1 is the header; the kinds stand one after another: 6 done, 5 early, 7 good, then those that need somebody.
    assert sorted(pair["line"] for pair in pairs) == list(range(20, 36))
    reasons = ("no_first_session", "stalled", "cancellations", "past_end")
    assert [sum(bool(pair[name]) for pair in pairs) for name in reasons] == [6, 5, 5, 5]


def test_leaders_by_level(found: ProgrammeHealth) -> None:
    (row,) = found.levels
    assert (row.level, row.pairs, row.recorded) == ("C", 34, 119)
    assert (row.by_mentee.count, row.by_mentee.of) == (10, 119)
    # Of the 23 that ran in the quarter the 7 on schedule met in it.
    assert (row.met.count, row.met.of) == (7, 23)


@pytest.mark.parametrize(
    ("status", "start", "end", "newest", "state"),
    [
        ("planned", "2025-11-01", None, True, "planned"),
        ("planned", "2025-11-01", None, False, None),
        ("active", "2025-11-01", None, True, "planned"),
        ("completed", "2025-01-01", "2025-12-01", False, "active"),
        ("completed", "2025-01-01", "2025-09-30", False, "completed"),
        ("ended_early", "2025-01-01", "2025-03-01", True, "ended_early"),
        (None, "2025-01-01", "2025-03-01", True, "unknown"),
        (None, "2025-01-01", None, True, "active"),
        ("paused", "2025-01-01", None, True, "paused"),
        ("paused", "2025-01-01", None, False, "unknown"),
        ("completed", "2025-01-01", None, False, "unknown"),
    ],
)
def test_what_a_pair_was_on_a_day(
    counted_reader: Reader, status: str | None, start: str, end: str | None, newest: bool, state: str | None
) -> None:
    with counted_reader.cursor() as cursor:
        open_programme(cursor, answers.context(counted_reader).plan)
        asked = [status, start, end, "2025-09-30", newest]
        row = cursor.execute("select state_on(?, ?::date, ?::date, ?::date, ?)", asked).fetchone()
    assert row == (state,)
