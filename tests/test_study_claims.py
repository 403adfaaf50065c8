"""What the store holds, and the counts that claims ask for, on a tiny employer counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.findings.claims.asks import Share
from analysis.findings.claims.counted import of_gap, of_share, of_spread, why_hidden
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.plan import Plan, current_plan
from analysis.store import Store
from analysis.study.claims import Band, Counted, arrived, held, shares
from tests.pages import empty_store
from tests.small_employer import Row, SmallEmployer, pair, people, person

CUTOFF = date(2024, 6, 30)


def session(pair_id: str, day: str, status: str = "held", **facts: object) -> Row:
    return {"pair_id": pair_id, "session_date": day, "status": status, **facts}


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """Three pairs and one that is not reverse. Levels A below C; m3 is as high as their mentee."""
    staff = people(
        person("m1", hire="2020-01-01", birth_year=1998),
        person("m2", hire="2010-01-01", birth_year=1970, since={"2023-06-30": {"level": "D"}}),
        person("m3", level="C", birth_year=1990),
        *(person(f"s{number}", hire="2015-01-01", level="C", birth_year=1975) for number in (1, 2, 3)),
    )
    facts = {"programme_id": "reverse"}
    pairs = [
        pair("m1", "2023-02-15", mentee="s1", pair_id="p1", status="completed", match_rule="skills",
             end_date="2023-08-20", topic="culture", **facts),
        pair("m2", "2023-02-15", mentee="s2", pair_id="p2", status="ended_early", match_rule="manual",
             end_date="2023-04-01", **facts),
        pair("m3", "2023-02-15", mentee="s3", pair_id="p3", status="active", match_rule="skills", **facts),
        pair("m1", "2023-02-15", mentee="s2", pair_id="p4", status="completed", programme_id="sponsors"),
    ]  # fmt: skip
    sessions = [
        session("p1", "2023-02-20", topic="tech_support"),
        session("p1", "2023-03-20"),
        session("p1", "2023-04-20", "cancelled", cancelled_by="mentee"),
        session("p1", "2023-05-20", "cancelled", cancelled_by="mentor"),
        session("p2", "2023-02-20", topic="social_media"),
        session("p2", "2023-02-21"),
        session("p3", "2024-12-01", topic="tech_support"),
        session("p4", "2023-02-20", topic="tech_support"),
    ]
    goals = [
        {"pair_id": "p1", "kind": "smart", "set_on": "2023-03-20", "closed_on": "2023-06-01", "status": "achieved"},
        {"pair_id": "p1", "kind": "smart", "set_on": "2023-03-21", "closed_on": "2023-06-01", "status": "missed"},
        {"pair_id": "p2", "kind": "smart", "set_on": "2023-02-25", "status": "on_track"},
        {"pair_id": "p4", "kind": "smart", "set_on": "2023-02-25", "closed_on": "2023-06-01", "status": "achieved"},
    ]
    invitations = [
        {"employee_id": "s1", "side": "mentee", "response": "accepted"},
        {"employee_id": "s2", "side": "mentee", "response": "declined"},
        {"employee_id": "s3", "side": "mentee", "response": "not_drawn"},
        {"employee_id": "m1", "side": "mentor", "response": "no_answer"},
    ]
    return SmallEmployer(
        tmp_path_factory.mktemp("claims"),
        people=staff,
        ladder=[{"level": level, "rank": rank} for rank, level in enumerate("ABCD", start=1)],
        pairs=pairs,
        sessions=[{**row, "session_id": f"x{number}"} for number, row in enumerate(sessions) if row["pair_id"] != "p3"],
        goals=[{**row, "goal_id": f"g{number}"} for number, row in enumerate(goals)],
        invitations=invitations,
        measures=[
            {"metric": "ideas", "date": day, "value": 1, "employee_id": "m1"} for day in ("2023-03-31", "2023-06-30")
        ]
        + [{"metric": "once", "date": "2023-03-31", "value": 1, "employee_id": "m1"}],
        plan='[[programmes]]\nid = "reverse"\norientation = "reverse"\nmonths = 9\n'
        '[[programmes]]\nid = "sponsors"\norientation = "traditional"\n',
    )


@pytest.fixture(scope="module")
def plan(employer: SmallEmployer) -> Plan:
    with employer.reader.cursor() as cursor:
        return current_plan(cursor)


def count(employer: SmallEmployer, plan: Plan, name: str, variant: str = "") -> dict[str, tuple[float, float, int]]:
    """Part to hits, total and units."""
    with employer.reader.cursor() as cursor:
        (parts,) = shares(cursor, plan, [(name, variant)], CUTOFF)
    return {part.part: (part.hits, part.total, part.units) for part in parts}


def test_what_is_held_is_said_in_canonical_words(employer: SmallEmployer, plan: Plan) -> None:
    with employer.reader.cursor() as cursor:
        found = held(cursor, plan)
    assert {"people.level", "pairs.topic", "sessions.cancelled_by", "ladder.rank"} <= found.columns
    assert not {"people.gender", "people.lgbtq", "sessions.rating", "survey.score"} & found.columns
    assert found.metrics == {"ideas"}, "a metric with one date can't be followed"
    assert found.answers == frozenset()
    assert found.orientations == {"reverse", "traditional"}


def test_an_empty_store_holds_nothing(tmp_path: Path) -> None:
    reader = Store(empty_store(tmp_path)).reader()
    with reader.cursor() as cursor:
        found = held(cursor, current_plan(cursor))
    assert (found.columns, found.metrics, found.answers) == (frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("name", "variant", "expected"),
    [
        ("direction", "level", {"": (2, 3, 3)}),  # m3 stands as high as s3, m2 rose only later
        ("direction", "tenure", {"": (1, 3, 3)}),  # m1 came later; m3 on the same day as s3
        ("direction", "age", {"": (2, 3, 3)}),
        ("goals", "", {"": (1, 2, 1)}),
        ("early_goal", "", {"": (1, 2, 2)}),
        ("topic", "tech_support", {"": (1, 3, 2)}),  # of p1 one is the pair's own topic; one of p2 has none
        ("topic", "digital", {"": (2, 3, 2)}),
        ("cancelled", "", {"": (1, 2, 1)}),
        ("months", "", {"": (2 + 1 + 0, 6 + 1 + 9, 3)}),
        ("match", "", {"one": (0, 1, 1), "other": (1, 1, 1)}),
        ("invited", "declined", {"one": (1, 2, 2), "other": (0, 1, 1)}),
        ("invited", "accepted_mentee", {"": (1, 2, 2)}),
    ],
)
def test_counts_by_hand(employer: SmallEmployer, plan: Plan, name: str, variant: str, expected: dict) -> None:
    assert count(employer, plan, name, variant) == expected


def test_arrival_is_the_version_that_first_held_all_that_answers(employer: SmallEmployer) -> None:
    with employer.reader.cursor() as cursor:
        assert arrived(cursor, "outcome", "retention") == 1
        assert arrived(cursor, "measures", "ideas") == 1
        assert arrived(cursor, "measures", "patents") is None
        assert arrived(cursor, "survey", "inclusion") is None


PART = Counted("", 40, 30.0, 40.0, 30.0, 40.0, 30.0, 30, 10)
SHARE = next(ask for ask in REQUIREMENTS["B4"].asks if isinstance(ask, Share))


@pytest.mark.parametrize(
    ("part", "hidden"),
    [
        (PART, False),
        (replace(PART, units=4), True),
        (replace(PART, with_hit=4), True),
        (replace(PART, with_miss=1), True),
        (replace(PART, with_miss=0, hits=40.0), False),
        (replace(PART, with_hit=0, hits=0.0), False),
    ],
)
def test_a_share_that_gives_few_away_is_hidden(part: Counted, hidden: bool, plan: Plan) -> None:
    assert (why_hidden(part) is not None) == hidden
    found = of_share(SHARE, (part,), plan)
    assert (found.judgement == "not_shown") == hidden
    if hidden:
        assert (found.estimate, found.low, found.high, found.people) == (None, None, None, "")
        assert not any(digit in found.sentence.replace("fewer than 5", "") for digit in "0123456789")


def test_a_hidden_part_hides_the_difference(plan: Plan) -> None:
    ask = next(ask for ask in REQUIREMENTS["P5"].asks if isinstance(ask, Share))
    parts = (replace(PART, part="one"), replace(PART, part="other", with_hit=2))
    assert of_share(ask, parts, plan).judgement == "not_shown"
    shown = of_share(ask, (parts[0], replace(PART, part="other", hits=10.0)), plan)
    assert shown.low is not None and shown.unit == "pp"


def test_too_few_units_have_an_interval_and_no_estimate(plan: Plan) -> None:
    few = Counted("", 20, 12.0, 20.0, 12.0, 20.0, 12.0, 12, 8)
    found = of_share(SHARE, (few,), plan)
    assert found.judgement == "too_few" and found.estimate is None and found.low is not None
    assert "60.0%" not in found.sentence


def test_generations_need_ten_people_each() -> None:
    gap, spread = REQUIREMENTS["B14"].asks[0], REQUIREMENTS["C7"].asks[0]
    bands = (Band("older", 9, 27.0, 1.0, 2.0), Band("younger", 60, 200.0, 9.0, 20.0))
    assert of_gap(gap, bands).judgement == "not_shown"  # type: ignore[arg-type]
    assert of_spread(spread, bands).judgement == "not_shown"  # type: ignore[arg-type]
    enough = (Band("older", 40, 120.0, 10.0, 20.0), Band("younger", 60, 240.0, 0.0, 20.0))
    found = of_gap(gap, enough)  # type: ignore[arg-type]
    # The younger stand one point above before; the older then rise by 0.25, so the gap narrows by as much.
    assert found.estimate == pytest.approx(0.25) and "narrowed" in found.sentence
    assert found.judgement == "cannot_tell", "nobody to compare with"
