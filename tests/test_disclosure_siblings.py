"""Attack by subtraction: everybody, less every view of one restriction that is shown, must never leave a handful."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analysis.findings import answers
from analysis.findings.health.cells import close_among, close_to
from analysis.findings.health.programme import _count, _ever, _families, open_view
from analysis.findings.health.results import ProgrammeHealth
from analysis.findings.results import Selection
from analysis.store import Reader
from analysis.study import programme as study
from tests import tiny

PLACES = {"Rome": (20, 9), "Paris": (14, 6), "Oslo": (11, 3)}  # pairs, and how many of the mentors are women


@pytest.fixture(scope="module")
def three_places(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Each place can be chosen and is far from everybody; but in Oslo few are women, and few met about careers."""
    mentors = [
        tiny.Person(f"{place}{number}", more={"location": place, "gender": "woman" if number < women else "man"})
        for place, (many, women) in PLACES.items()
        for number in range(many)
    ]
    seniors = [tiny.Person(f"senior of {one.name}", levels={"2000-01-01": "C"}) for one in mentors]
    crowd = [
        tiny.Person(f"c{at}", more={"location": [*PLACES][at % 3], "gender": "woman" if at % 2 else "man"})
        for at in range(120)
    ]
    sessions = [
        {"pair_id": f"{one.name} 2024-04-10", "session_date": day, "status": "held",
         "topic": "career" if one.more["gender"] == "woman" else "culture"}
        for one in mentors
        for day in ("2024-05-10", "2024-06-10")
    ]  # fmt: skip
    pairs = [tiny.pair(one.name, "2024-04-10") for one in mentors]
    extra = {"sessions.csv": tiny.csv(sessions)}
    folder = tmp_path_factory.mktemp("places")
    return tiny.employer(folder, [*mentors, *seniors, *crowd], pairs, extra=extra).reader


def left_over(whole: int | None, told: dict[str, int | None]) -> int:
    """What is known of those that are not told; nothing where the total is not, or everything is."""
    hidden = [value for value, people in told.items() if people is None]
    return 0 if whole is None or not hidden else whole - sum(people or 0 for people in told.values())


def told_by_topic(found: ProgrammeHealth) -> dict[str, int | None]:
    """Sessions by topic: two of every pair."""
    return {} if found.topics is None else {row.topic: row.sessions for row in found.topics.rows}


def test_topics_of_a_few_pairs_are_not_left_over(three_places: Reader) -> None:
    views = {
        place: told_by_topic(answers.programme_health(three_places, None, None, Selection(location=place)))
        for place in answers.health_choices(three_places)["location"]
    }
    whole = told_by_topic(answers.programme_health(three_places))
    assert set(views) == set(PLACES) and whole["career"] == 36, "otherwise there is nothing to attack"
    for topic in ("career", "culture"):
        told = {place: view.get(topic) for place, view in views.items()}
        assert not 0 < left_over(whole[topic], told) < 2 * 5, topic


def steps(reader: Reader, where: Selection, cohort: str | None = None) -> Iterator[tuple[str, str, int | None]]:
    finding = answers.diversity(reader, "mentor", "gender", None, cohort, where)
    for step in finding.steps:
        for row in step.rows:
            yield step.step, row.group.group, row.group.participants


@pytest.mark.parametrize("cohort", [None, "one"])
def test_women_of_the_smallest_place_are_not_left_over(three_places: Reader, cohort: str | None) -> None:
    whole = {(step, group): people for step, group, people in steps(three_places, Selection(), cohort)}
    views = {
        place: {(step, group): people for step, group, people in steps(three_places, Selection(location=place), cohort)}
        for place in PLACES
    }
    assert whole["joined", "woman"] == 18 and views["Oslo"]["joined", "woman"] is None
    assert views["Rome"]["joined", "woman"] == 9, "what tells nobody is still shown"
    for key, people in whole.items():
        told = {place: view.get(key) for place, view in views.items()}
        assert not 0 < left_over(people, told) < 5, key


def test_cohorts_by_group_are_not_left_over(three_places: Reader) -> None:
    def cells(where: Selection) -> dict[tuple[str, str], int | None]:
        table = answers.diversity(three_places, "mentor", "gender", None, None, where).cohorts
        return {(cell.cohort, cell.group): cell.people for cell in table.cells}

    views = {place: cells(Selection(location=place)) for place in PLACES}
    for cell, people in cells(Selection()).items():
        assert not 0 < left_over(people, {place: view.get(cell) for place, view in views.items()}) < 5, cell


@pytest.mark.parametrize("header", study.NARROWING)
def test_siblings_add_up_to_the_view_that_holds_them(sample_reader: Reader, header: str) -> None:
    """Counted in one go by value, and counted as every view is counted: the same groups of the same pairs."""
    here = answers.context(sample_reader)
    with sample_reader.cursor() as cursor:
        periods = open_view(cursor, here, here.quarters[0])
        families = _families(_count(cursor, {}, periods), here.plan)
        rows = study.siblings(cursor, here.plan, (header,), (*_ever(periods), *periods))
    added = rows.groupby(["family", "name"])["pairs"].sum().to_dict()
    counted = {(family, name): pairs for family, groups in families.items() for name, pairs in groups.items() if pairs}
    assert {key: int(pairs) for key, pairs in added.items()} == counted


def test_a_view_hides_what_its_siblings_would_leave() -> None:
    beside = {
        "Rome": {"all": {"": 20}, "topic": {"career": 9}},
        "Paris": {"all": {"": 14}, "topic": {"career": 6}},
        "Oslo": {"all": {"": 9}, "topic": {"career": 3}},
    }
    assert close_among(beside, ["Oslo"], ["location"]).of("topic") == {"career"}
    assert close_among(beside, ["Paris"], ["location"]).of("topic") == {"career"}
    assert close_among(beside, ["Rome"], ["location"]) == close_to(beside["Rome"], [])
    few = {"Rome": {"all": {"": 20}}, "Paris": {"all": {"": 14}}, "Oslo": {"all": {"": 4}}}
    assert [close_among(few, [place], ["location"]).whole for place in few] == [False, True, True]
