"""Scores of one person in one wave: reversed items, the last response, the cutoff, change of the same people."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.study.surveys import anonymous_responses, changes, responses, score_surveys, waves
from tests.small_employer import Row, SmallEmployer, pair, people, person

DAY = "2023-02-15"
PLAN = """
[[programmes]]
id = "reverse"
[[programmes]]
id = "digital"
"""


def answer(who: str | None, response: str, score: float, wave: str = "pre", **facts: object) -> Row:
    row: Row = {
        "survey_id": "s", "wave": wave, "response_id": response, "item": "i1", "score": score, "employee_id": who or "",
        "side": "mentor", "submitted_at": "2023-02-01", "construct": "confidence", "scale_min": 1, "scale_max": 5,
        "reversed": "false", "cohort": "C",
    }  # fmt: skip
    return row | facts


SURVEY = [
    # Two items, one reversed: (4 + (1 + 5 - 1)) / 2
    answer("ann", "a1", 4),
    answer("ann", "a1", 1, item="i2", reversed="true"),
    answer("ann", "a2", 5, "post", submitted_at="2023-10-01"),
    answer("ann", "a2", 2, "post", item="i2", reversed="true", submitted_at="2023-10-01"),
    # Answered before in two exports: the later response counts; once after the first cutoff
    answer("bob", "b2", 2, submitted_at="2023-02-10"),
    answer("bob", "b3", 1, "post", submitted_at="2023-10-01"),
    answer("bob", "b4", 3, "post", submitted_at="2024-02-01"),
    answer("cyd", "c1", 3),
    answer("cyd", "c2", 3, "post", submitted_at="2023-10-01"),
    # Only before; no date; another scale after
    answer("dee", "d1", 4, submitted_at=""),
    answer("eli", "e1", 3, submitted_at=""),
    answer("eli", "e2", 6, "post", scale_max=7, submitted_at="2023-10-01"),
    # A reversed item whose scale nobody knows can't be turned round
    answer("fay", "f1", 4),
    answer("fay", "f1", 1, item="i2", reversed="true", scale_min="", scale_max=""),
    answer("fay", "f1", 1, item="i3", construct="inclusion", reversed="true", scale_min="", scale_max=""),
    # Nobody's: the same response id in two surveys is two responses
    answer(None, "x1", 5),
    answer(None, "x1", 1, survey_id="t"),
    answer(None, "x2", 2),
    # The other side, and a side found from the enrolment
    answer("boss", "m1", 2, side="mentee"),
    answer("gus", "g1", 5, side="", cohort=""),
    answer("not enrolled, no side", "n1", 5, side=""),
    # Without a construct nothing is measured
    answer("cyd", "c1", 1, item="i9", construct=""),
]

EARLIER = [answer("bob", "b1", 5, submitted_at="2023-02-03")]


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    both = ["2022-12-31", "2024-06-30"]
    names = ["ann", "bob", "cyd", "dee", "eli", "fay", "gus", "hal", "boss"]
    joined = [pair(name, DAY, programme_id="reverse", mentee="boss") for name in names[:-2]]
    later = [pair("hal", DAY, programme_id="digital"), pair("ivy", "2024-02-01", programme_id="reverse")]
    return SmallEmployer(
        tmp_path_factory.mktemp("surveys"),
        people=people(*(person(name, both) for name in [*names, "ivy"])),
        pairs=joined + later,
        survey=SURVEY,
        survey_2=EARLIER,
        plan=PLAN,
    )


def scores(employer: SmallEmployer, wave: str, cutoff: str = "2024-06-30", side: str = "mentor") -> dict[str, float]:
    rows = [row for row in employer.survey_scores(cutoff) if row["wave"] == wave and row["side"] == side]
    return {row["employee_id"] or row["respondent"]: row["score"] for row in rows if row["construct"] == "confidence"}


def test_a_score_is_the_mean_of_its_items_reversed_ones_turned_round(employer: SmallEmployer) -> None:
    assert scores(employer, "pre")["ann"] == 4.5
    assert scores(employer, "post")["ann"] == 4.5


def test_a_reversed_item_without_a_scale_is_left_out(employer: SmallEmployer) -> None:
    assert scores(employer, "pre")["fay"] == 4
    assert "inclusion" not in {row["construct"] for row in employer.survey_scores()}


def test_the_last_response_of_a_person_counts_as_of_the_cutoff(employer: SmallEmployer) -> None:
    assert scores(employer, "pre")["bob"] == 2
    assert scores(employer, "post")["bob"] == 3
    assert scores(employer, "post", "2024-02-01")["bob"] == 3
    assert scores(employer, "post", "2024-01-31")["bob"] == 1
    assert set(scores(employer, "pre", "2022-12-31")) == {"dee", "eli"}, "those without a date"


def test_anonymous_responses_count_each_in_scores_and_not_in_change(employer: SmallEmployer) -> None:
    found = scores(employer, "pre")
    assert sorted(score for name, score in found.items() if name.startswith(("s ", "t "))) == [1, 2, 5]
    with employer.reader.cursor() as cursor:
        score_surveys(cursor, date(2024, 6, 30))
        assert anonymous_responses(cursor) == 3
        found = waves(cursor).set_index(["side", "wave"])["people"].to_dict()
    assert found == {("mentor", "pre"): 10, ("mentor", "post"): 4, ("mentee", "pre"): 1}


def test_sides_are_kept_apart_and_found_from_the_enrolment(employer: SmallEmployer) -> None:
    assert scores(employer, "pre", side="mentee") == {"boss": 2}
    assert scores(employer, "pre")["gus"] == 5
    assert "not enrolled, no side" not in scores(employer, "pre")


def test_change_is_of_people_who_answered_both_on_one_scale(employer: SmallEmployer) -> None:
    with employer.reader.cursor() as cursor:
        score_surveys(cursor, date(2024, 6, 30))
        (row,) = changes(cursor).to_dict("records")
    assert (row["side"], row["construct"], row["people"]) == ("mentor", "confidence", 3)
    assert (row["total"], row["squares"]) == (1.0, 1.0)
    assert (row["up"], row["same"], row["down"]) == (1, 2, 0)


def test_response_is_over_those_who_had_joined_a_cohort_that_was_asked(employer: SmallEmployer) -> None:
    """The survey says "C" where the study says "reverse: C", having two programmes; the other one was not asked."""
    with employer.reader.cursor() as cursor:
        score_surveys(cursor, date(2024, 1, 31))
        found = responses(cursor).set_index(["side", "wave"])
    assert tuple(found.loc[("mentor", "pre")]) == (7, 7)
    assert tuple(found.loc[("mentor", "post")]) == (7, 4)
    assert tuple(found.loc[("mentee", "pre")]) == (1, 1)
