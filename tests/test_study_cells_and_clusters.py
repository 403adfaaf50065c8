"""Cells are the rows counted, and clustered moments are those of the rows summed person by person (PROTOCOL.md 1.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.plan import current_plan
from analysis.store import Cursor
from analysis.study import counting
from analysis.study.clusters import CHUNK
from analysis.study.counting import number
from analysis.study.figures import (
    Figure,
    cluster_covariance,
    cluster_moments,
    describe_comparators,
    open_figure,
)
from tests.small_employer import SmallEmployer, pair, people, person

LAST, COLUMNS = date(2024, 6, 30), 2 * CHUNK + 6


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    """Three cohorts, of which most comparators see all; several people share each pattern of covariates."""
    staff = [
        person(
            f"p{n}",
            department="abcdefghijk"[n % 11],
            gender="mw"[n % 2],
            birth_year=1960 + 20 * (n % 2),
            **({"on": {"2024-06-30": {"termination_date": f"2023-{5 + n % 7:02d}-10"}}} if n % 5 == 0 else {}),  # type: ignore[arg-type]
        )
        for n in range(80)
    ]
    pairs = [
        *(pair(f"p{n}", "2022-08-15", "A") for n in range(4)),
        *(pair(f"p{n}", "2023-02-15", "B") for n in range(4, 9)),
        *(pair(f"p{n}", "2023-05-15", "C") for n in range(9, 12)),
    ]
    return SmallEmployer(tmp_path_factory.mktemp("clusters"), people=people(*staff), pairs=pairs)


@pytest.fixture
def cursor(employer: SmallEmployer) -> Iterator[Cursor]:
    with employer.reader.cursor() as one:
        yield one


def opened(cursor: Cursor) -> Figure:
    return open_figure(cursor, current_plan(cursor), "mentor", "exits", 12, LAST)


def rows_of(cursor: Cursor, figure: Figure) -> pd.DataFrame:
    """The person-trials one by one, each with its cell."""
    keys = [name for name in figure.cells.columns if name not in ("cell_id", "n")]
    rows = cursor.execute(f"select person, joined_later, {', '.join(keys)} from figure_row").df()
    cells = figure.cells.astype(dict.fromkeys(figure.covariates, "str"))
    return rows.merge(cells, how="left", on=keys, validate="many_to_one")


def influence_of(cells: int) -> np.ndarray:
    """Every other pair's first column is 0 in nearly all cells, as that of participants is."""
    values = np.random.default_rng(1).normal(size=(cells, COLUMNS))
    values[:, ::4] *= np.arange(cells)[:, None] % 17 == 0
    return values


def by_hand(rows: pd.DataFrame, cell_id: np.ndarray, values: np.ndarray, total: float) -> tuple[np.ndarray, int]:
    kept = pd.DataFrame(values, index=cell_id)
    inside = rows[rows["cell_id"].isin(cell_id)]
    sums = kept.loc[inside["cell_id"]].groupby(inside["person"].to_numpy()).sum().to_numpy()
    people_in = len(sums)
    return sums.T @ sums * people_in / (people_in - 1) / total**2, people_in


def test_cells_are_the_rows_counted(cursor: Cursor) -> None:
    figure = opened(cursor)
    rows = rows_of(cursor, figure)
    assert 50 < len(figure.cells) < len(rows)
    assert figure.cells["cell_id"].tolist() == list(range(len(figure.cells)))
    assert rows.groupby("cell_id").size().tolist() == figure.cells["n"].tolist()
    for name in figure.covariates:
        levels = figure.cells[name].cat.categories
        assert levels.is_monotonic_increasing and set(levels) == set(figure.cells[name])
    order = ["cohort", *(name for name in figure.covariates if name != "cohort"), "a"]
    assert figure.cells[order].sort_values(order, kind="stable").index.is_monotonic_increasing


@pytest.mark.parametrize("every", [1, 3])
def test_moments_are_those_of_sums_within_people(cursor: Cursor, every: int) -> None:
    """All cells, and the two thirds that a fit might have left."""
    figure = opened(cursor)
    cell_id = figure.cells["cell_id"].to_numpy()
    cell_id = cell_id[(cell_id % 3 > 0) | (every == 1)]
    values = influence_of(len(cell_id))
    expected, people_in = by_hand(rows_of(cursor, figure), cell_id, values, 7.0)
    columns = {"cell_id": cell_id, **{f"f{i}": values[:, i] for i in range(COLUMNS)}}
    for influence in (columns, pd.DataFrame(columns)):
        found = cluster_moments(cursor, influence, 7.0)
        assert [moment.clusters for moment in found] == [people_in] * (COLUMNS // 2)
        assert [moment.v11 for moment in found] == pytest.approx(np.diag(expected)[::2])
        assert [moment.v00 for moment in found] == pytest.approx(np.diag(expected)[1::2])
        assert [moment.v10 for moment in found] == pytest.approx(np.diag(expected, 1)[::2])


@pytest.mark.parametrize("columns", [2, COLUMNS])
def test_the_whole_covariance(cursor: Cursor, columns: int) -> None:
    figure = opened(cursor)
    cell_id = figure.cells["cell_id"].to_numpy()[::2]
    values = influence_of(len(cell_id))[:, :columns]
    expected, _ = by_hand(rows_of(cursor, figure), cell_id, values, 3.0)
    np.testing.assert_allclose(cluster_covariance(cursor, cell_id, values, 3.0), expected, rtol=1e-10, atol=1e-14)


def test_comparators_are_distinct_people_and_their_weight(cursor: Cursor) -> None:
    figure = opened(cursor)
    weights = pd.DataFrame({"cell_id": figure.cells["cell_id"], "weight": (1 - figure.cells["a"]) * 0.5})
    rows = rows_of(cursor, figure)
    compared = rows[rows["a"] == 0]
    found = describe_comparators(cursor, weights)
    assert found.people == compared["person"].nunique() < len(compared)
    assert found.joined_later == pytest.approx(compared["joined_later"].mean())
    assert found.joined_later > 0


def test_the_last_figure_opened_is_the_one_that_is_asked(cursor: Cursor) -> None:
    figure = opened(cursor)
    open_figure(cursor, current_plan(cursor), "mentor", "exits", 6, date(2023, 6, 30))
    with pytest.raises(IndexError):
        cluster_moments(cursor, {"cell_id": figure.cells["cell_id"].to_numpy(), "one": np.zeros(1)}, 1.0)


digit = st.integers(0, 1200)


@given(st.lists(st.tuples(digit, digit, digit), min_size=1, max_size=40), st.sampled_from([1, 100, 2**62]))
def test_a_number_orders_rows_as_their_digits_do_however_many_there_are(
    rows: list[tuple[int, int, int]], largest: int
) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr(counting, "LARGEST", largest)
    try:
        found = number(np.array(column) for column in zip(*rows, strict=True))
    finally:
        patch.undo()
    assert [rows[i] for i in np.argsort(found, kind="stable")] == sorted(rows)
    assert len(set(found.tolist())) == len(set(rows))
