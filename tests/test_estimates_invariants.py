"""What must hold for any data: cells equal rows, names and order do not matter, twice the people half the variance."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.estimates import logistic
from analysis.estimates.balance import balance
from analysis.estimates.cells import Cells
from analysis.estimates.design import design, merge_rare, positivity
from analysis.estimates.effect import Contrast, ipwra, outcome_model, overlap
from analysis.estimates.intervals import mover
from analysis.estimates.logistic import SingularFit, fit_logistic
from analysis.estimates.propensity import CannotFit, Propensity, fit_propensity
from analysis.estimates.stratified import mantel_haenszel_difference

COVARIATES = ("cohort", "level", "gender")
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def make_rows(seed: int, people: int = 900, trials: int = 3) -> pd.DataFrame:
    """Person-trials with confounding by level; people appear in several trials."""
    draw = np.random.default_rng(seed)
    level, gender = draw.integers(0, 3, people), draw.integers(0, 2, people)
    tables = []
    for trial in range(trials):
        joins = draw.random(people) < 1 / (1 + np.exp(2.2 - 0.5 * level - 0.3 * gender))
        stays = draw.random(people) < 1 / (1 + np.exp(-1.2 - 0.4 * level - 0.5 * joins))
        tables.append(
            pd.DataFrame(
                {"person": np.arange(people), "cohort": f"c{trial}", "level": level.astype(str),
                 "gender": gender.astype(str), "a": joins.astype(int), "y": stays.astype(int)}
            )
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True)


def as_cells(rows: pd.DataFrame, aggregate: bool = True) -> tuple[Cells, pd.Series]:
    """Cells of rows, and the cell of each row."""
    keys = [*COVARIATES, "a", "y"]
    if aggregate:
        frame = rows.groupby(keys, sort=False).size().rename("n").reset_index()
        frame["cell_id"] = np.arange(len(frame))
        of_row = rows.merge(frame, on=keys, how="left")["cell_id"]
    else:
        frame = rows[keys].assign(n=1, cell_id=np.arange(len(rows)))
        of_row = frame["cell_id"]
    return Cells.from_frame(frame, COVARIATES, ("y",)), of_row


@dataclass
class Answer:
    propensity: Propensity
    contrast: Contrast
    covariance: np.ndarray


def answer(rows: pd.DataFrame, aggregate: bool = True) -> Answer:
    cells, of_row = as_cells(rows, aggregate)
    propensity = fit_propensity(cells)
    y = propensity.cells.outcomes["y"]
    contrast = ipwra(propensity, outcome_model(propensity, y), y)
    influence = pd.DataFrame(contrast.influence, index=propensity.cells.cell_id).reindex(of_row).fillna(0.0)
    by_person = influence.groupby(rows["person"].to_numpy()).sum().to_numpy()
    return Answer(propensity, contrast, by_person.T @ by_person / propensity.cells.n.sum() ** 2)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_cells_equal_rows(seed: int) -> None:
    rows = make_rows(seed)
    from_cells, from_rows = answer(rows), answer(rows, aggregate=False)
    assert from_cells.contrast.difference == pytest.approx(from_rows.contrast.difference, abs=1e-10)
    assert from_cells.covariance == pytest.approx(from_rows.covariance, abs=1e-12)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_row_order_and_labels_do_not_matter(seed: int) -> None:
    rows = make_rows(seed)
    renamed = rows.sample(frac=1.0, random_state=seed).reset_index(drop=True)
    renamed["level"] = renamed["level"].map({"0": "zeta", "1": "alpha", "2": "mu"})
    renamed["person"] = renamed["person"] * 7919 % 100_003
    one, other = answer(rows), answer(renamed)
    assert one.contrast.difference == pytest.approx(other.contrast.difference, abs=1e-10)
    assert one.covariance == pytest.approx(other.covariance, abs=1e-12)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_everybody_twice_under_new_ids_halves_the_variance(seed: int) -> None:
    rows = make_rows(seed)
    doubled = pd.concat([rows, rows.assign(person=rows["person"] + 1_000_000)], ignore_index=True)
    one, two = answer(rows), answer(doubled)
    assert two.contrast.difference == pytest.approx(one.contrast.difference, abs=1e-10)
    assert two.covariance == pytest.approx(one.covariance / 2, rel=1e-7)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_swapping_the_arms_flips_the_sign(seed: int) -> None:
    """Exactly so for what treats the arms alike: overlap weights, Mantel-Haenszel and the interval."""
    rows = make_rows(seed)
    found = []
    for table in (rows, rows.assign(a=1 - rows["a"])):
        cells, _ = as_cells(table)
        propensity = fit_propensity(cells, limit=False)
        weighted = overlap(propensity, propensity.cells.outcomes["y"])
        strata = cells.strata(("cohort", "level"))
        counts = [
            np.bincount(strata, weights=cells.n * arm * value)
            for arm in (cells.a, 1 - cells.a)
            for value in (cells.outcomes["y"], np.ones(len(cells.n)))
        ]
        stratified = mantel_haenszel_difference(*counts)
        events1, people1, events0, people0 = (values.sum() for values in counts)
        band = mover(events1 / people1, people1, events0 / people0, people0)
        found.append((weighted.difference, stratified.difference, band.low, band.high))
    (overlap1, stratified1, low, high), (overlap0, stratified0, low0, high0) = found
    assert overlap1 == pytest.approx(-overlap0, abs=1e-10)
    assert stratified1 == pytest.approx(-stratified0, abs=1e-12)
    assert (low, high) == pytest.approx((-high0, -low0), abs=1e-12)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_the_fit_is_statsmodels_own(seed: int) -> None:
    cells, _ = as_cells(make_rows(seed))
    columns = design(cells.factors, cells.n)
    ours = fit_logistic(columns.x, cells.a, cells.n, columns.names)
    theirs = sm.GLM(cells.a, columns.x.dense(), family=sm.families.Binomial(), freq_weights=cells.n).fit(
        tol=1e-12, tol_criterion="params"
    )
    assert ours == pytest.approx(theirs.params, abs=1e-10)
    with patch.object(logistic, "DENSE_CELLS", 0):  # as beyond 50,000 cells
        by_codes = fit_logistic(columns.x, cells.a, cells.n, columns.names)
    assert by_codes == pytest.approx(ours, abs=1e-10)


@given(seed=st.integers(0, 10_000))
@QUIET
def test_products_of_codes_equal_dense_products(seed: int) -> None:
    cells, _ = as_cells(make_rows(seed, people=200))
    columns = design(cells.factors, cells.n)
    weights = np.random.default_rng(seed).random(len(cells.n))
    dense, vector = columns.x.dense(), np.random.default_rng(seed).random(columns.x.columns)
    assert columns.x.product(weights) == pytest.approx((dense * weights[:, None]).T @ dense, abs=1e-9)
    assert columns.x.sums(weights) == pytest.approx(weights @ dense, abs=1e-9)
    assert columns.x.times(vector) == pytest.approx(dense @ vector, abs=1e-9)


def test_overlap_weights_balance_every_mean_exactly() -> None:
    cells, _ = as_cells(make_rows(3))
    propensity = fit_propensity(cells)
    e, n, a, x = propensity.e, propensity.cells.n, propensity.cells.a, propensity.design.x.dense()
    one, zero = n * a * (1 - e), n * (1 - a) * e
    assert (one @ x / one.sum()) == pytest.approx(zero @ x / zero.sum(), abs=1e-9)
    assert overlap(propensity, propensity.cells.outcomes["y"]).difference == pytest.approx(0.08, abs=0.1)


def test_weighting_brings_the_groups_together() -> None:
    cells, _ = as_cells(make_rows(5, people=3000))
    rows = balance(fit_propensity(cells))
    assert max(abs(row.before) for row in rows) > 0.15
    assert max(abs(row.after) for row in rows) < 0.01


def test_a_group_average_over_all_groups_is_the_whole() -> None:
    cells, _ = as_cells(make_rows(8))
    propensity = fit_propensity(cells)
    y = propensity.cells.outcomes["y"]
    model = outcome_model(propensity, y)
    whole, factor = ipwra(propensity, model, y), propensity.cells.factor("cohort")
    parts = [ipwra(propensity, model, y, factor.codes == code) for code in range(len(factor.levels))]
    weighted = sum(part.difference * part.participants for part in parts) / whole.participants
    assert weighted == pytest.approx(whole.difference, abs=1e-12)


def test_a_level_without_comparators_excludes_and_names_its_participants() -> None:
    rows = make_rows(1)
    lonely = rows.iloc[:4].assign(level="9", a=1, person=range(5000, 5004))
    idle = rows.iloc[:6].assign(level="8", a=0, person=range(6000, 6006))
    cells, _ = as_cells(pd.concat([rows, lonely, idle], ignore_index=True))
    found = positivity(cells)
    assert (found.participants_excluded, found.comparators_dropped) == (4.0, 6.0)
    assert found.reasons == (("level", "9", 4.0),)


def test_rare_and_flat_levels_are_merged_until_both_outcomes_occur() -> None:
    rows = pd.DataFrame(
        {"cohort": "c", "gender": "g", "a": 0,
         "level": ["a"] * 50 + ["b"] * 40 + ["c"] * 3 + ["d"] * 20,
         "y": [0, 1] * 25 + [0, 1] * 20 + [1] * 3 + [1] * 20}
    )  # fmt: skip
    frame = rows.groupby([*COVARIATES, "a", "y"]).size().rename("n").reset_index()
    frame["cell_id"] = range(len(frame))
    cells = Cells.from_frame(frame, COVARIATES, ("y",))
    merged = merge_rare(cells.factor("level"), cells.outcomes["y"], cells.n)
    # c is rare, d has 100 % events; together still 100 %, so the smallest other level joins them
    assert merged.levels == ("a", "other")


def test_dependent_columns_are_left_out() -> None:
    rows = make_rows(2)
    rows["gender"] = rows["level"]
    cells, _ = as_cells(rows)
    columns = design(cells.factors, cells.n)
    assert columns.x.columns == 1 + 2 + 2
    assert np.linalg.matrix_rank(columns.x.dense()) == columns.x.columns


def test_separation_is_said_not_returned() -> None:
    rows = make_rows(4)
    cells, _ = as_cells(rows)
    columns = design(cells.factors, cells.n)
    separated = (cells.factor("level").codes == 2).astype(float)
    with pytest.raises(SingularFit):
        fit_logistic(columns.x, separated, cells.n, columns.names)
    with pytest.raises(SingularFit, match="same outcome"):
        fit_logistic(columns.x, np.ones(len(cells.n)), cells.n, columns.names)


def test_a_separated_fit_does_not_creep(monkeypatch: pytest.MonkeyPatch) -> None:
    """A level of few people to whom it always happened: its coefficient grows by one a step until it is given up."""
    rows = make_rows(4)
    cells, _ = as_cells(rows)
    columns = design(cells.factors, cells.n)
    codes = cells.factor("level").codes
    y = np.where(codes == 2, 1.0, cells.outcomes["y"])
    steps: list[float] = []
    likelihood = logistic._likelihood
    monkeypatch.setattr(logistic, "_likelihood", lambda *given: steps.append(1.0) or likelihood(*given))
    with pytest.raises(SingularFit, match="runs off") as refused:
        fit_logistic(columns.x, y, cells.n * np.where(codes == 2, 5e-4, 1.0), columns.names)
    assert len(steps) < 25
    assert refused.value.runaway is not None
    assert np.abs(refused.value.runaway).max() > logistic.LARGEST_COEFFICIENT


@pytest.mark.parametrize("arm", [0, 1])
def test_an_empty_arm_is_a_reason(arm: int) -> None:
    cells, _ = as_cells(make_rows(6).query("a == @arm"))
    with pytest.raises(CannotFit):
        fit_propensity(cells)


def test_few_participants_carry_few_covariates() -> None:
    rows = make_rows(7)
    few = pd.concat([rows[rows["a"] == 0], rows[rows["a"] == 1].head(14)])
    few = few.assign(location=few["person"] % 9).astype({"location": "str"})
    keys = [*COVARIATES, "location", "a", "y"]
    frame = few.groupby(keys).size().rename("n").reset_index()
    frame["cell_id"] = range(len(frame))
    propensity = fit_propensity(Cells.from_frame(frame, (*COVARIATES, "location"), ("y",)))
    assert propensity.left_out == ("location",)
    assert propensity.design.x.columns <= 8
