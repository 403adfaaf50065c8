"""A question narrowed to some people: both groups are, nobody outside is given away, and there is no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.findings import answers
from analysis.findings.results import EVERYBODY, Question, Selection
from analysis.store import Reader
from tests import tiny

LONDON = Selection(location="London")


def counted(reader: Reader, condition: str) -> tuple[int, int]:
    """Participants and retained ones of the mentors' mature cohorts, by another way than the product's."""
    with reader.cursor() as cursor:
        row = cursor.execute(
            "select count(*), count(*) filter (exit_month is null or exit_month > 12) "
            f"from person_trial where side = 'mentor' and a = 1 and barred is null and {condition} "
            "and time_zero + interval 12 month <= date '2026-09-30'"
        ).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


@pytest.mark.parametrize(
    ("where", "condition"),
    [
        (LONDON, "location = 'London'"),
        (Selection(department="Operations"), "department = 'Operations'"),
        (Selection(level="Manager", location="London"), "location = 'London' and level = 'Manager'"),
    ],
)
def test_participants_and_their_rate_are_those_of_the_selection(
    sample_reader: Reader, where: Selection, condition: str
) -> None:
    (finding,) = answers.effects(sample_reader, Question("retention", "mentor", where=where))
    people, stayed = counted(sample_reader, condition)
    assert finding.n_participants == people
    assert finding.rate_participants == pytest.approx(stayed / people)
    assert finding.where == where


def test_colleagues_are_narrowed_too(sample_reader: Reader) -> None:
    (whole,) = answers.effects(sample_reader, Question("retention", "mentor"))
    (finding,) = answers.effects(sample_reader, Question("retention", "mentor", where=LONDON))
    with sample_reader.cursor() as cursor:
        row = cursor.execute(
            "select count(*) from person_trial where side = 'mentor' and a = 0 and barred is null "
            "and location = 'London' and time_zero + interval 12 month <= date '2026-09-30'"
        ).fetchone()
    assert row is not None and finding.n_comparators is not None and whole.n_comparators is not None
    assert 0 < finding.n_comparators <= row[0] < whole.n_comparators


def test_a_narrowed_view_gets_no_verdict(sample_reader: Reader) -> None:
    (finding,) = answers.effects(sample_reader, Question("retention", "mentor", where=LONDON))
    assert finding.verdict == "exploratory" and finding.grade is None
    assert finding.settings["narrowed_to"] == "location London"


def test_everybody_of_the_only_programme_is_the_same_number(sample_reader: Reader) -> None:
    (whole,) = answers.effects(sample_reader, Question("retention", "mentor"))
    (same,) = answers.effects(sample_reader, Question("retention", "mentor", where=Selection(programme="reverse")))
    assert (same.estimate, same.ci_low, same.ci_high) == (whole.estimate, whole.ci_low, whole.ci_high)


def test_whatever_stands_behind_it_is_narrowed_as_well(sample_reader: Reader) -> None:
    question = Question("retention", "mentor", where=LONDON)
    (finding,) = answers.effects(sample_reader, question)
    detail, strip = answers.outcome_detail(sample_reader, question), answers.specifications(sample_reader, question)
    assert detail.finding == finding
    assert strip.rows[0].estimate == finding.estimate and strip.finding.where == LONDON
    lots = [row for row in answers.robustness(sample_reader, question).variations if row.family == "lottery"]
    assert lots and all(row.estimate is None and "narrowed" in row.reason for row in lots)
    dose = answers.dose(sample_reader, question)
    assert sum(row.people or 0 for row in dose.rows) <= (finding.n_participants or 0)
    narrowed, whole = (answers.curves(sample_reader, "mentor", where=where) for where in (LONDON, EVERYBODY))
    assert narrowed.participants is not None and whole.participants is not None
    assert narrowed.participants.at_risk[0] < whole.participants.at_risk[0]


@pytest.mark.parametrize(
    "where", [Selection(location="Atlantis"), Selection(programme="peer"), Selection(level="x'--")]
)
def test_a_value_these_data_do_not_have_is_said(sample_reader: Reader, where: Selection) -> None:
    for ask in (
        lambda: answers.effects(sample_reader, Question("retention", "mentor", where=where)),
        lambda: answers.curves(sample_reader, "mentor", where=where),
    ):
        with pytest.raises(answers.UnknownChoice, match="is not a"):
            ask()


def test_choices_are_values_that_enough_participants_had(sample_reader: Reader) -> None:
    with sample_reader.cursor() as cursor:
        rows = cursor.execute(
            "select location from person_trial where side = 'mentor' and a = 1 and barred is null "
            "group by location having count(*) >= 10"
        ).fetchall()
    assert set(answers.selection_choices(sample_reader, "mentor")["location"]) == {row[0] for row in rows}


def employer(folder: Path, in_rome: int, in_paris: int) -> Reader:
    """Mentors in two places who joined one cohort on one day, and a crowd in each."""
    places = ["Rome"] * in_rome + ["Paris"] * in_paris
    mentors = [tiny.Person(f"m{number}", more={"location": place}) for number, place in enumerate(places)]
    crowd = [tiny.Person(f"c{number}", more={"location": "Rome" if number % 2 else "Paris"}) for number in range(80)]
    pairs = [tiny.pair(person.name, "2024-04-10") for person in mentors]
    return tiny.employer(folder, [*mentors, *crowd], pairs).reader


@pytest.mark.parametrize(("in_paris", "hidden"), [(0, False), (4, True), (9, True), (10, False)])
def test_nobody_outside_of_a_selection_is_given_away(tmp_path: Path, in_paris: int, hidden: bool) -> None:
    reader = employer(tmp_path, 20, in_paris)
    (finding,) = answers.effects(reader, Question("retention", "mentor", where=Selection(location="Rome")))
    assert finding.suppressed is hidden
    by_cohort = answers.effects(reader, Question("retention", "mentor", by="cohort", where=Selection(location="Rome")))
    assert [part.suppressed for part in by_cohort] == [hidden]
    if hidden:
        assert finding.n_participants is None and finding.rate_participants is None
        curves = answers.curves(reader, "mentor", where=Selection(location="Rome"))
        assert curves.participants is None and "recognised" in (curves.reason or "")


def test_every_wider_selection_counts(tmp_path: Path) -> None:
    """All of Rome's are fine against everybody, and a level that all of them have restricts nobody."""
    reader = employer(tmp_path, 20, 15)
    for where in (Selection(location="Rome"), Selection(level="A", location="Rome")):
        (finding,) = answers.effects(reader, Question("retention", "mentor", where=where))
        assert finding.n_participants == 20


