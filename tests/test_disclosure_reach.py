"""Who could take part, who did and who did not all add up: what is hidden of one is not left over of another."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.findings.reach import hidden_of, reach


def frame(**groups: tuple[int, int]) -> pd.DataFrame:
    rows = [("gender", group, eligible, joined) for group, (eligible, joined) in groups.items()]
    return pd.DataFrame(rows, columns=["header", "group", "eligible", "participants"])


def test_those_who_joined_are_not_left_over() -> None:
    """Non-binary people are few among those who joined and their partner by eligible people has joined with nobody."""
    groups = [("woman", 900, 40), ("man", 800, 50), ("other", 30, 2), ("declined", 40, 0), ("unknown", 60, 20)]
    hidden = hidden_of("gender", groups)
    joined = {group: did for group, _, did in groups}
    assert sum(joined[group] for group in hidden) >= 5
    assert sum(joined[group] > 0 for group in hidden) >= 2


def test_those_who_did_not_are_cells_too() -> None:
    assert {"woman", "man"} == set(hidden_of("gender", [("woman", 40, 36), ("man", 60, 30)]))


def test_a_later_quarter_counts() -> None:
    now, later = (
        frame(woman=(100, 40), man=(100, 30), other=(60, 20)),
        frame(woman=(130, 43), man=(140, 42), other=(90, 30)),
    )
    told = {row.group: row.participants for row in reach("mentor", "2025Q1", now, [later], 1).rows}
    assert told["woman"] is None and sum(people is None for people in told.values()) == 2
    newest = reach("mentor", "2025Q2", later, [], 1)
    assert [row.participants for row in newest.rows] == [43, 42, 30]


@pytest.mark.parametrize(("promoted", "hidden"), [(0, True), (2, True), (15, True), (6, False)])
def test_what_became_of_people_is_not_told_of_each(promoted: int, hidden: bool) -> None:
    groups = [("woman", 15, promoted), ("man", 60, 20), ("declined", 50, 20)]
    assert ("woman" in hidden_of("gender", groups, happened=True)) is hidden
    assert promoted == 2 or "woman" not in hidden_of("location", groups, happened=True)
    assert ("woman" in hidden_of("gender", [("woman", 30, 0), ("man", 60, 20)])) is False, "nobody took part is told"


def test_a_hidden_row_has_no_number_at_all() -> None:
    found = reach("mentor", "2025Q2", frame(woman=(40, 3), man=(100, 30), other=(60, 20)), [], 1)
    hidden = [row for row in found.rows if row.reason and row.eligible is None]
    assert len(hidden) == 2
    assert all(
        (row.rate, row.ratio, row.ratio_low, row.fisher_p, row.flag) == (None, None, None, None, False)
        for row in hidden
    )
