"""How far each person came, by hand: invited with and without a cohort, joined without being asked, left on the day."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from analysis.plan import current_plan, read_plan
from analysis.study.path import PathCohort, leadership, open_path, path_counts
from tests.tiny import Person, Tiny, csv, employer, pair

CUTOFF = date(2025, 9, 30)
START, LATER = "2024-07-10", "2025-04-10"


def asked(name: str, response: str, **more: str) -> dict[str, str]:
    return {"employee_id": name, "side": "mentor", "response": response, "cohort": "one", "invited_on": "2024-06-01",
            **more}  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    woman, man = {"gender": "woman", "department": "Sales"}, {"gender": "man", "department": "Ops"}
    people = [
        Person("stays", more=woman),
        Person("leaves on the day", left="2025-07-10", more=woman),
        Person("leaves before", left="2025-07-09", more=man),
        Person("rises", levels={"2000-01-01": "A", "2025-01-15": "B"}, more=man),
        Person("declines", more=woman),
        Person("not drawn", more=man),
        Person("joined unasked", more=man),
        Person("asked for the next", more=woman),
        Person("never asked", more=man),
        *[Person(f"senior of {name}", levels={"2000-01-01": "C"}, more=man) for name in ("x",)],
    ]
    joined = ("stays", "leaves on the day", "leaves before", "rises", "joined unasked")
    invitations = [
        *(asked(name, "accepted") for name in joined if name != "joined unasked"),
        asked("declines", "declined"),
        asked("not drawn", "not_drawn", method="lottery"),
        asked("asked for the next", "no_answer", cohort="", invited_on="2025-01-01"),
    ]
    return employer(
        tmp_path_factory.mktemp("path"),
        people,
        [*(pair(name, START) for name in joined), pair("declines", LATER, "two")],
        extra={"invitations.csv": csv(invitations)},
    )


def counted(tiny: Tiny, cohort: str | None, where: dict[str, str] | None = None) -> dict[str, dict[str, int]]:
    with tiny.reader.cursor() as cursor:
        open_path(cursor, current_plan(cursor), "mentor", CUTOFF)
        frame = path_counts(cursor, where or {})
    rows = frame[
        (frame["header"] == "gender") & (frame["cohort"].isna() if cohort is None else frame["cohort"] == cohort)
    ]
    return {row["group"]: row for row in rows.to_dict("records")}


def steps(row: dict[str, int]) -> tuple[int, ...]:
    return tuple(row[name] for name in ("eligible", "invited", "accepted", "paired", "joined", "followed", "stayed"))


def test_one_cohort_by_hand(tiny: Tiny) -> None:
    found = counted(tiny, "one")
    assert steps(found["woman"]) == (4, 3, 2, 2, 2, 2, 1)
    assert steps(found["man"]) == (5, 4, 3, 3, 3, 3, 2)
    assert (found["man"]["could_rise"], found["man"]["promoted"]) == (3, 1)


def test_an_invitation_without_a_cohort_is_for_whatever_starts_next(tiny: Tiny) -> None:
    found = counted(tiny, "two")
    assert steps(found["woman"])[:5] == (2, 2, 1, 1, 1), "asked for the next, and who joined it"
    assert steps(found["woman"])[5:] == (0, 0), "not followed for a year"


def test_over_all_cohorts_a_person_counts_once(tiny: Tiny) -> None:
    found = counted(tiny, None)
    assert steps(found["woman"]) == (4, 4, 3, 3, 3, 2, 1)
    assert steps(found["man"]) == (5, 4, 3, 3, 3, 3, 2)


def test_a_view_is_narrowed_by_what_was_true_then(tiny: Tiny) -> None:
    assert set(counted(tiny, None, {"department": "Sales"})) == {"woman"}
    assert counted(tiny, None, {"department": "Sales' or 1=1 --"}) == {}
    assert counted(tiny, None, {"programme": "reverse"}) == counted(tiny, None)


def test_what_is_known_of_each_cohort(tiny: Tiny) -> None:
    with tiny.reader.cursor() as cursor:
        cohorts = open_path(cursor, current_plan(cursor), "mentor", CUTOFF)
    assert cohorts == (PathCohort("one", True, True, 5, 0, 1), PathCohort("two", False, True, 1, 0, 1))


def test_before_a_cohort_starts_it_is_not_there(tiny: Tiny) -> None:
    with tiny.reader.cursor() as cursor:
        cohorts = open_path(cursor, current_plan(cursor), "mentor", date(2025, 1, 31))
    assert [(cohort.cohort, cohort.followed) for cohort in cohorts] == [("one", False)]


def test_who_leads_is_told_from_the_last_list_of_each_quarter(tiny: Tiny) -> None:
    with tiny.reader.cursor() as cursor:
        levels, frame = leadership(cursor, current_plan(cursor), "gender", CUTOFF)
    assert levels == ("C", "B")
    rows = {(row["quarter"], row["group"]): (row["people"], row["senior"]) for row in frame.to_dict("records")}
    assert rows["2024Q1", "man"] == (6, 1) and rows["2025Q3", "man"] == (5, 2)
    assert rows["2025Q3", "woman"] == (3, 0), "who left is not counted"
    assert list(dict.fromkeys(frame["quarter"])) == [
        "2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3",
    ]  # fmt: skip


def test_without_a_ladder_nobody_can_be_called_senior() -> None:
    bare = duckdb.connect()
    bare.execute("create table ladder (level text, rank integer)")
    levels, frame = leadership(bare, read_plan(""), "gender", CUTOFF)
    assert levels == () and frame.empty
