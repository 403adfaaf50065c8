"""A fit is called separated where no maximum exists, and nowhere else: by linear programming and statsmodels' IRLS."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM

from analysis.estimates.cells import Cells
from analysis.estimates.design import design
from analysis.estimates.logistic import LARGEST_COEFFICIENT, SingularFit, fit_logistic
from analysis.estimates.propensity import fit_propensity

COVARIATES = ("department", "gender")


def cells_of(people: dict[str, tuple[float, float]]) -> Cells:
    """Department to participants and colleagues, half of each of either gender."""
    rows = [
        {"department": department, "gender": gender, "a": arm, "n": people / 2, "retention": 0.0}
        for department, both in people.items()
        for gender in ("x", "y")
        for arm, people in zip((1, 0), both, strict=True)
        if people
    ]
    frame = pd.DataFrame(rows)
    frame.insert(0, "cell_id", range(len(frame)))
    return Cells.from_frame(frame, COVARIATES, ("retention",))


@pytest.mark.parametrize(
    "people",
    [
        {"A": (100, 9900), "B": (20, 80)},
        {"A": (100, 20000), "B": (60, 60)},
        {"A": (100, 40000), "B": (20, 180)},
        {"A": (100, 3000), "B": (30, 6)},
        {"A": (60, 3900), "B": (10, 10)},
    ],
)
def test_a_keen_department_of_a_rare_programme_keeps_its_people(people: dict[str, tuple[float, float]]) -> None:
    """A full step from the overall rate would go far beyond what its people say, and they would be left out."""
    propensity = fit_propensity(cells_of(people))
    assert propensity.positivity.participants_excluded == 0
    assert propensity.positivity.comparators_dropped == 0
    taking_part = {name: joined / (joined + others) for name, (joined, others) in people.items()}
    codes, levels = propensity.cells.factor("department").codes, propensity.cells.factor("department").levels
    assert propensity.e == pytest.approx([taking_part[levels[code]] for code in codes], rel=1e-9)


def separated(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether some direction lowers no cell's likelihood and raises one's (Konis 2007)."""
    toward = x * np.where(y > 0, 1.0, -1.0)[:, None]
    found = linprog(-toward.sum(axis=0), A_ub=-toward, b_ub=np.zeros(len(y)), bounds=(-1.0, 1.0))
    assert found.status == 0
    return bool(-found.fun > 1e-7)


counts = st.sampled_from([0, 0, 1, 2, 9, 40, 300, 4_000])


@settings(max_examples=200, deadline=None)
@given(st.lists(counts, min_size=24, max_size=24))
def test_a_fit_is_separated_where_linear_programming_says_so(numbers: list[int]) -> None:
    keys = [(department, gender, arm) for department in "abcd" for gender in "xyz" for arm in (0, 1)]
    held = [(*key, number) for key, number in zip(keys, numbers, strict=True) if number]
    assume({arm for *_, arm, _ in held} == {0, 1})
    frame = pd.DataFrame(held, columns=["department", "gender", "a", "n"]).assign(retention=0.0)
    frame.insert(0, "cell_id", range(len(frame)))
    cells = Cells.from_frame(frame, COVARIATES, ("retention",))
    columns = design(cells.factors, cells.n)
    x = columns.x.dense()
    if separated(x, cells.a):
        with pytest.raises(SingularFit):
            fit_logistic(columns.x, cells.a, cells.n, columns.names)
        return
    expected = GLM(cells.a, x, family=Binomial(), freq_weights=cells.n).fit(tol_criterion="params", tol=1e-10)
    assume(np.abs(expected.params).max() < LARGEST_COEFFICIENT)  # beyond, by our rule, it is separated
    found = fit_logistic(columns.x, cells.a, cells.n, columns.names)
    assert found == pytest.approx(expected.params, abs=1e-6)
    from_afar = {name: value + 3.0 for name, value in zip(columns.names, found, strict=True)}
    again = fit_logistic(columns.x, cells.a, cells.n, columns.names, from_afar)
    assert again == pytest.approx(found, abs=1e-6)


def test_a_cell_in_which_hardly_anybody_takes_part_is_not_separated() -> None:
    """One in thirty million by three covariates together, each of which is nothing unusual."""
    rows = []
    for number, levels in enumerate(product("ab", "xy", "mn")):
        chance = 1.0 / (1.0 + np.exp(8.0 + 3.0 * sum(level in "bny" for level in levels)))
        for arm, share in ((1, chance), (0, 1.0 - chance)):
            rows.append((2 * number + 1 - arm, *levels, arm, 1e6 * share, 0.0))
    frame = pd.DataFrame(rows, columns=["cell_id", "department", "gender", "level", "a", "n", "retention"])
    cells = Cells.from_frame(frame, ("department", "gender", "level"), ("retention",))
    columns = design(cells.factors, cells.n)
    found = dict(zip(columns.names, fit_logistic(columns.x, cells.a, cells.n, columns.names), strict=True))
    assert sum(abs(value) for value in found.values()) > LARGEST_COEFFICIENT
    assert found == pytest.approx({name: -8.0 if name == "constant" else -3.0 for name in found}, rel=1e-6)
