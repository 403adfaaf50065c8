"""The evidence behind a number, on the sample employer whose truth is planted: every part of it is there and right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.findings import answers, words
from analysis.findings.evidence import Family
from analysis.findings.results import Question
from analysis.store import Reader

RETENTION = Question("retention", "mentor")


def test_every_horizon_and_outcome_gives_a_number_for_both_sides(sample_reader: Reader) -> None:
    for outcome, months in (("retention", 6), ("retention", 18), ("retention", 24), ("promotion", 6),
                            ("involuntary_exit", 12)):  # fmt: skip
        for side in ("mentor", "mentee"):
            (found,) = answers.effects(sample_reader, Question(outcome, side, months))  # type: ignore[arg-type]
            assert found.estimate is not None and found.ci_low is not None and found.ci_high is not None
            assert found.ci_low < found.estimate < found.ci_high
            # Declared are three outcomes at twelve months: anything else is exploratory, without verdict or grade.
            assert (found.verdict, found.grade) == ("exploratory", None)


def test_six_months_never_hold_more_exits_than_twelve(sample_reader: Reader) -> None:
    rates = [
        answers.effects(sample_reader, Question("voluntary_exit", "mentor", months))[0].rate_comparators
        for months in (6, 12, 18, 24)
    ]
    assert rates == sorted(rates)  # type: ignore[type-var]


def test_exits_of_each_kind_and_staying_add_up(sample_reader: Reader) -> None:
    for side in ("mentor", "mentee"):
        curves = answers.curves(sample_reader, side)  # type: ignore[arg-type]
        for arm in (curves.participants, curves.comparators):
            assert arm is not None and len(arm.incidences) == 3
            for month in arm.months:
                total = arm.survival[month] + sum(cause.rate[month] for cause in arm.incidences)
                assert total == pytest.approx(1.0, abs=1e-9)


def test_promotion_competes_with_leaving(sample_reader: Reader) -> None:
    curves = answers.curves(sample_reader, "mentor", measure="promotion")
    assert curves.months_gained is None
    for arm in (curves.participants, curves.comparators):
        assert arm is not None
        promoted, left = arm.incidence("promotion"), arm.incidence("left_before_promotion")
        assert promoted.rate[12] > 0.02 and left.rate[12] > 0.02
        assert list(promoted.rate) == sorted(promoted.rate)
        assert all(
            low <= rate <= high for low, rate, high in zip(promoted.low, promoted.rate, promoted.high, strict=True)
        )


def test_beside_the_headline_stand_the_other_methods(sample_reader: Reader) -> None:
    detail = answers.outcome_detail(sample_reader, RETENTION)
    labels = [row.label for row in detail.methods]
    assert labels == ["Declared analysis", "Overlap weights", "Doubly robust score", "Mantel-Haenszel", "No adjustment"]
    assert all(row.ci_low is not None and row.ci_low < row.estimate for row in detail.methods)  # type: ignore[operator]


def test_what_the_programme_cannot_touch_does_not_differ(sample_reader: Reader) -> None:
    """Involuntary exits are never touched in the sample, and enrolment follows what is known on the day."""
    robust = answers.robustness(sample_reader, RETENTION)
    for family in ("involuntary_exit", "promotion_before"):
        (row,) = robust.of(family)  # type: ignore[arg-type]
        assert row.ci_low is not None and row.ci_high is not None
        assert row.ci_low < 0 < row.ci_high


def test_all_conditions_are_asked_or_say_why_not(sample_reader: Reader) -> None:
    families: tuple[Family, ...] = (
        "leave_one_cohort_out", "involuntary_exit", "promotion_before", "intention_to_treat", "lottery", "spill_over",
    )  # fmt: skip
    for side in ("mentor", "mentee"):
        for outcome in ("retention", "voluntary_exit"):
            robust = answers.robustness(sample_reader, Question(outcome, side))  # type: ignore[arg-type]
            for family in families:
                rows = robust.of(family)
                assert rows, family
                assert all(row.estimate is not None or row.reason or family == "lottery" for row in rows), family


def test_the_lottery_of_the_sample_is_found(sample_reader: Reader) -> None:
    """One cohort of mentors is filled by lot; the comparison as drawn holds what was planted for it."""
    (row,) = answers.robustness(sample_reader, RETENTION).of("lottery")
    assert row.estimate is not None and row.ci_low is not None and row.ci_high is not None
    check = next(c for c in answers.effects(sample_reader, RETENTION)[0].checks if c.name == "randomised")
    assert check.status == "passed" and "grade A" in check.text


def test_only_cohorts_that_are_shown_are_left_out_by_name(sample_reader: Reader) -> None:
    """The difference to the whole would give a hidden cohort away."""
    rows = answers.robustness(sample_reader, RETENTION).of("leave_one_cohort_out")
    headline = answers.effects(sample_reader, RETENTION)[0]
    cohorts = answers.effects(sample_reader, replace(RETENTION, by="cohort"))
    assert {row.label for row in rows} == {found.group for found in cohorts if not found.suppressed}
    assert len(rows) < len(headline.cohorts)
    assert headline.estimate is not None
    assert min(row.estimate or 0 for row in rows) < headline.estimate < max(row.estimate or 0 for row in rows)


def test_the_strip_holds_every_kind_of_choice_and_none_that_looks_ahead(sample_reader: Reader) -> None:
    strip = answers.specifications(sample_reader, RETENTION)
    families = [row.family for row in strip.rows]
    assert families[0] == "declared"
    assert set(families) == {"declared", "estimator", "window", "comparators", "covariates"}
    assert [row.label for row in strip.rows if row.family == "window"] == [
        "within 6 months", "within 18 months", "within 24 months",
    ]  # fmt: skip
    labels = " ".join(row.label for row in strip.rows)
    assert "never" not in labels and "sessions" not in labels
    declared = answers.effects(sample_reader, RETENTION)[0]
    assert strip.rows[0].estimate == declared.estimate
    within = answers.effects(sample_reader, replace(RETENTION, horizon_months=6))[0]
    row = next(row for row in strip.rows if row.label == "within 6 months")
    assert row.estimate == pytest.approx(within.estimate, abs=1e-9)


def test_differences_between_groups_are_tested_over_the_family(sample_reader: Reader) -> None:
    found = answers.differences(sample_reader, RETENTION)
    headers = {row.header for row in found.rows}
    assert {"cohort", "gender", "ethnicity", "generation", "level", "department", "location", "disability",
            "lgbtq"} <= headers  # fmt: skip
    tested = [row for row in found.rows if row.p_value is not None]
    assert len(tested) >= 6
    for row in tested:
        assert row.p_adjusted is not None and row.p_adjusted >= (row.p_value or 0) - 1e-9
        assert row.degrees_of_freedom == len(row.groups) - 1
    # A cohort that harms and cohorts that help were planted among the mentors.
    cohort = next(row for row in found.rows if row.header == "cohort")
    assert cohort.p_adjusted is not None and cohort.p_adjusted < 0.05


def test_power_says_what_could_be_shown_and_whom_it_takes(sample_reader: Reader) -> None:
    found = answers.power(sample_reader, RETENTION)
    needed = [row.participants for row in found.rows]
    assert all(needed) and needed == sorted(needed, reverse=True)  # type: ignore[type-var]
    assert found.smallest_detectable is not None and f"{100 * found.smallest_detectable:.1f} points" in found.sentence


def test_dose_is_described_with_its_caution(sample_reader: Reader) -> None:
    found = answers.dose(sample_reader, RETENTION)
    assert [row.sessions for row in found.rows] == ["0", "1-3", "4-6", "7 and more"]
    assert all((row.rate is None) == (row.reason is not None) for row in found.rows)
    assert "Not an effect" in found.sentence


def test_who_is_promoted_shows_ratio_interval_and_test_together(sample_reader: Reader) -> None:
    rows = answers.promoted(sample_reader, "mentor").rows
    judged = [row for row in rows if row.ratio is not None and row.ratio_low is not None]
    assert judged
    for row in judged:
        assert row.ratio_high is not None and row.fisher_p is not None
        assert row.ratio_low <= row.ratio <= row.ratio_high  # type: ignore[operator]


def test_beside_the_headline_stand_who_joined_later_and_the_size_of_a_harmed_cohort(sample_reader: Reader) -> None:
    (whole,) = answers.effects(sample_reader, RETENTION)
    assert "had they not joined then" in whole.sentence
    assert "joined within the following year themselves" in whole.sentence and "by weight" not in whole.sentence
    parts = answers.effects(sample_reader, replace(RETENTION, by="cohort"))
    harmed = [part for part in parts if part.verdict == "evidence_of_harm"]
    assert harmed
    for part in harmed:
        sized = f"{part.group} ({part.n_participants} participants, {words.points(part.estimate or 0.0)} points)"
        assert sized in whole.sentence
        assert "joined within the following year" not in part.sentence


def test_months_of_employment_follow_the_follow_up_that_was_chosen(sample_reader: Reader) -> None:
    year, half = (answers.curves(sample_reader, "mentor", gained_by=months) for months in (12, 6))
    assert "in the first year" in year.sentence and "in the first 6 months" in half.sentence
    assert half.participants == year.participants and half.comparators == year.comparators
    for found, months in ((year, 12), (half, 6)):
        arms = (found.participants, found.comparators)
        one, zero = (sum(arm.survival[:months]) for arm in arms if arm)
        assert found.months_gained == pytest.approx(one - zero, abs=1e-6)