PLACES = {"Rome": 20, "Paris": 14, "Oslo": 4}


def three_places(folder: Path) -> Reader:
    """Mentors who joined one cohort on one day: enough in two places, few in a third; and a crowd in each."""
    mentors = [
        tiny.Person(f"{place}{number}", more={"location": place})
        for place, people in PLACES.items()
        for number in range(people)
    ]
    crowd = [tiny.Person(f"c{number}", more={"location": [*PLACES][number % 3]}) for number in range(120)]
    pairs = [tiny.pair(person.name, "2024-04-10") for person in mentors]
    return tiny.employer(folder, [*mentors, *crowd], pairs).reader


def test_all_selections_of_one_header_together_do_not_give_a_small_one_away(tmp_path: Path) -> None:
    """Each is far from everybody, but everybody less Rome less Paris would be the four of Oslo."""
    reader = three_places(tmp_path)
    (whole,) = answers.effects(reader, Question("retention", "mentor"))
    told = {}
    for place in answers.selection_choices(reader, "mentor")["location"]:
        where = Selection(location=place)
        (finding,) = answers.effects(reader, Question("retention", "mentor", where=where))
        told[place] = finding.n_participants
        parts = answers.effects(reader, Question("retention", "mentor", by="cohort", where=where))
        assert [part.n_participants for part in parts] == [finding.n_participants]
    assert whole.n_participants == sum(PLACES.values())
    assert told == {"Rome": PLACES["Rome"], "Paris": None}
