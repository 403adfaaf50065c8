"""Somebody who answers twice in one wave counts once, and whoever reads the report knows which response and why."""

from __future__ import annotations

import time
from pathlib import Path

from analysis.imports.formats import Request
from analysis.imports.report import FileReport, SourceFile
from analysis.imports.stage import check
from analysis.load import load
from analysis.store import Store
from tests.survey_files import PSEUDONYMS
from tests.told import nothing_computed, tell

HEAD = "survey_id,wave,side,response_id,employee_id,item,score,submitted_at,cohort,construct\n"


def response(name: str, person: str, day: str, scores: str, wave: str = "post", cohort: str = "") -> str:
    return "".join(
        f"s,{wave},mentor,{name},{person},q{item},{score},{day},{cohort},confidence\n"
        for item, score in enumerate(scores, start=1)
    )


def read(*responses: str) -> tuple[FileReport, set[tuple[str, float]]]:
    """The report, and (response_id, score) of what would load."""
    one = check(SourceFile("survey.csv", (HEAD + "".join(responses)).encode()), Request(), PSEUDONYMS)
    assert one.good and one.rows is not None, one.report.message
    return one.report, {(row["response_id"], row["score"]) for row in one.rows.to_pylist()}


def kept(*responses: str) -> set[str]:
    names = {PSEUDONYMS.of(f"R{n}"): f"R{n}" for n in range(9)}
    return {names[name] for name, _ in read(*responses)[1]}


def test_of_two_full_responses_the_last_counts_and_the_other_is_set_aside_with_the_reason() -> None:
    report, rows = read(response("R1", "A", "2024-05-01", "45"), response("R2", "A", "2024-05-09", "12"))
    assert {score for _, score in rows} == {1.0, 2.0}
    assert (report.loaded, report.rejected) == (2, 2)
    told = [issue for issue in report.issues if issue.code == "answered-twice"]
    assert told[0].message.startswith("1 responses are set aside because their person answered")
    assert [issue.line for issue in told[1:]] == [2, 3] and "again in line 4" in told[1].message


def test_the_fuller_response_counts_although_it_is_not_the_last() -> None:
    assert kept(response("R1", "A", "2024-05-01", "455"), response("R2", "A", "2024-05-09", "1")) == {"R1"}


def test_without_dates_the_later_line_is_the_last() -> None:
    assert kept(response("R2", "A", "", "45"), response("R1", "A", "", "12")) == {"R1"}


def test_other_people_waves_cohorts_and_rounds_are_no_second_response() -> None:
    first = response("R1", "A", "2024-05-01", "45")
    assert kept(first, response("R2", "B", "2024-05-02", "45")) == {"R1", "R2"}
    assert kept(first, response("R2", "A", "2024-05-02", "45", "pre")) == {"R1", "R2"}
    assert kept(first, response("R2", "A", "2024-07-30", "45")) == {"R2"}, "90 days later"
    assert kept(first, response("R2", "A", "2024-07-31", "45")) == {"R1", "R2"}, "91 days later: another round"
    one, two = (response(f"R{n}", "A", "2024-05-01", "45", cohort=f"c{n}") for n in (1, 2))
    assert kept(one, two) == {"R1", "R2"}


def test_a_pulse_is_asked_again_and_again() -> None:
    one, two = response("R1", "A", "2024-05-01", "4", "pulse"), response("R2", "A", "2024-05-02", "4", "pulse")
    assert kept(one, two) == {"R1", "R2"}
    assert kept(one, response("R2", "A", "2024-05-01", "4", "pulse")) == {"R2"}


def test_anonymous_responses_may_be_of_anybody() -> None:
    assert kept(response("R1", "", "2024-05-01", "4"), response("R2", "", "2024-05-01", "4")) == {"R1", "R2"}


def test_nobody_is_lost_whose_two_responses_are_each_the_fuller_in_one_wave() -> None:
    one = response("R1", "A", "2024-05-01", "444") + response("R1", "A", "2024-05-01", "4", "retro_pre")
    two = response("R2", "A", "2024-05-01", "4") + response("R2", "A", "2024-05-01", "44", "retro_pre")
    assert kept(one, two) == {"R1"}


def test_a_response_id_that_another_person_has_too_is_left_alone() -> None:
    other = response("R1", "B", "2024-05-01", "4", "pre")
    assert kept(response("R1", "A", "2024-05-01", "4"), response("R2", "A", "2024-05-02", "4"), other) == {"R1", "R2"}


def test_people_known_by_their_address_are_found_too() -> None:
    rows = "".join(f"R{n},{address},4,5\n" for n, address in enumerate(("a@x.org", "A@x.org", "b@x.org")))
    mapping = {
        "kind": "survey", "survey_id": "s", "wave": "post", "side": "mentor",
        "columns": {"ID": "response_id", "Email": "email"},
        "items": {f"Q{n}": {"item": f"q{n}", "construct": "confidence"} for n in (1, 2)},
    }  # fmt: skip
    one = check(SourceFile("x.csv", f"ID,Email,Q1,Q2\n{rows}".encode()), Request(mapping=mapping), PSEUDONYMS)
    assert one.good and (one.report.loaded, one.report.rejected) == (2, 1), one.report.message


def test_an_answer_in_an_earlier_load_is_told_once_the_second_comes(tmp_path: Path) -> None:
    rows = [
        {"survey_id": "s", "wave": "post", "side": "mentor", "item": "q", "score": 4, "employee_id": name,
         "response_id": f"{name}1", "submitted_at": "2024-05-01"}
        for name in "AB"
    ]  # fmt: skip
    people = [{"employee_id": name, "as_of_date": "2024-03-31", "hire_date": "2015-01-01"} for name in "AB"]
    assert not tell(tmp_path, people=people, survey=rows)
    later = [{**rows[0], "response_id": "other"}, {**rows[1], "response_id": "round", "submitted_at": "2024-08-01"}]
    told = tell(tmp_path, survey_2=later)
    assert set(told) == {("survey_2", "answered-before")}
    assert ": 1, the first in line 2." in told["survey_2", "answered-before"].message


def test_a_survey_of_five_thousand_is_checked_in_two_seconds(tmp_path: Path) -> None:
    responses = (response(f"R{n}", f"E{n % 4900}", "2024-05-01", "4352135243") for n in range(5000))
    source = SourceFile("survey.csv", (HEAD + "".join(responses)).encode())
    started = time.process_time()
    with nothing_computed():
        [report] = load(Store(tmp_path / "store"), [source], dry_run=True)
    assert (report.loaded, report.rejected) == (49_000, 1_000)
    assert time.process_time() - started < 2
