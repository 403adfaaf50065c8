"""A table of counts whose row and column totals are told gives no small cell away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.findings.disclosure import hide_table

ROWS = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=1, max_size=4)


def as_table(rows: list[list[int]]) -> dict[str, dict[str, int]]:
    return {f"row {i}": {f"column {j}": count for j, count in enumerate(row)} for i, row in enumerate(rows)}


@given(rows=ROWS)
def test_no_row_or_column_has_a_single_hidden_cell(rows: list[list[int]]) -> None:
    table = as_table(rows)
    hidden = hide_table(table, 5)
    assert {(r, c) for r, row in table.items() for c, count in row.items() if 0 < count < 5} <= set(hidden)
    columns = list(table["row 0"])
    everything = len(hidden) == len(table) * len(columns)
    lines = [[(r, c) for c in columns] for r in table] + [[(r, c) for r in table] for c in columns]
    for line in lines:
        gone = [cell for cell in line if cell in hidden and table[cell[0]][cell[1]]]
        # Where nothing else can go with a cell the whole table is hidden, zeros too.
        assert everything or len(gone) != 1


@given(rows=ROWS)
def test_nothing_is_hidden_where_every_cell_is_large_or_nobody(rows: list[list[int]]) -> None:
    table = as_table([[count if count >= 5 else 0 for count in row] for row in rows])
    assert hide_table(table, 5) == {}


def test_the_partner_is_one_that_has_a_partner_itself() -> None:
    table = {
        "one": {"done": 7, "early": 0},
        "two": {"done": 16, "early": 3},
        "three": {"done": 30, "early": 12},
    }
    hidden = hide_table(table, 5)
    # "one" has nothing but its total in "done": hidden there, its row total would tell it.
    assert hidden == {
        ("two", "early"): "too_small",
        ("two", "done"): "would_reveal",
        ("three", "early"): "would_reveal",
        ("three", "done"): "would_reveal",
    }


def test_a_table_without_a_second_cell_is_hidden_whole() -> None:
    hidden = hide_table({"one": {"done": 3, "early": 0}, "two": {"done": 0, "early": 9}}, 5)
    assert len(hidden) == 4
