"""Ids that look equal are equal: invisible characters, and capitals in an e-mail address that serves as an id."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.forget import forget
from analysis.imports.pseudonyms import Key, Pseudonyms, find_key, tidy_id
from analysis.load import SourceFile, history, load, undo
from analysis.store import Store
from tests.told import nothing_computed

PSEUDONYMS = Pseudonyms(Key(b"test key"))
PEOPLE = "employee_id,as_of_date,hire_date\n{},2024-03-31,2020-01-01\nboss,2024-03-31,2020-01-01\n"
PAIRS = "programme_id,cohort,mentor_id,mentee_id,start_date\nreverse,one,{},boss,2024-01-10\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def give(store: Store, name: str, text: str) -> list[str]:
    """The codes of what was said of the file."""
    with nothing_computed():
        [report] = load(store, [SourceFile(name, text.encode())])
    assert report.status == "loaded", report.message
    return [issue.code for issue in report.issues]


@pytest.mark.parametrize(
    "written", ["\ufeffm5", "m5\ufeff", "m\u200b5", "m5\u200b\u00a0", "\u2060m5", "m\u00ad5", "\u202am5\u202c", " m5"]
)
def test_what_nobody_sees_makes_nobody_else(store: Store, written: str) -> None:
    give(store, "people.csv", PEOPLE.format("m5"))
    assert "unknown-person" not in give(store, "pairs.csv", PAIRS.format(written))


def test_an_address_that_serves_as_an_id_is_the_same_in_capitals(store: Store) -> None:
    give(store, "people.csv", PEOPLE.format("ann.lee@firm.example"))
    assert "unknown-person" not in give(store, "pairs.csv", PAIRS.format("Ann.Lee@Firm.example"))


@pytest.mark.parametrize("written", ["m5", "M5", "00123", "x y", "é", "日本", "a@b", "Ann <ann@firm.example>"])
def test_every_other_id_keeps_the_pseudonym_it_had(written: str) -> None:
    assert PSEUDONYMS.of_id(written) == PSEUDONYMS.of(written) and tidy_id(written) == written


def test_an_id_of_invisible_characters_alone_names_nobody() -> None:
    assert PSEUDONYMS.of_id("\u200b\ufeff") is None


@pytest.mark.parametrize("written", ["Ann.Lee@firm.example", "m\u200b5"])
def test_a_store_of_before_keeps_its_links_and_loses_them_with_its_loads(store: Store, written: str) -> None:
    with pytest.MonkeyPatch.context() as before:
        before.setattr(Pseudonyms, "of_id", Pseudonyms.of)
        give(store, "people.csv", PEOPLE.format(written))
    assert "unknown-person" not in give(store, "pairs.csv", PAIRS.format(written))
    pseudonyms = Pseudonyms(find_key(store.key_path, None, True))
    with store.reader().cursor() as cursor:
        held = cursor.execute("select count(*) from pairs join people on employee_id = mentor_id").fetchone()
        given = {name for (name,) in cursor.execute("select mentor_id from pairs_row").fetchall()}
    assert held == (1,) and given == {pseudonyms.of(written)}
    with nothing_computed():
        for record in history(store):
            undo(store, record.load_id)
    give(store, "again.csv", PEOPLE.format(written))
    with store.reader().cursor() as cursor:
        names = {name for (name,) in cursor.execute("select employee_id from people").fetchall()}
    assert pseudonyms.of(tidy_id(written)) in names


def test_a_person_is_forgotten_under_an_id_as_an_export_has_it(store: Store) -> None:
    give(store, "people.csv", PEOPLE.format("m5"))
    with nothing_computed():
        assert forget(store, "m5\u200b").lines == 1
