"""Each load writes the derived tables and the types of their words anew, whatever an older version left there."""

from __future__ import annotations

import pytest

from analysis.plan import current_plan
from analysis.study.build import build_derived
from tests.small_employer import SmallEmployer, pair, people, person

DAY = "2023-02-15"


def _departments(employer: SmallEmployer) -> dict[str, str]:
    return {name: row["department"] for name, row in employer.person_trials(DAY).items()}


def test_a_later_load_may_bring_words_that_no_row_had_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    employer = SmallEmployer(
        tmp_path_factory.mktemp("words"),
        people=people(person("ann", department="Sales"), person("bob", department="Legal")),
        pairs=[pair("ann", DAY)],
    )
    assert _departments(employer) == {"ann": "Sales", "bob": "Legal"}
    employer.load(people=people(person("ann", department="Accounts"), person("bob", department="Legal")))
    assert _departments(employer) == {"ann": "Accounts", "bob": "Legal"}
    figure = employer.figure()
    assert list(figure.cells["department"].cat.categories) == ["Accounts", "other"]


def test_a_table_where_a_view_stands_now_is_replaced(tmp_path_factory: pytest.TempPathFactory) -> None:
    employer = SmallEmployer(
        tmp_path_factory.mktemp("older"), people=people(person("ann"), person("bob")), pairs=[pair("ann", DAY)]
    )
    before = employer.person_trials(DAY)
    with employer.store.writing() as draft:
        draft.connection.execute("create temp table words as from person_trial")
        draft.connection.execute("drop view person_trial")
        draft.connection.execute("create table person_trial as from words")
        draft.connection.execute("drop table words")
        build_derived(draft.connection, current_plan(draft.connection))
    assert employer.person_trials(DAY) == before


def test_nothing_of_the_steps_stays_behind(tmp_path_factory: pytest.TempPathFactory) -> None:
    employer = SmallEmployer(
        tmp_path_factory.mktemp("steps"), people=people(person("ann"), person("bob")), pairs=[pair("ann", DAY)]
    )
    with employer.store.writing() as draft:
        build_derived(draft.connection, current_plan(draft.connection))
        temporary = "select table_name from duckdb_tables() where temporary"
        assert draft.connection.execute(temporary).fetchall() == []
