"""Queries that must return no row: they hold for the reference extract, and they notice what they are there for."""

from __future__ import annotations

import pytest

from analysis.store import Reader
from tests.small_employer import DATA_TESTS, broken_rules

# One corruption for each query, made on a copy of the table in a temporary schema.
CORRUPTIONS = {
    "one row for each trial and person": "insert into person_trial from person_trial limit 1",
    "covariates are never null": "update person_trial set gender = null",
    "the arm is 0 or 1": "update person_trial set a = 2",
    "flags are never null": "update person_trial set vanished = null",
    "a promotion comes after time zero": "update person_trial set promotion_month = 0",
    "nobody takes part twice on one side": "update person_trial set a = 1",
    "nobody who had left by time zero is compared": "update person_trial set exit_month = 0, barred = null",
    "an exit has a type": "update person_trial set exit_month = 1, exit_type = null",
    "each trial is a batch": "insert into trial from trial",
    "a base snapshot is not later than time zero": "update trial set base_date = time_zero + 1",
    "participants joined by time zero, in its month": "update enrolment set enrolled_on = date '2099-01-01'",
    "comparators had not joined by time zero": "update person_trial set a = 0",
    "nobody compared had joined the other side": "update enrolment set side = 'mentee'",
    "who joined is counted or named": "update trial set enrolled = 0",
}


def test_the_reference_extract_breaks_none(hr_a_reader: Reader) -> None:
    with hr_a_reader.cursor() as cursor:
        assert broken_rules(cursor) == {}


@pytest.mark.parametrize("name", DATA_TESTS)
def test_each_query_notices_what_it_is_there_for(hr_a_reader: Reader, name: str) -> None:
    with hr_a_reader.cursor() as cursor:
        for table in ("person_trial", "trial", "enrolment"):
            cursor.execute(f"create temp table {table} as from {table}")
        cursor.execute(CORRUPTIONS[name])
        assert cursor.execute(DATA_TESTS[name]).fetchone()
