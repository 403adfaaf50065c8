"""A table by two ways: whatever is hidden stays hidden from somebody who adds up and subtracts all that is shown."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analysis.findings.disclosure import TOTAL, Cell, hide_cells

Table = dict[Cell, int]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    people = st.one_of(st.integers(0, 4), st.integers(0, 60))
    return {(f"r{row}", f"c{column}"): draw(people) for row in range(rows) for column in range(columns)}


def equations(counts: Table, hidden: frozenset[Cell]) -> tuple[list[Cell], np.ndarray, np.ndarray]:
    """All that somebody can write down: each row and column adds up to its total, in what they cannot see."""
    rows, columns = (sorted({cell[axis] for cell in counts}) for axis in (0, 1))
    shown = dict(counts)
    for row in rows:
        shown[row, TOTAL] = sum(counts[row, column] for column in columns)
    for column in columns:
        shown[TOTAL, column] = sum(counts[row, column] for row in rows)
    shown[TOTAL, TOTAL] = sum(counts.values())
    unknown = sorted(hidden)
    lines = [([(row, column) for column in columns], (row, TOTAL)) for row in (*rows, TOTAL)]
    lines += [([(row, column) for row in rows], (TOTAL, column)) for column in (*columns, TOTAL)]
    matrix, right = np.zeros((len(lines), len(unknown))), np.zeros(len(lines))
    for at, (parts, total) in enumerate(lines):
        for cell, sign in [*((part, 1.0) for part in parts), (total, -1.0)]:
            if cell in hidden:
                matrix[at, unknown.index(cell)] += sign
            else:
                right[at] -= sign * shown[cell]
    return unknown, matrix, right


def solved(counts: Table, hidden: frozenset[Cell]) -> list[Cell]:
    """Hidden cells with one value only, by linear algebra: those that every solution of the equations shares."""
    unknown, matrix, _ = equations(counts, hidden)
    if not unknown:
        return []
    _, values, vectors = np.linalg.svd(matrix)
    null = vectors[int((values > 1e-9).sum()) :]
    return [cell for at, cell in enumerate(unknown) if not len(null) or np.abs(null[:, at]).max() < 1e-9]


@settings(max_examples=60, deadline=None)
@given(counts=tables(), minimum=st.sampled_from([5, 10]), header=st.sampled_from(["gender", "lgbtq"]))
def test_no_hidden_cell_can_be_solved_for(counts: Table, minimum: int, header: str) -> None:
    assert solved(counts, hide_cells(counts, minimum, header=header)) == []


@settings(max_examples=20, deadline=None)
@given(counts=tables(), minimum=st.sampled_from([5, 10]), header=st.sampled_from(["gender", "lgbtq"]))
def test_nor_when_people_are_known_not_to_be_fewer_than_none(counts: Table, minimum: int, header: str) -> None:
    hidden = hide_cells(counts, minimum, header=header)
    unknown, matrix, right = equations(counts, hidden)
    least = [0 if header == "lgbtq" or TOTAL in cell else 1 for cell in unknown]
    for at in range(len(unknown)):
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(unknown))
            goal[at] = sign
            found = linprog(goal, A_eq=matrix, b_eq=right, bounds=[(low, 500) for low in least])
            assert found.status == 0
            ends.append(sign * found.fun)
        assert ends[1] - ends[0] > 0.5, unknown[at]


@settings(max_examples=60, deadline=None)
@given(counts=tables(), minimum=st.sampled_from([5, 10]), header=st.sampled_from(["gender", "lgbtq"]))
def test_small_cells_are_hidden_and_nothing_without_need(counts: Table, minimum: int, header: str) -> None:
    hidden = hide_cells(counts, minimum, header=header)
    least = 0 if header == "lgbtq" else 1
    small = {cell for cell, people in counts.items() if least <= people < minimum}
    assert small <= hidden
    if not small and all(sum(counts[cell] for cell in counts if cell[0] == row[0]) >= minimum for row in counts):
        columns = {cell[1] for cell in counts}
        if all(sum(counts[cell] for cell in counts if cell[1] == column) >= minimum for column in columns):
            assert hidden == frozenset()


@settings(max_examples=60, deadline=None)
@given(counts=tables(), minimum=st.sampled_from([5, 10]))
def test_what_is_hidden_of_a_line_is_never_a_handful(counts: Table, minimum: int) -> None:
    hidden = hide_cells(counts, minimum, header="gender")
    for axis in (0, 1):
        for name in {cell[axis] for cell in counts}:
            total = (name, TOTAL) if axis == 0 else (TOTAL, name)
            away = [counts[cell] for cell in counts if cell[axis] == name and cell in hidden]
            assert not away or total in hidden or sum(away) >= minimum


def test_one_small_cell_takes_the_cheapest_rectangle_with_it() -> None:
    counts = {
        ("2024", "man"): 30, ("2024", "woman"): 3, ("2024", "declined"): 9,
        ("2025", "man"): 25, ("2025", "woman"): 28, ("2025", "declined"): 8,
        ("2026", "man"): 31, ("2026", "woman"): 20, ("2026", "declined"): 11,
    }  # fmt: skip
    assert hide_cells(counts, 5, header="gender") == {
        ("2024", "woman"), ("2024", "declined"), ("2026", "woman"), ("2026", "declined"),
    }  # fmt: skip


def test_a_cohort_for_women_is_told_where_nobody_else_was_there_and_never_of_what_is_told_in_confidence() -> None:
    counts = {("w", "a"): 40, ("w", "b"): 0, ("x", "a"): 30, ("x", "b"): 35}
    assert hide_cells(counts, 5, header="gender") == frozenset()
    assert {("w", "a"), ("w", "b")} <= hide_cells(counts, 10, header="lgbtq")


def test_a_cohort_that_is_small_as_a_whole_hides_its_total_too() -> None:
    counts = {("small", "a"): 2, ("small", "b"): 1, ("x", "a"): 30, ("x", "b"): 35, ("y", "a"): 20, ("y", "b"): 35}
    hidden = hide_cells(counts, 5, header="gender")
    assert ("small", TOTAL) in hidden and len({cell for cell in hidden if cell[1] == TOTAL}) > 1
    assert (TOTAL, TOTAL) not in hidden
