"""What people files are told about ids, birth years and levels that do not fit together."""

from __future__ import annotations

from pathlib import Path

from tests.told import LADDER, staff, tell

MARCH, JUNE, SEPTEMBER = "2024-03-31", "2024-06-30", "2024-09-30"


def test_one_address_under_two_ids_is_told_once_at_the_second_id(tmp_path: Path) -> None:
    march = staff(MARCH, "A", email="a@x.org") + staff(MARCH, "B", email="b@x.org")
    june = march[:0] + staff(JUNE, "A", email="a@x.org") + staff(JUNE, "B") + staff(JUNE, "C", email="A@x.org")
    september = staff(SEPTEMBER, "A", email="a@x.org") + staff(SEPTEMBER, "BC", email="")
    told = tell(tmp_path, people=march, people_2=june, people_3=september)
    assert set(told) == {("people_2", "duplicated-person")}
    assert told["people_2", "duplicated-person"].line == 4


def test_one_address_under_one_id_is_no_duplicate(tmp_path: Path) -> None:
    march, june = staff(MARCH, "A", email="a@x.org"), staff(JUNE, "A", email="a@x.org")
    assert not tell(tmp_path, people=march, people_2=june)


def test_another_birth_year_than_before_is_told_at_the_first_such_line(tmp_path: Path) -> None:
    june = staff(JUNE, "B", birth_year=1980) + staff(JUNE, "A", birth_year=1991)
    told = tell(tmp_path, people=staff(MARCH, "AB", birth_year=1980), people_2=june)
    assert set(told) == {("people_2", "two-birth-years")} and told["people_2", "two-birth-years"].line == 3


def test_a_birth_year_that_is_blank_once_is_no_other_one(tmp_path: Path) -> None:
    assert not tell(tmp_path, people=staff(MARCH, "A", birth_year=1980), people_2=staff(JUNE, "A", birth_year=""))


def test_a_new_grading_of_a_quarter_of_staff_is_told(tmp_path: Path) -> None:
    june = staff(JUNE, "PQR") + staff(JUNE, "S", level="B")
    told = tell(tmp_path, people=staff(MARCH, "PQRS"), people_2=june, ladder=LADDER)
    message = told["people_2", "mass-regrading"].message
    assert "the first of 2024-06-30 (25%)" in message and "no promotions are derived" in message


def test_one_in_five_who_change_level_is_no_new_grading(tmp_path: Path) -> None:
    june = staff(JUNE, "PQRS") + staff(JUNE, "T", level="B")
    assert not tell(tmp_path, people=staff(MARCH, "PQRST"), people_2=june, ladder=LADDER)


def test_a_ladder_that_comes_later_tells_of_the_new_grading_itself(tmp_path: Path) -> None:
    june = staff(JUNE, "PQR") + staff(JUNE, "S", level="B")
    assert not tell(tmp_path, people=staff(MARCH, "PQRS"), people_2=june)
    assert set(tell(tmp_path, ladder=LADDER)) == {("ladder", "mass-regrading")}


def test_levels_that_the_ladder_lacks_are_counted_once_each(tmp_path: Path) -> None:
    tell(tmp_path, people=staff(MARCH, "PQ", level="Z") + staff(MARCH, "R", level="Y") + staff(MARCH, "S"))
    assert "lacks: 2." in tell(tmp_path, ladder=LADDER)["ladder", "level-not-in-ladder"].message
