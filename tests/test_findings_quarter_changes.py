"""What changed since last quarter: new time and new data told apart, and nothing told that lays few people open."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.findings import answers, codec
from analysis.findings.bundle import key_of
from analysis.findings.quarter_changes import headline_change, quarter_changes
from analysis.findings.results import HEADLINES, SIDES, Finding, Question
from analysis.store import Reader, Store
from tests import fabricated

NOW = replace(fabricated.FINDING, estimate=0.054, n_participants=142)
BEFORE = replace(NOW, estimate=0.049, n_participants=120, cohorts=NOW.cohorts[:-1])


def test_both_parts_add_up_to_the_whole_change() -> None:
    published = replace(BEFORE, estimate=0.042)
    row = headline_change(NOW, BEFORE, published)
    assert row.from_time == pytest.approx(0.005) and row.from_data == pytest.approx(0.007)
    assert (row.from_time or 0) + (row.from_data or 0) == pytest.approx(0.054 - 0.042)
    assert row.new_cohorts == ("2025Q1",) and row.new_participants == 22
    assert row.sentence == (
        "Mentors, retained at 12 months: +5.4 points, after +4.2. Cohort 2025Q1 (22 participants), now followed to the "
        "end, moved it by +0.5. New or corrected data on the earlier cohorts moved it by +0.7."
    )


def test_without_what_was_published_only_new_time_is_told() -> None:
    row = headline_change(NOW, BEFORE, None)
    assert row.published is None and row.from_data is None and "corrected" not in row.sentence
    assert "after +4.9" in row.sentence


def test_where_nothing_came_and_nothing_moved_it_says_so() -> None:
    row = headline_change(NOW, NOW, NOW)
    assert (row.from_time, row.from_data, row.new_cohorts) == (0.0, 0.0, ())
    assert row.sentence.endswith("Nothing was added and nothing corrected that moved it.")


def test_a_verdict_that_turned_is_said_with_both() -> None:
    before = replace(BEFORE, verdict="cannot_tell", verdict_label="Cannot tell")
    row = headline_change(NOW, before, None)
    assert "The verdict was: Cannot tell. It is: Evidence of benefit." in row.sentence
    whole = quarter_changes("2026Q3", "2026Q2", [NOW, NOW], [before, BEFORE], (), None, {})
    assert whole.sentence == ("Cohort 2025Q1 completed its follow-up since 2026 Q2. 1 of 2 verdicts changed.")


@pytest.mark.parametrize("people", [141, 133, 150])
def test_what_fewer_than_ten_people_moved_is_not_told(people: int) -> None:
    row = headline_change(NOW, replace(BEFORE, n_participants=people), None)
    assert row.before is row.from_time is row.from_data is row.published is None
    assert "Fewer than 10 people" in row.reason and "4.9" not in row.sentence


def test_a_new_cohort_that_is_hidden_elsewhere_is_not_laid_open_here() -> None:
    row = headline_change(NOW, BEFORE, replace(BEFORE, estimate=0.042), hidden=["2025Q1"])
    assert row.before is row.published is row.from_time is row.new_participants is None
    assert "may not be shown alone" in row.reason and "22" not in row.sentence and "4.9" not in row.sentence


@pytest.mark.parametrize("hidden", [fabricated.NOT_SHOWN, fabricated.TOO_FEW, fabricated.WITHHELD])
def test_a_number_that_is_not_shown_in_one_quarter_gives_none_of_the_change(hidden: Finding) -> None:
    for now, before in ((NOW, hidden), (hidden, NOW)):
        row = headline_change(now, before, None)
        assert row.before is row.from_time is row.from_data is None
        assert hidden.verdict_label.lower() in row.sentence


def test_the_first_quarter_has_nothing_beside_it(sample_reader: Reader) -> None:
    first = answers.quarters(sample_reader)[-1]
    found = answers.quarter_changes(sample_reader, first)
    assert found.before is None and found.rows == () and "first quarter" in found.sentence


def test_new_time_is_the_difference_of_two_quarters_of_todays_data(sample_reader: Reader) -> None:
    found = answers.quarter_changes(sample_reader, "2026Q2")
    assert found.before == "2026Q1" and found.published_version is None and len(found.rows) == 6
    for row, (side, outcome) in zip(found.rows, [(s, o) for s in SIDES for o in HEADLINES], strict=True):
        now, before = (
            answers.effects(sample_reader, Question(outcome, side, 12, quarter))[0] for quarter in ("2026Q2", "2026Q1")
        )
        assert now.estimate is not None and before.estimate is not None
        assert row.now == now and row.from_time == pytest.approx(now.estimate - before.estimate)


def test_no_new_cohort_that_is_hidden_in_the_sample_is_spoken_of(sample_reader: Reader) -> None:
    """Two cohorts completed together, one of them tiny: alone neither is shown, and not what both of them moved."""
    found = answers.quarter_changes(sample_reader, "2025Q2")
    assert {row.new_cohorts for row in found.rows} == {("2024 Spring", "2024 Summer")}
    assert all(row.from_time is None and row.new_participants is None for row in found.rows)


def test_a_new_cohort_that_is_shown_is_spoken_of(sample_reader: Reader) -> None:
    """It came alone, so that the quarter before gives nobody else away: the new ones are the cohort's own number."""
    row = answers.quarter_changes(sample_reader, "2026Q3").rows[0]
    by = Question(row.now.outcome, row.now.side, 12, "2026Q3", by="cohort")
    alone = {cohort.group: cohort.n_participants for cohort in answers.effects(sample_reader, by)}
    assert row.new_cohorts == ("2025 Summer",)
    assert row.new_participants == alone["2025 Summer"]


def test_what_was_published_then_is_read_from_the_version_that_is_still_kept(
    sample_store: Path, tmp_path: Path
) -> None:
    """Version 2 ends with the quarter before and had another number; version 3 is as version 1."""
    store = Store(tmp_path / "store")
    shutil.copytree(sample_store, store.folder)
    shutil.copy(sample_store.with_name("store.key"), store.key_path)
    key = key_of("effects", Question("retention", "mentor", 12, "2026Q1"))
    with store.reader().cursor() as cursor:
        (body,) = cursor.execute("select body from stored_finding where question = ?", [key]).fetchone() or ("",)
        (as_of,) = cursor.execute("select data_as_of from calendar").fetchone() or (None,)
    (today,) = codec.decode_all(Finding, body)
    assert today.estimate is not None
    other = codec.encode((replace(today, estimate=today.estimate - 0.013),))
    for day, text in (("2026-03-31", other), (as_of, body)):
        with store.writing() as draft:
            draft.connection.execute("update calendar set data_as_of = ?", [day])
            draft.connection.execute("update stored_finding set body = ? where question = ?", [text, key])
    found = answers.quarter_changes(store.reader(), "2026Q2")
    assert found.published_version == 2
    assert found.rows[0].from_data == pytest.approx(0.013)
    assert [row.from_data for row in found.rows[1:]] == [0.0] * 5
    assert "Data on earlier cohorts changed as well." in found.sentence
    # A version that can't be opened, or holds findings of another shape, is as good as gone.
    with store.writing() as draft:
        draft.connection.execute("update stored_finding set body = body")
    (store.folder / "v000003.duckdb").write_bytes(b"nothing")
    assert answers.quarter_changes(store.reader(), "2026Q2").published_version == 2
