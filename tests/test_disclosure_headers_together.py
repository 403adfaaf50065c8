"""Whose effects may be told is counted once for all headers of a figure: each gets what it gets by itself."""

from __future__ import annotations

from datetime import date

from analysis.findings import answers
from analysis.findings.effect_hiding import Hiding, effect_hiding
from analysis.findings.results import Selection
from analysis.store import Reader

HEADERS = (None, "cohort", "gender", "disability", "department", "level", "location")


def test_headers_asked_together_hide_what_each_hides_by_itself(sample_reader: Reader) -> None:
    here = answers.context(sample_reader)
    place = answers.selection_choices(sample_reader, "mentor")["location"][0]
    with sample_reader.cursor() as cursor:
        days = here.cutoffs(cursor)

        def hidden(where: Selection, *by: str | None) -> dict[str | None, dict[str, Hiding]]:
            return effect_hiding(cursor, here.plan, "mentor", "exits", 12, days[0], days, where, by)

        for where in (Selection(), Selection(location=place)):
            together = hidden(where, *HEADERS)
            assert list(together) == list(HEADERS)
            for header in HEADERS:
                assert together[header] == hidden(where, header)[header]
            assert any(any(each.groups.values()) for found in together.values() for each in found.values())


def test_the_last_days_of_quarters_are_those_of_each(sample_reader: Reader) -> None:
    here = answers.context(sample_reader)
    with sample_reader.cursor() as cursor:
        days = here.cutoffs(cursor)
        assert days == tuple(here.cutoff(cursor, quarter) for quarter in here.quarters)
    assert sorted(days, reverse=True) == list(days)
    assert all(isinstance(day, date) for day in days)
