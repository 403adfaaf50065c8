"""What people files are told about hires and exits: who is missing, who came back, what is dated ahead."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.small_employer import Row
from tests.told import staff, tell

MARCH, JUNE, SEPTEMBER = "2024-03-31", "2024-06-30", "2024-09-30"


def many(
    count: int, day: str = MARCH, hired: tuple[str, ...] = ("2015-01-01", "2022-06-01"), **facts: object
) -> list[Row]:
    return [
        {"employee_id": f"p{n}", "as_of_date": day, "hire_date": hired[n % len(hired)], "termination_date": "", **facts}
        for n in range(count)
    ]


def test_a_list_of_those_who_stayed_is_noticed(tmp_path: Path) -> None:
    issue = tell(tmp_path, people=many(200))["people", "survivors-only"]
    assert "200 people" in issue.message and issue.line == 1


def test_snapshots_in_which_nobody_ever_leaves_are_noticed_at_the_newest(tmp_path: Path) -> None:
    one_day = ("2023-01-01",)
    told = tell(tmp_path, people=many(200, "2023-03-31", one_day), people_2=many(200, MARCH, one_day))
    assert set(told) == {("people_2", "survivors-only")}


def test_one_exit_one_leaving_event_or_one_who_is_gone_ends_that_suspicion(tmp_path: Path) -> None:
    left = [*many(200), *staff(MARCH, "Z", termination_date="2024-02-01")]
    assert not tell(tmp_path / "exit", people=left)
    leaving = [{"employee_id": "p1", "effective_date": "2024-04-01", "event_type": "termination"}]
    assert not tell(tmp_path / "event", people=many(200), job_events=leaving)
    told = tell(tmp_path / "gone", people=many(201, "2023-03-31"), people_2=many(200, MARCH))
    assert set(told) == {("people_2", "vanished")}


def test_few_people_or_hires_of_a_few_months_are_no_suspicion(tmp_path: Path) -> None:
    assert not tell(tmp_path / "few", people=many(199))
    assert not tell(tmp_path / "new", people=many(250, hired=("2024-01-01", "2024-03-01")))


def test_who_is_missing_from_the_next_snapshot_without_an_exit_is_named_by_line(tmp_path: Path) -> None:
    told = tell(tmp_path, people=staff(MARCH, "ABCD"), people_2=staff(JUNE, "BC"))
    assert set(told) == {("people_2", "vanished")}
    issue = told["people_2", "vanished"]
    assert "no exit: 2, the first stands in line 2 of people.csv (2024-03-31)" in issue.message and issue.line == 1


def test_who_left_with_a_date_an_event_or_by_status_has_not_vanished(tmp_path: Path) -> None:
    march = staff(MARCH, "ABCD") + staff(MARCH, "E", employment_status="terminated")
    june = [*staff(JUNE, "A"), *staff(JUNE, "B", termination_date="2024-05-01")]
    september = staff(SEPTEMBER, "AD") + staff(SEPTEMBER, "C", termination_date="2024-06-10")
    events = [{"employee_id": "D", "effective_date": "2024-05-05", "event_type": "termination"}]
    told = tell(tmp_path, people=march, people_2=june, people_3=september, job_events=events)
    assert not {code for _, code in told} & {"vanished"}


def test_an_older_snapshot_that_comes_later_tells_of_its_own_lines(tmp_path: Path) -> None:
    tell(tmp_path, people=staff(JUNE, "B"))
    issue = tell(tmp_path, people_2=staff(MARCH, "BA"))["people_2", "vanished"]
    assert issue.line == 3


def test_the_exit_of_a_later_employment_does_not_explain_an_earlier_absence(tmp_path: Path) -> None:
    again = staff(SEPTEMBER, "A", hire_date="2024-08-01", termination_date="2024-09-15")
    told = tell(tmp_path, people=staff(MARCH, "AB"), people_2=staff(JUNE, "B"), people_3=staff(SEPTEMBER, "B") + again)
    assert "vanished" in {code for _, code in told}


def test_people_hired_again_are_told_once_where_it_shows_first(tmp_path: Path) -> None:
    march = staff(MARCH, "A", termination_date="2024-02-01") + staff(MARCH, "B")
    june = staff(JUNE, "B") + staff(JUNE, "A", hire_date="2024-05-01")
    september = staff(SEPTEMBER, "B") + staff(SEPTEMBER, "A", hire_date="2024-05-01")
    told = tell(tmp_path, people=march, people_2=june, people_3=september)
    assert set(told) == {("people_2", "rehired")} and told["people_2", "rehired"].line == 3


def test_people_employed_after_their_exit_are_no_rehires_without_a_new_hire_date(tmp_path: Path) -> None:
    told = tell(tmp_path, people=staff(MARCH, "A", termination_date="2024-02-01"), people_2=staff(JUNE, "A"))
    assert set(told) == {("people_2", "back-after-exit")}


def test_an_announced_exit_that_did_not_happen_is_no_return(tmp_path: Path) -> None:
    told = tell(tmp_path, people=staff(MARCH, "A", termination_date="2024-05-01"), people_2=staff(JUNE, "A"))
    assert set(told) == {("people", "announced-exit")}


def test_a_hire_date_that_changes_without_an_exit_is_told_at_the_change(tmp_path: Path) -> None:
    june = staff(JUNE, "B") + staff(JUNE, "A", hire_date="2016-01-01")
    september = staff(SEPTEMBER, "B") + staff(SEPTEMBER, "A", hire_date="2016-01-01")
    told = tell(tmp_path, people=staff(MARCH, "AB"), people_2=june, people_3=september)
    assert set(told) == {("people_2", "hire-date-changed")} and told["people_2", "hire-date-changed"].line == 3


def test_what_is_announced_is_told_apart_from_what_cannot_be(tmp_path: Path) -> None:
    coming = staff(MARCH, "A", hire_date="2024-05-01") + staff(MARCH, "B", termination_date="2024-04-30")
    never = staff(MARCH, "C", hire_date="2042-05-01")
    told = tell(tmp_path, people=staff(MARCH, "D") + coming + never)
    assert {code: issue.line for (_, code), issue in told.items()} == {
        "announced-hire": 3, "announced-exit": 4, "future-hire": 5,
    }  # fmt: skip


def test_a_list_without_a_date_is_held_against_today(tmp_path: Path) -> None:
    ahead = (date.today() + timedelta(days=40)).isoformat()
    rows = [{"employee_id": "A", "hire_date": "2024-05-01", "termination_date": ahead}]
    rows += [{"employee_id": "B", "hire_date": "2024-05-01", "termination_date": "2024-08-01"}]
    assert set(tell(tmp_path, people=rows)) == {("people", "announced-exit")}


def test_snapshots_that_follow_from_each_other_are_told_nothing(tmp_path: Path) -> None:
    march, june = staff(MARCH, "AB"), staff(JUNE, "A") + staff(JUNE, "B", termination_date="2024-06-01")
    september = staff(SEPTEMBER, "A") + staff(SEPTEMBER, "C", hire_date="2024-08-01")
    assert not tell(tmp_path, people=march, people_2=june, people_3=september, ladder=[{"level": "A", "rank": 1}])


def test_whoever_is_terminated_by_status_without_a_date_is_counted_and_what_it_means_is_said(tmp_path: Path) -> None:
    gone = staff(JUNE, "AB", employment_status="terminated")
    told = tell(tmp_path, people=staff(MARCH, "ABC"), people_2=gone + staff(JUNE, "C"))
    issue = told["people_2", "terminated-without-date"]
    assert ": 2, the first in line 2." in issue.message and "retention is withheld" in issue.message
    assert set(told) == {("people_2", "terminated-without-date")}


def test_so_is_whoever_a_list_without_a_date_calls_terminated(tmp_path: Path) -> None:
    rows = [{"employee_id": name, "hire_date": "2015-01-01", "employment_status": "terminated"} for name in "AB"]
    told = tell(tmp_path, people=rows)
    assert ": 2, the first" in told["people", "terminated-without-date"].message


def test_a_date_on_the_row_on_another_row_or_in_a_leaving_event_is_enough(tmp_path: Path) -> None:
    gone = staff(JUNE, "A", employment_status="terminated", termination_date="2024-05-01")
    gone += staff(JUNE, "BC", employment_status="terminated")
    march = staff(MARCH, "AC") + staff(MARCH, "B", termination_date="2024-05-01")
    leaving = [{"employee_id": "C", "effective_date": "2024-05-01", "event_type": "termination"}]
    told = tell(tmp_path, people=march, people_2=gone, job_events=leaving)
    assert ("people_2", "terminated-without-date") not in told
