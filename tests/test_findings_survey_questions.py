"""Questions, eNPS, narrowing and who did not answer, over forty people whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.estimates.intervals import wilson
from analysis.findings import answers, codec
from analysis.findings.results import Selection
from analysis.findings.survey_item_results import ConstructItems, SurveyItems
from analysis.store import Reader
from tests.small_employer import Row, SmallEmployer, pair, people, person

PEOPLE = range(40)
ANSWERED = [n for n in PEOPLE if n % 4 != 3]
GONE = (3, 7, 11, 15, 19)  # of the ten who did not answer after; 23, 27, 31, 35 and 39 were here
DAYS = {"pre": "2023-02-01", "post": "2023-12-01", "retro_pre": "2023-12-01"}


def before(n: int) -> int:
    return 2 + n % 3


def after(n: int) -> int:
    return 3 + n % 3


def department(n: int) -> str:
    return "Sales" if n < 20 else "Finance" if n < 36 else "Legal"


def answer(n: int, wave: str, item: str, score: int, **facts: object) -> Row:
    row: Row = {
        "survey_id": "s", "wave": wave, "response_id": f"{n} {wave}", "item": item, "score": score,
        "employee_id": f"p{n}", "submitted_at": DAYS[wave], "construct": "confidence", "scale_min": 1, "scale_max": 5,
        "reversed": "false", "side": "mentor", "cohort": "C",
    }  # fmt: skip
    return row | facts


def answered(n: int, wave: str, score: int, recommends: int | None) -> list[Row]:
    rows = [
        answer(n, wave, "c1", score),
        answer(n, wave, "c2", 6 - score, reversed="true"),
        answer(n, wave, "c3", score),
    ]
    if recommends is not None:
        rows.append(answer(n, wave, "enps", recommends, construct="enps", scale_min=0, scale_max=10))
    return rows


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    rows: list[Row] = []
    for n in PEOPLE:
        rows += answered(n, "pre", before(n), n % 11)
        if n in ANSWERED:
            rows += answered(n, "post", after(n), min(10, n % 11 + 1))
            rows += answered(n, "retro_pre", 2, None)
    leaves = {"termination_date": "2023-06-30", "termination_type": "voluntary"}
    who = [
        person(
            f"p{n}",
            department=department(n),
            gender="woman" if n % 2 else "man",
            ethnicity="asian" if n < 8 else "white",
            since={"2023-06-30": leaves} if n in GONE else None,
        )
        for n in PEOPLE
    ]
    return SmallEmployer(
        tmp_path_factory.mktemp("questions"),
        people=people(*who),
        pairs=[pair(f"p{n}", "2023-02-15", mentee="boss") for n in PEOPLE],
        survey=rows,
    ).reader


@pytest.fixture(scope="module")
def found(reader: Reader) -> SurveyItems:
    return answers.survey_items(reader)


def confidence(found: SurveyItems) -> ConstructItems:
    return next(one for one in found.constructs if one.construct == "confidence")


def test_a_favourable_share_and_its_change_are_counted_person_by_person(found: SurveyItems) -> None:
    own = confidence(found)
    assert [item.item for item in own.items] == ["c1", "c2", "c3"]
    for question in (own.whole, *own.items):
        share = {one.wave: one for one in question.shares}["pre"]
        many = sum(before(n) >= 4 for n in PEOPLE)
        limits = wilson(many / 40, 40)
        assert (share.share, share.people) == (many / 40, 40)
        assert (share.low, share.high) == pytest.approx((limits.low, limits.high))
        change = question.changes[0]
        rise = sum((after(n) >= 4) - (before(n) >= 4) for n in ANSWERED) / 30
        assert (change.before, change.people, change.change) == ("pre", 30, pytest.approx(rise))
        assert change.low is not None and change.high is not None and change.low < rise < change.high
    assert own.items[1].turned and not own.items[0].turned


def test_bars_are_of_the_same_people_and_small_ends_join_their_neighbour(found: SurveyItems) -> None:
    asked, recalled = confidence(found).items[0].bars
    assert (asked.before, asked.paired, [row.people for row in asked.rows]) == ("pre", True, [30, 30])
    first, last = asked.rows
    assert {part.band: round(30 * part.share) for part in first.segments} == {
        -1: sum(before(n) == 2 for n in ANSWERED),
        0: sum(before(n) == 3 for n in ANSWERED),
        1: sum(before(n) == 4 for n in ANSWERED),
    }
    assert [part.band for part in last.segments] == [0, 1, 2] and not any(part.merged for part in last.segments)
    assert (recalled.before, recalled.rows[0].favourable) == ("retro_pre", 0.0)
    assert [change.construct for change in found.recalled] == ["confidence"]


def test_recalled_befores_stand_in_no_change_of_what_was_asked_before(reader: Reader, found: SurveyItems) -> None:
    asked = next(one for one in answers.surveys(reader).changes if one.construct == "confidence")
    assert asked.mean_change == pytest.approx(1.0) and asked.people == 30
    recalled = sum(after(n) - 2 for n in ANSWERED) / 30
    assert found.recalled[0].mean_change == pytest.approx(recalled) and recalled != 1.0


def test_enps_is_promoters_less_detractors(found: SurveyItems) -> None:
    point = found.net[0]
    scores = [n % 11 for n in PEOPLE]
    value = (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / 40
    assert (point.wave, point.people, point.value) == ("pre", 40, pytest.approx(value))
    assert point.low is not None and point.high is not None and point.low < value < point.high
    change = found.net_changes[0]

    def kind(score: int) -> int:
        return (score >= 9) - (score <= 6)

    steps = [kind(min(10, n % 11 + 1)) - kind(n % 11) for n in ANSWERED]
    assert (change.people, change.change) == (30, pytest.approx(sum(steps) / 30))


def test_reliability_is_told_from_three_items_on(found: SurveyItems) -> None:
    rows = {(row.construct, row.wave): row for row in found.reliability}
    assert rows["confidence", "pre"].alpha == pytest.approx(1.0)
    assert (rows["confidence", "pre"].items, rows["confidence", "pre"].people) == (3, 40)
    single = rows["enps", "pre"]
    assert single.alpha is None and single.reason is not None and "from 3 on" in single.reason


def test_those_who_did_not_answer_are_counted_apart_from_those_who_had_left(reader: Reader) -> None:
    response = answers.survey_response(reader, None, "gender")
    assert [(row.status, row.people) for row in response.status if row.side == "mentor"] == [
        ("answered", 30), ("silent", 5), ("gone", 5),
    ]  # fmt: skip
    assert "5 mentors had left before they could be asked" in response.sentence
    row = next(one for one in response.baseline if one.label == "confidence before")
    silent = [before(n) for n in PEOPLE if n not in ANSWERED and n not in GONE]
    assert row.silent == pytest.approx(sum(silent) / 5)
    assert row.answered == pytest.approx(sum(map(before, ANSWERED)) / 30)
    assert (row.people_answered, row.people_silent) == (30, 5)


def test_a_group_all_of_whom_answered_is_hidden_and_so_is_the_other_that_would_tell_it(reader: Reader) -> None:
    """All 20 men answered after, which tells it of each of them; so does "10 of 20 women" beside "30 of 40"."""
    groups = answers.survey_response(reader, None, "gender").groups
    assert {(row.group, row.wave) for row in groups} == {
        (group, wave) for group in ("man", "woman") for wave in ("pre", "post", "retro_pre")
    }
    assert all((row.asked, row.answered, row.rate, row.low, row.high) == (None,) * 5 for row in groups)
    assert all("could be recognised" in str(row.reason) for row in groups)


def test_a_group_with_two_who_did_not_answer_is_hidden_with_another(reader: Reader) -> None:
    groups = answers.survey_response(reader, None, "ethnicity").groups
    assert {(row.group, row.rate) for row in groups if row.wave == "post"} == {("asian", None), ("white", None)}
    assert all(row.rate is None for row in groups if row.wave == "pre")  # all of either answered before


def test_a_small_department_is_hidden_and_so_is_whichever_would_give_it_away(reader: Reader) -> None:
    def pre(name: str) -> tuple[int | None, str | None]:
        narrowed = answers.surveys(reader, None, None, Selection(department=name))
        point = next(one for one in narrowed.waves if one.construct == "confidence" and one.wave == "pre")
        return point.people, point.reason

    assert pre("Sales") == (20, None)
    assert pre("Legal") == (None, "Not shown: fewer than 5 people.")
    people_, reason = pre("Finance")
    assert people_ is None and reason is not None and "could be recognised" in reason
    groups = answers.survey_response(reader, None, "department").groups
    assert {row.group: row.asked for row in groups if row.wave == "pre"} == {
        "Sales": 20, "Finance": None, "Legal": None,
    }  # fmt: skip


def test_no_number_of_a_hidden_view_is_left_in_what_is_stored(reader: Reader) -> None:
    where = Selection(department="Legal")
    items = answers.survey_items(reader, None, None, where)
    for one in items.constructs:
        for question in (one.whole, *one.items):
            assert all(share.people is None and share.share is None for share in question.shares)
            assert all(row.segments == () and row.people is None for bars in question.bars for row in bars.rows)
            assert all(change.change is None and change.low is None for change in question.changes)
    assert all(point.value is None for point in items.net) and all(row.alpha is None for row in items.reliability)
    response = answers.survey_response(reader, None, "gender", None, where)
    assert all(row.people is None for row in response.status) and response.baseline == ()
    assert response.respondents is None and response.anonymous is None
    health = answers.survey_health(reader, None, None, where)
    assert health.sentence.startswith("There is nothing to read here")
    assert not any(character.isdigit() for check in health.checks for character in check.label)
    assert all(row.asked is None for row in response.groups)
    assert codec.decode(SurveyItems, codec.encode(items)) == items


def test_a_selection_of_everybody_is_everybody_and_an_unknown_one_is_refused(reader: Reader) -> None:
    whole, narrowed = answers.surveys(reader), answers.surveys(reader, None, "C", Selection(level="A"))
    assert [point.mean for point in narrowed.waves] == [point.mean for point in whole.waves]
    assert "Narrowed to cohort C, level A" in narrowed.notes[-1]
    with pytest.raises(answers.UnknownChoice, match="department Nowhere"):
        answers.surveys(reader, None, None, Selection(department="Nowhere"))
    with pytest.raises(answers.UnknownChoice, match="salary"):
        answers.survey_response(reader, None, "salary")


def test_a_question_is_named_by_its_text_where_a_file_told_it(sample_reader: Reader, found: SurveyItems) -> None:
    sample = answers.survey_items(sample_reader)
    labels = {(one.side, item.item): item.label for one in sample.constructs for item in one.items}
    assert labels["mentor", "lead1"] == "I can guide a colleague through something new."
    assert labels["mentee", "lead1"] == "I ask junior colleagues for feedback."
    assert confidence(found).items[0].label == "c1"


def test_health_names_what_calls_for_care(reader: Reader) -> None:
    health = answers.survey_health(reader)
    status = {check.name: check.status for check in health.checks}
    assert len(health.checks) == 5
    assert status == {
        "response": "passed", "waves": "passed", "anonymous": "passed", "reliability": "passed",
        "colleagues": "warning",
    }  # fmt: skip
    assert health.sentence == "These answers can be read with care: nobody to compare with."


def test_the_method_holds_every_statement_and_rule(reader: Reader, tmp_path: Path) -> None:
    method = answers.survey_method(reader)
    assert {name for name, _ in method.files} >= {"survey_score.sql", "survey_item.sql", "survey_asked.sql"}
    assert all("Grain:" in text for _, text in method.files)
    assert "two fifths" in dict(method.rules)["Favourable"]
