"""All later quarters are counted at once as each is by itself."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.findings import answers
from analysis.findings.answers.common import context
from analysis.store import Reader
from analysis.study.path import later_counts, open_path, path_counts, started_cohorts

KEYS = ["cohort", "header", "group"]


@pytest.mark.parametrize("where", [{}, {"department": "Sales", "location": "London"}])
def test_later_days_at_once_equal_each_by_itself(sample_reader: Reader, where: dict[str, str]) -> None:
    here = context(sample_reader)
    with sample_reader.cursor() as cursor:
        days = here.cutoffs(cursor)
        found = later_counts(cursor, here.plan, "mentor", days[5], [days[0], days[2]], where)
        for day, frame in zip((days[0], days[2]), found, strict=True):
            open_path(cursor, here.plan, "mentor", day)
            alone = path_counts(cursor, where)
            told = [each[each["header"].isin(["gender", "level"])].reset_index(drop=True) for each in (frame, alone)]
            pd.testing.assert_frame_equal(*(each.sort_values(KEYS, ignore_index=True) for each in told))


def test_places_keep_the_names_that_they_have_on_the_first_day(sample_reader: Reader) -> None:
    here = context(sample_reader)
    with sample_reader.cursor() as cursor:
        days = here.cutoffs(cursor)
        (later,) = later_counts(cursor, here.plan, "mentor", days[-1], [days[0]], {})
        open_path(cursor, here.plan, "mentor", days[-1])
        then = path_counts(cursor, {})
        named = [set(each.loc[each["header"] == "department", "group"]) for each in (later, then)]
        assert named[0] == named[1]
        assert later_counts(cursor, here.plan, "mentor", days[0], [], {}) == ()


def test_cohorts_by_name_are_those_of_the_path(sample_reader: Reader) -> None:
    here = context(sample_reader)
    with sample_reader.cursor() as cursor:
        for day in (here.cutoffs(cursor)[0], here.cutoffs(cursor)[-1]):
            named = tuple(cohort.cohort for cohort in open_path(cursor, here.plan, "mentee", day))
            assert started_cohorts(cursor, "mentee", day) == named
    assert answers.started_cohorts(sample_reader, "mentee", here.quarters[-1]) == named
