"""Exits by type: the control outcome that no programme should change, and the statuses of the curves."""

from __future__ import annotations

import pytest

from tests.small_employer import Row, SmallEmployer, pair, people, person

DAY, SEEN = "2023-02-15", ("2022-12-31", "2024-12-31")
TYPES = ("voluntary", "involuntary", "retirement", "end_of_contract", "unknown", "")


def leaver(name: str, day: str, how: str) -> list[Row]:
    return person(name, SEEN, on={SEEN[1]: {"termination_date": day, "termination_type": how}})


@pytest.fixture(scope="module")
def employer(tmp_path_factory: pytest.TempPathFactory) -> SmallEmployer:
    leavers = [leaver(f"{how or 'blank'} in May", "2023-05-10", how) for how in TYPES]
    late = leaver("involuntary too late", "2024-02-16", "involuntary")
    on_the_day = leaver("involuntary on the day", "2024-02-15", "involuntary")
    stayed = [person("ann", SEEN), person("bob", SEEN)]
    folder = tmp_path_factory.mktemp("involuntary")
    return SmallEmployer(folder, people=people(*leavers, late, on_the_day, *stayed), pairs=[pair("ann", DAY)])


def test_only_a_dismissal_within_the_horizon_is_involuntary(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(cutoff="2024-12-31")
    dismissed = {name for name, row in rows.items() if row["involuntary_exit"] == 1}
    assert dismissed == {"involuntary in May", "involuntary on the day"}
    assert {name for name, row in rows.items() if row["voluntary_exit"] == 1} == {"voluntary in May"}


def test_other_exits_are_neither_and_not_retained(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(cutoff="2024-12-31")
    for how in ("retirement", "end_of_contract", "unknown", "blank"):
        row = rows[f"{how} in May"]
        assert (row["retention"], row["voluntary_exit"], row["involuntary_exit"]) == (0, 0, 0)


def test_the_figure_says_which_outcomes_it_holds(employer: SmallEmployer) -> None:
    figure = employer.figure(cutoff="2024-12-31")
    assert figure.outcomes == ("retention", "voluntary_exit", "involuntary_exit")
    assert int((figure.cells["n"] * figure.cells["involuntary_exit"]).sum()) == 2


def test_curves_tell_the_three_ends_apart(employer: SmallEmployer) -> None:
    rows = employer.figure_rows(kind="months", horizon=0, cutoff="2024-12-31")
    told = {name: (row["months"], row["status"]) for name, row in rows.items()}
    assert told["voluntary in May"] == (3, 1)
    assert told["involuntary in May"] == (3, 2)
    assert told["retirement in May"] == told["blank in May"] == (3, 3)
    assert told["bob"] == (22, 0)
