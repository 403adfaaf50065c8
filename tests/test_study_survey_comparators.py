"""Who of those who answered a survey is a comparator: linked, joined neither side by the answer after, both answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from analysis.study.surveys import change_values, colleagues, pairs, reliability, score_surveys, waves
from tests.small_employer import Row, SmallEmployer, pair, people, person

JOINED, LAST = "2023-02-15", "2024-06-30"
BEFORE, AFTER = "2023-02-01", "2023-10-01"


def answer(who: str, wave: str, score: float, on: str = "", **facts: object) -> Row:
    row: Row = {
        "survey_id": "s", "wave": wave, "response_id": f"{who} {wave} {on}", "item": "i1", "score": score,
        "employee_id": who, "side": "", "submitted_at": on or (BEFORE if wave == "pre" else AFTER),
        "construct": "confidence", "scale_min": 1, "scale_max": 5, "reversed": "false", "cohort": "",
    }  # fmt: skip
    return row | facts


def both(who: str, pre: float, post: float, **facts: object) -> list[Row]:
    return [answer(who, "pre", pre, **facts), answer(who, "post", post, **facts)]


SURVEY = [
    *both("ann", 3, 4, side="mentor"),
    *both("bob", 2, 2),
    # Never joined: the survey's side is theirs, named in the file or not
    *both("cyd", 3, 3),
    *both("dee", 4, 5, side="mentor"),
    # Only once, or on another scale
    answer("eli", "pre", 1),
    answer("fay", "pre", 3),
    answer("fay", "post", 6, scale_max=7),
    # Joined on the other side before they answered after
    *both("boss", 1, 1),
    # Joined later than they answered: a comparator, with the last answer before that
    answer("gus", "pre", 2, "2023-02-01"),
    answer("gus", "post", 4),
    # As gus, and then answered again as a participant: both
    *both("hal", 2, 3),
    answer("hal", "pre", 4, "2023-12-01"),
    answer("hal", "post", 5, "2024-06-01"),
    # Two items of three: not in the reliability; and another survey, answered by nobody who joined
    answer("cyd", "pre", 3, survey_id="t", construct="inclusion"),
]

EARLIER = [answer("gus", "pre", 1, "2023-01-10")]  # in an export of its own: of one file the last counts alone


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    names = ["ann", "bob", "cyd", "dee", "eli", "fay", "gus", "hal", "boss"]
    return SmallEmployer(
        tmp_path_factory.mktemp("comparators"),
        people=people(*(person(name, ["2022-12-31", LAST], level="B" if name == "dee" else "A") for name in names)),
        pairs=[pair("ann", JOINED, mentee="boss"), pair("bob", JOINED, mentee="boss"), pair("gus", "2023-12-15"),
               pair("hal", "2023-12-15")],
        survey=SURVEY, survey_2=EARLIER,
    )  # fmt: skip


def found(employer: SmallEmployer, cutoff: str = LAST) -> dict[str, Any]:
    with employer.reader.cursor() as cursor:
        score_surveys(cursor, date.fromisoformat(cutoff))
        rows = pairs(cursor, "mentor", "confidence")
        return {
            "participants": sorted(zip(rows.pre[rows.took_part], rows.post[rows.took_part], strict=True)),
            "comparators": sorted(zip(rows.pre[~rows.took_part], rows.post[~rows.took_part], strict=True)),
            "codes": rows.covariates,
            "colleagues": colleagues(cursor),
            "waves": waves(cursor).set_index(["side", "construct", "wave"])["people"].to_dict(),
            "changes": change_values(cursor, "mentor", "confidence").to_dict("records"),
        }


def test_comparators_had_joined_neither_side_when_they_answered_after(employer: SmallEmployer) -> None:
    # cyd, dee, gus before joining, hal before joining; boss joined the other side, eli and fay have no pair.
    assert found(employer)["comparators"] == [(2, 3), (2, 4), (3, 3), (4, 5)]


def test_participants_are_as_if_no_colleague_had_answered(employer: SmallEmployer) -> None:
    assert found(employer)["participants"] == [(2, 2), (3, 4), (4, 5)]
    assert found(employer)["changes"] == [{"change": 0.0, "people": 1}, {"change": 1.0, "people": 2}]
    assert found(employer)["waves"][("mentor", "confidence", "post")] == 3


def test_an_answer_before_counts_for_whoever_joined_after_it(employer: SmallEmployer) -> None:
    """gus answered before and after as a colleague: nothing of that is a participant's."""
    assert found(employer)["waves"][("mentor", "confidence", "pre")] == 3, "ann, bob and hal's second"


def test_as_of_an_earlier_day_nothing_later_is_known(employer: SmallEmployer) -> None:
    early = found(employer, "2023-10-31")
    assert early["participants"] == [(2, 2), (3, 4)]
    assert early["comparators"] == [(2, 3), (2, 4), (3, 3), (4, 5)]
    assert found(employer, "2023-03-31")["comparators"] == []


def test_covariates_are_codes_and_known_before(employer: SmallEmployer) -> None:
    codes = found(employer)["codes"]
    assert sorted(set(codes["level"].tolist())) == [1, 2] and set(codes["gender"].tolist()) == {1}
    assert all(values.dtype == "int64" for values in codes.values())


def test_colleagues_are_counted_once(employer: SmallEmployer) -> None:
    # cyd, dee, eli, fay, gus, hal
    assert found(employer)["colleagues"] == 6


def test_without_any_enrolment_the_file_s_word_is_all_there_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    alone = SmallEmployer(
        tmp_path_factory.mktemp("alone"), people=people(person("cyd")), survey=both("cyd", 3, 4, side="mentor")
    )
    assert found(alone)["participants"] == [(3, 4)] and found(alone)["comparators"] == []


def test_reliability_is_of_participants_who_answered_every_item(tmp_path_factory: pytest.TempPathFactory) -> None:
    scores = {"ann": (1, 2, 3), "bob": (2, 2, 5), "cyd": (4, 4, 4), "dee": (5, 3, None), "zoe": (1, 5, 1)}
    rows = [
        answer(who, "pre", score, item=f"i{number}", response_id=who)
        for who, marks in scores.items()
        for number, score in enumerate(marks)
        if score is not None
    ]
    names = ["ann", "bob", "cyd", "dee"]
    employer = SmallEmployer(
        tmp_path_factory.mktemp("reliability"),
        people=people(*(person(name) for name in [*names, "zoe"])),
        pairs=[pair(name, JOINED) for name in names],
        survey=rows,
    )
    with employer.reader.cursor() as cursor:
        score_surveys(cursor, date.fromisoformat(LAST))
        (row,) = [one for one in reliability(cursor).to_dict("records") if one["wave"] == "pre"]
    assert (row["items"], row["people"]) == (3, 3)
    assert list(row["variances"]) == pytest.approx([7 / 3, 4 / 3, 1.0])
    assert row["total_variance"] == pytest.approx(9.0)  # of 6, 9 and 12
