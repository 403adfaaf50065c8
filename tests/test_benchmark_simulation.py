"""The simulation behind docs/simulation.md: it runs, its rows are the product's, it finds what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.plan import current_plan
from analysis.store import Cursor, Store
from analysis.study.build import build_derived
from analysis.study.figures import FigureKind, open_figure
from benchmarks import simulated_employer, simulation
from benchmarks.coverage import fill
from benchmarks.simulated_employer import OUTCOMES, Employer, invent, tables
from benchmarks.simulated_study import COVARIATES, HEADLINE, METHODS, NAIVE, STILL_HERE, analyses, person_trials

SEEDS = range(1, 11)
WITHOUT_EFFECT = 6  # the first six employers
LAST_DAY = date(2023, 12, 31)


@pytest.fixture(scope="module", autouse=True)
def small() -> object:
    """A fifth of the staff: quick, and small enough for levels and departments without a participant."""
    patch = pytest.MonkeyPatch()
    patch.setattr(simulated_employer, "STAFF", 600)
    patch.setattr(simulated_employer, "HIRES_A_MONTH", 8)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def results(small: object) -> pd.DataFrame:
    settings = [simulation.Setting(60, seed > WITHOUT_EFFECT, seed) for seed in SEEDS]
    return simulation.collect(settings, 1, None)


@pytest.fixture(scope="module")
def employer(small: object) -> Employer:
    return invent(7, 40, effect=True)


@pytest.fixture(scope="module")
def loaded(employer: Employer, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("simulated") / "store")
    with store.writing() as draft:
        fill(draft.connection, tables(employer))
        build_derived(draft.connection, current_plan(draft.connection))
    return store


def product_rows(cursor: Cursor, kind: FigureKind) -> pd.DataFrame:
    open_figure(cursor, current_plan(cursor), "mentor", kind, 12, LAST_DAY)
    return cursor.execute("select figure_row.*, employee_id from figure_row join person using (person)").df()


def fast_rows(employer: Employer, kind: FigureKind) -> pd.DataFrame:
    rows = person_trials(employer, promotion=kind == "promotion")
    words = {name: np.array(COVARIATES[name])[codes] for name, codes in rows.covariates.items()}
    names = [f"p{number:05d}" for number in rows.person]
    return pd.DataFrame({"employee_id": names, "a": rows.a, **words, **rows.outcomes})


@pytest.mark.parametrize("kind", ["exits", "promotion"])
def test_fast_person_trials_equal_the_product_row_for_row(employer: Employer, loaded: Store, kind: FigureKind) -> None:
    fast = fast_rows(employer, kind)
    with loaded.reader().cursor() as cursor:
        product = product_rows(cursor, kind)
    assert set(product["location"]) == {"unknown"} and set(product["age_band"]) == {"unknown"}
    assert product["a"].sum() > 30
    order = ["cohort", "employee_id"]
    fast, product = (
        rows[fast.columns].astype(dict.fromkeys((*COVARIATES, "employee_id"), str)).sort_values(order)
        for rows in (fast, product)
    )
    pd.testing.assert_frame_equal(fast.reset_index(drop=True), product.reset_index(drop=True), check_dtype=False)


def test_fast_headline_equals_the_products(employer: Employer, loaded: Store) -> None:
    fast = {answer.outcome: answer for answer in analyses(employer) if answer.method == HEADLINE}
    for outcome in OUTCOMES:
        (found,) = answers.effects(loaded.reader(), Question(outcome, "mentor"))
        answer = fast[outcome]
        assert (answer.estimate, answer.low, answer.high) == pytest.approx(
            (found.estimate, found.ci_low, found.ci_high), abs=1e-9
        )


def test_every_employer_gets_every_answer(results: pd.DataFrame) -> None:
    retention = results[results["outcome"] == "retention"]
    assert set(retention["method"]) == {*METHODS, *NAIVE}
    assert (retention[retention["method"] == HEADLINE].groupby("seed").size() == 1).all()
    assert set(retention.loc[retention["method"] == HEADLINE, "seed"]) == set(SEEDS)
    numbers = results[["truth", "estimate", "low", "high"]].astype(float)
    assert np.isfinite(numbers).all().all()
    assert (numbers["low"] <= numbers["estimate"]).all() and (numbers["estimate"] <= numbers["high"]).all()


def test_still_here_at_the_end_finds_a_benefit_where_there_is_none(results: pd.DataFrame) -> None:
    null = results[~results["effect"].astype(bool)]
    errors = {name: rows["estimate"] - rows["truth"] for name, rows in null.groupby("method")}
    assert errors[STILL_HERE].mean() > 0.08
    assert abs(errors[HEADLINE].mean()) < 0.05


def test_truth_is_zero_without_an_effect_and_planted_with_one(results: pd.DataFrame) -> None:
    headline = results[results["method"] == HEADLINE]
    without = headline[~headline["effect"].astype(bool)]
    assert (without["truth"] == 0).all()
    with_ = headline[headline["effect"].astype(bool)].groupby("outcome")["truth"].mean()
    assert 0.02 < with_["retention"] < 0.045
    assert with_["voluntary_exit"] < -0.02 and with_["promotion"] > 0.015


def test_the_effect_changes_nobody_before_joining(small: object) -> None:
    null, helped = invent(3, 40, effect=False), invent(3, 40, effect=True)
    before = min(simulated_employer.COHORTS)
    assert (null.level[:before] == helped.level[:before]).all()
    never = (null.joined == -1) & (helped.joined == -1)
    assert (null.left[never] == helped.left[never]).all()
    assert (null.left != helped.left).any()


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path, small: object) -> None:
    settings = [simulation.Setting(30, False, seed) for seed in (1, 2)]
    path = tmp_path / "simulated.csv"
    whole = simulation.collect(settings, 1, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[:-3]), encoding="utf-8")
    again = simulation.collect(settings, 1, path)
    columns = ["seed", "outcome", "method"]
    pd.testing.assert_frame_equal(
        whole.sort_values(columns).reset_index(drop=True),
        again.sort_values(columns).reset_index(drop=True),
        check_dtype=False,
    )


def test_the_report_has_a_line_for_every_method(results: pd.DataFrame) -> None:
    text = simulation.report(results)
    for method in (*METHODS, *NAIVE):
        assert text.count(f"| {method} |") == 3
    assert "nan" not in text


def test_the_document_explains_every_line_of_its_tables() -> None:
    page = (Path(__file__).parent.parent / "docs" / "simulation.md").read_text(encoding="utf-8")
    for method in (*METHODS, *NAIVE):
        assert page.count(f"| {method} |") == 4, method
