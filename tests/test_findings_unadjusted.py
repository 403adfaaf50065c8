"""Why the plain difference is not the adjusted one: each step equals a standardisation done by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.findings.unadjusted import CovariateShift, _sentence
from analysis.store import Reader
from analysis.study.figures import open_figure

ASKED = Question("retention", "mentor")


@pytest.fixture(scope="module")
def cells(sample_reader: Reader) -> pd.DataFrame:
    here = answers.context(sample_reader)
    with sample_reader.cursor() as cursor:
        cutoff = here.cutoff(cursor, here.quarters[0])
        return open_figure(cursor, here.plan, "mentor", "exits", 12, cutoff).cells


def rates(frame: pd.DataFrame) -> pd.Series:
    return (frame["retention"] * frame["n"]).sum() / frame["n"].sum()


@pytest.mark.parametrize("covariate", ["performance_rating", "tenure_band", "part_time"])
def test_alone_is_the_plain_difference_minus_a_direct_standardisation(
    sample_reader: Reader, cells: pd.DataFrame, covariate: str
) -> None:
    joined, others = cells[cells["a"] == 1], cells[cells["a"] == 0]
    raw = rates(joined) - rates(others)
    share = joined.groupby(covariate, observed=True)["n"].sum() / joined["n"].sum()
    within = others.groupby(covariate, observed=True)[["retention", "n"]].apply(rates)
    standardised = rates(joined) - (share * within).sum()
    found = answers.unadjusted(sample_reader, ASKED)
    (row,) = (row for row in found.rows if row.covariate == covariate)
    assert found.plain == pytest.approx(raw, abs=1e-9)
    assert row.alone == pytest.approx(raw - standardised, abs=1e-7)


def test_the_two_ends_are_those_of_the_method_table(sample_reader: Reader) -> None:
    found = answers.unadjusted(sample_reader, ASKED)
    methods = {row.label: row for row in answers.outcome_detail(sample_reader, ASKED).methods}
    assert found.plain == methods["No adjustment"].estimate
    assert (found.plain_low, found.plain_high) == (methods["No adjustment"].ci_low, methods["No adjustment"].ci_high)
    assert found.adjusted == methods["Declared analysis"].estimate


def test_left_out_is_what_the_specification_strip_says(sample_reader: Reader) -> None:
    found = answers.unadjusted(sample_reader, ASKED)
    strip = answers.specifications(sample_reader, ASKED)
    (without,) = (row for row in strip.rows if row.label == "without the performance rating")
    (row,) = (row for row in found.rows if row.covariate == "performance_rating")
    assert without.estimate is not None and found.adjusted is not None
    assert row.without == pytest.approx(without.estimate - found.adjusted, abs=1e-8)


def test_without_an_estimate_there_is_no_plain_difference_either(sample_reader: Reader) -> None:
    found = answers.unadjusted(sample_reader, replace(ASKED, outcome="internal_move"))
    assert found.plain is None and found.rows == () and "Withheld" in found.sentence


def test_the_sentence_names_what_raised_and_what_lowered_it() -> None:
    rows = (
        CovariateShift("performance_rating", 0.011, 0.009, "4"),
        CovariateShift("level", -0.004, None, ""),
        CovariateShift("gender", 0.0001, None, ""),
    )
    assert _sentence(0.064, 0.054, rows) == (
        "The plain difference is +6.4 points, the adjusted one +5.4. Taken one at a time, the plain one was raised by "
        "performance rating (1.1 points) and was lowered by level (0.4 points). Covariates overlap, so these do not "
        "add up."
    )
    assert "No covariate by itself" in _sentence(0.01, 0.01, rows[2:])
