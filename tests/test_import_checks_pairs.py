"""What pairs files are told: who is unknown, who had left, who stands above whom, who can't be followed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from analysis.imports.checks import swapped_share
from analysis.imports.programmes import NEW
from analysis.load import history
from analysis.store import Store
from tests.small_employer import Row
from tests.told import LADDER, staff, tell

JUNIORS, SENIORS = staff("2023-12-31", "abcd"), staff("2023-12-31", "WXYZ", level="D")
LAST = staff("2025-12-31", "abcd") + staff("2025-12-31", "WXYZ", level="D")
PEOPLE = {"people": JUNIORS + SENIORS, "people_2": LAST, "ladder": LADDER}


def pairs(*couples: str, start: str = "2024-02-01", **facts: object) -> list[Row]:
    """Pairs of a mentor and a mentee, given as two letters."""
    return [{"mentor_id": mentor, "mentee_id": mentee, "start_date": start, **facts} for mentor, mentee in couples]


def test_pairs_that_fit_are_told_nothing(tmp_path: Path) -> None:
    ended = pairs("aW", "bX", cohort="one", end_date="2024-09-30") + pairs("aY", start="2024-10-01", cohort="two")
    assert not tell(tmp_path, **PEOPLE, pairs=ended)


def test_somebody_in_no_people_file_is_told(tmp_path: Path) -> None:
    told = tell(tmp_path, **PEOPLE, pairs=pairs("aW", "qX", "bQ"))
    assert set(told) == {("pairs", "unknown-person")}
    assert told["pairs", "unknown-person"].line == 3 and ": 2, the first" in told["pairs", "unknown-person"].message


def test_an_address_where_an_id_belongs_is_told(tmp_path: Path) -> None:
    addressed = staff("2023-12-31", "a", email="a@x.org") + SENIORS
    told = tell(tmp_path, people=addressed, pairs=[*pairs("aW"), {**pairs("aX")[0], "mentor_id": "a@x.org"}])
    assert told["pairs", "named-by-email"].line == 3


def test_a_pair_after_the_exit_is_told_and_one_after_a_new_hire_is_not(tmp_path: Path) -> None:
    left = staff("2025-12-31", "ef", termination_date="2024-01-10")
    again = staff("2026-03-31", "f", hire_date="2024-01-20")
    told = tell(tmp_path, people=left + LAST, people_2=again + LAST[:0], pairs=pairs("aW", "eX", "fY"))
    assert told["pairs", "enrolled-after-exit"].line == 3
    assert ": 1, the first" in told["pairs", "enrolled-after-exit"].message


def test_a_leaving_event_counts_as_an_exit(tmp_path: Path) -> None:
    leaving = [{"employee_id": "a", "effective_date": "2024-01-15", "event_type": "termination"}]
    told = tell(tmp_path, people=JUNIORS + SENIORS, job_events=leaving, pairs=pairs("bW", "aX"))
    assert told["pairs", "enrolled-after-exit"].line == 3


def test_pairs_yet_to_start_are_announced(tmp_path: Path) -> None:
    ahead = (date.today() + timedelta(days=9)).isoformat()
    told = tell(
        tmp_path, **PEOPLE, pairs=pairs("aW") + pairs("bX", start=ahead) + pairs("cY", start=ahead, status="planned")
    )
    assert ": 1, the first in line 3" in told["pairs", "announced-start"].message


def test_two_cohorts_at_once_are_told_and_two_partners_in_one_are_not(tmp_path: Path) -> None:
    told = tell(tmp_path, **PEOPLE, pairs=pairs("aW", "aX", "bW", cohort="one", end_date="2024-12-31"))
    assert not told
    told = tell(tmp_path, more=pairs("aY", start="2024-08-01", cohort="two"))
    assert told["more", "enrolled-twice"].line == 2
    assert not tell(tmp_path, more=pairs("aY", start="2025-06-01", cohort="three", end_date="2025-09-30"))


def test_a_pair_that_stands_twice_is_told(tmp_path: Path) -> None:
    twice = pairs("aW", cohort="one", pair_id="1") + pairs("aW", start="2024-03-01", cohort="one", pair_id="2")
    assert tell(tmp_path, **PEOPLE, pairs=twice)["pairs", "enrolled-twice"].line == 3


def share(folder: Path) -> tuple[int, int]:
    store = Store(folder / "store")
    load_id = next(record.load_id for record in history(store) if record.kind == "pairs")
    with store.reader().cursor() as cursor:
        return swapped_share(cursor, load_id)


def test_a_mentor_above_the_mentee_is_told(tmp_path: Path) -> None:
    told = tell(tmp_path, **PEOPLE, pairs=pairs("aW", "Xb", "cY", "qZ"))
    issue = told["pairs", "mentor-above-mentee"]
    assert issue.line == 3 and "1 of 3" in issue.message and "swapped" not in issue.message
    assert share(tmp_path) == (3, 1)


def test_most_mentors_above_their_mentees_look_like_swapped_columns(tmp_path: Path) -> None:
    told = tell(tmp_path, **PEOPLE, pairs=pairs("Wa", "Xb", "cY"))
    assert "swapped" in told["pairs", "mentor-above-mentee"].message
    assert share(tmp_path) == (3, 2)


def test_levels_are_those_at_the_start_of_the_pair(tmp_path: Path) -> None:
    risen = staff("2025-12-31", "a", level="D") + staff("2025-12-31", "WXYZ", level="C")
    told = tell(tmp_path, people=JUNIORS + SENIORS, people_2=risen + LAST[1:4], ladder=LADDER, pairs=pairs("aW"))
    assert ("pairs", "mentor-above-mentee") not in told and share(tmp_path) == (1, 0)


def test_without_a_ladder_or_in_another_programme_nobody_stands_above(tmp_path: Path) -> None:
    assert not tell(tmp_path / "bare", people=LAST, pairs=pairs("Wa"))
    assert share(tmp_path / "bare") == (0, 0)
    answers = {"programmes:classic": NEW}
    told = tell(tmp_path / "other", answers, **PEOPLE, pairs=pairs("Wa", programme_id="classic"))
    assert set(told) == {("pairs", "unknown-programme")} and share(tmp_path / "other") == (0, 0)


def test_a_cohort_that_starts_as_the_data_end_cannot_be_followed(tmp_path: Path) -> None:
    late = pairs("bX", start="2025-10-15", cohort="late", end_date="2026-06-30")
    told = tell(tmp_path, **PEOPLE, pairs=pairs("aW", cohort="early", end_date="2024-12-31") + late)
    issue = told["pairs", "cohort-without-follow-up"]
    assert issue.line == 3 and '"late"' in issue.message and "2025-12-31" in issue.message
    newer = [row | {"as_of_date": "2026-03-31"} for row in LAST]
    assert not tell(tmp_path, people_3=newer)
    assert not tell(tmp_path, more=pairs("cY", start="2025-10-15", cohort="late", end_date="2026-06-30"))


def test_first_people_files_older_than_the_pairs_are_told(tmp_path: Path) -> None:
    assert set(tell(tmp_path, pairs=pairs("aW"))) == {("pairs", "unknown-person")}
    told = tell(tmp_path, people=JUNIORS + SENIORS)
    assert set(told) == {("people", "cohort-without-follow-up")}
    assert told["people", "cohort-without-follow-up"].line == 1
    newer = [row | {"as_of_date": "2024-03-31"} for row in JUNIORS + SENIORS]
    assert not tell(tmp_path, people_2=newer)
