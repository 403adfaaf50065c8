"""What the leaders' page says of all its numbers: whether they can be read, what was adjusted for, who stands out."""

from __future__ import annotations

from dataclasses import replace

from analysis.findings.impact import health, standing
from analysis.findings.reach import four_fifths_sentence
from analysis.findings.results import Check, Finding, ReachRow
from tests import fabricated

LOT = Check("randomised", "Chosen by lot", "could_not_run", "Not random.")


def adjusted(*covariates: str, **changes: object) -> Finding:
    return replace(fabricated.FINDING, settings={"covariates": list(covariates)}, **changes)


def test_the_standing_words_name_what_every_comparison_adjusts_for() -> None:
    said = standing(
        (
            adjusted("cohort", "level", "age_band", "gender", "level_by_rating"),
            adjusted("cohort", "level", "gender", "level_by_rating"),
        )
    )
    assert "alike in cohort, level and gender;" in said and "motivation" in said
    assert "alike" not in standing((adjusted("level", estimate=None),)) and "motivation" in standing(())


def test_the_strip_counts_every_check_once_and_shows_the_lottery_nowhere() -> None:
    found = health((replace(fabricated.FINDING, checks=(*fabricated.CHECKS, LOT)),), fabricated.surveys())
    names = {check.name for check in (*fabricated.CHECKS, LOT)}
    assert found.total == len(names)
    assert "randomised" not in {check.name for check in found.checks}
    assert f"{found.passed} of the {found.total} kinds of check passed" in found.sentence


def row(group: str, ratio: float | None, p: float | None) -> ReachRow:
    return ReachRow("ethnicity", group, 100, 20, 0.2, ratio, ratio, ratio, p, ratio is not None and ratio < 0.8, None)


def test_chance_is_judged_over_all_groups_tested_together() -> None:
    flagged = row("a", 0.6, 0.03)
    alone = four_fifths_sentence([flagged, row("best", 1.0, None)])
    assert "adjusted for the 1 group tested" in alone and "for 1 of them chance is unlikely" in alone
    among = four_fifths_sentence([flagged, row("best", 1.0, None), *(row(name, 0.9, 0.6) for name in "bcde")])
    assert "adjusted for the 5 groups tested" in among and "chance could explain each of them" in among


def test_where_no_number_is_shown_no_check_is_counted_and_the_reason_is_said() -> None:
    hidden = replace(fabricated.FINDING, suppressed=True, verdict="not_shown", checks=())
    nobody = replace(hidden, cohorts=())
    waves = replace(fabricated.surveys(), responses=())
    said = health((hidden,), waves).sentence
    assert "0 of the 0" not in said and "There are no checks, because none of the numbers is shown." in said
    assert "too few people" in said
    said = health((nobody,), waves).sentence
    assert "nobody who took part can be compared yet" in said and "too few people" not in said
