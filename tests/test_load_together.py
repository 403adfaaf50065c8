"""Several files of one command, files that correct each other, and stores that were tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.imports.programmes import NEW
from analysis.load import FileReport, SourceFile, history, load
from analysis.store import NoStore, Store, StoreDamaged
from tests.told import nothing_computed

HEAD = "employee_id,as_of_date,hire_date,department\n"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def only_written() -> Iterator[None]:
    """For tests of what is written, not of what is computed from it, which takes seconds."""
    with nothing_computed():
        yield


def north(day: str = "2024-03-31", names: str = "AB", where: str = "North") -> SourceFile:
    return SourceFile(f"{where}.csv", (HEAD + "".join(f"{n},{day},2020-01-01,{where}\n" for n in names)).encode())


def statuses(reports: tuple[FileReport, ...]) -> list[str]:
    return [report.status for report in reports]


def count(store: Store, table: str = "people") -> int:
    with store.reader().cursor() as cursor:
        return cursor.execute(f"select count(*) from {table}").fetchall()[0][0]


@pytest.mark.usefixtures("only_written")
def test_a_snapshot_may_come_in_several_files(store: Store) -> None:
    assert statuses(load(store, [north(), north(names="CDE", where="South")])) == ["loaded", "loaded"]
    assert count(store) == 5


@pytest.mark.usefixtures("only_written")
def test_a_later_command_replaces_the_whole_snapshot(store: Store) -> None:
    load(store, [north(), north(names="CDE", where="South")])
    load(store, [north(names="A", where="Everybody")])
    assert count(store) == 1


def test_one_key_with_two_contents_in_two_files_refuses_the_second(store: Store) -> None:
    reports = load(store, [north(), north(names="BC", where="South")])
    assert statuses(reports) == ["dry_run", "refused"]
    (issue,) = reports[1].issues
    assert (issue.line, issue.code) == (2, "conflicting-key") and "line 3 of North.csv" in issue.message
    assert not store.exists()


@pytest.mark.usefixtures("only_written")
def test_the_same_words_in_two_files_are_one_row(store: Store) -> None:
    again = SourceFile("again.csv", north().content + b"C,2024-03-31,2020-01-01,North\n")
    assert statuses(load(store, [north(), again])) == ["loaded", "loaded"]
    assert count(store) == 3


def test_a_snapshot_of_the_future_is_refused(store: Store) -> None:
    (report,) = load(store, [north(day=(date.today() + timedelta(days=40)).isoformat())])
    assert report.status == "refused" and {issue.code for issue in report.issues} >= {"future-date"}


@pytest.mark.usefixtures("only_written")
def test_the_same_file_read_in_another_way_is_another_load(store: Store) -> None:
    master = SourceFile("people.csv", b"employee_id,hire_date\nA,2020-01-01\n")
    load(store, [master], as_of=date(2024, 3, 31))
    assert statuses(load(store, [master], as_of=date(2024, 3, 31))) == ["already_loaded"]
    assert statuses(load(store, [master], as_of=date(2024, 6, 30))) == ["loaded"]


@pytest.mark.usefixtures("only_written")
def test_a_programme_that_is_to_be_added_to_the_plan_is_named(store: Store) -> None:
    pairs = SourceFile("pairs.csv", b"mentor_id,mentee_id,start_date,programme_id\nA,B,2024-01-01,RM24\n")
    (report,) = load(store, [pairs], mapping={"answers": {"programmes:RM24": NEW}})
    assert [issue.code for issue in report.issues if "RM24" in issue.message] == ["unknown-programme"]


def test_nothing_that_names_somebody_is_stored_or_said(store: Store) -> None:
    pairs = (
        "pair_id,mentor_id,mentee_id,start_date,end_reason,match_rule,status\n"
        "E00123-E00999,E00123,E00999,2024-01-01,Anna Schmidt resigned,by anna.schmidt@x.com,active\n"
        "p2,E00124,E00998,2024-01-01,,,Anna Schmidt\n"
        "p3,E00125,E00997,00123456,,,active\n"
    )
    answers = "survey_id,wave,response_id,item,score\ns,pre,anna.schmidt@x.com,i1,3\n"
    people = "anna.schmidt@x.com,employee_id,hire_date\n,E00123,2020-01-01\n"
    files = [
        SourceFile(n, t.encode()) for n, t in (("pairs.csv", pairs), ("survey.csv", answers), ("people.csv", people))
    ]
    rest = {"answers": {"rejected_rows": "load_the_rest"}}
    reports = load(store, files, mapping=rest)
    assert statuses(reports) == ["loaded"] * 3
    told = " ".join(issue.message for report in reports for issue in report.issues)
    kept = store.reader().path.read_bytes()
    for secret in ("E00123", "E00999", "00123456", "anna.schmidt", "Anna"):
        assert secret not in told
        assert secret.encode() not in kept


@pytest.mark.parametrize("mapping", [{"kind": ["people"]}, {"items": ["q1"]}, {"answers": {"kind": ["people"]}}])
def test_a_mapping_of_another_shape_is_a_sentence(store: Store, mapping: dict[str, object]) -> None:
    (report,) = load(store, [SourceFile("x.csv", b"id,q1\n1,2\n", mapping)])
    assert report.status == "refused" and "mapping" in report.message


@pytest.mark.usefixtures("only_written")
def test_versions_without_a_current_file_are_not_written_over(store: Store) -> None:
    load(store, [north()])
    before = (store.folder / "v000001.duckdb").read_bytes()
    (store.folder / "current").unlink()
    for ask in (store.reader, lambda: history(store), lambda: load(store, [north(names="Z")])):
        with pytest.raises(StoreDamaged, match="current is missing"):
            ask()
    assert (store.folder / "v000001.duckdb").read_bytes() == before


@pytest.mark.usefixtures("only_written")
@pytest.mark.parametrize("content", ["v000099.duckdb", ""])
def test_a_current_file_that_points_nowhere_is_a_sentence(store: Store, content: str) -> None:
    load(store, [north()])
    (store.folder / "current").write_text(content)
    with pytest.raises(StoreDamaged, match="newest"):
        store.reader()


def test_a_damaged_version_and_a_file_for_a_folder_are_sentences(store: Store, tmp_path: Path) -> None:
    store.folder.mkdir()
    (store.folder / "v000001.duckdb").write_bytes(b"not a database at all" * 100)
    (store.folder / "current").write_text("v000001.duckdb")
    with pytest.raises(StoreDamaged, match="damaged"):
        store.reader()
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreDamaged, match="a store is a folder"):
        Store(tmp_path / "file").reader()
    with pytest.raises(NoStore):
        Store(tmp_path / "nowhere").reader()


def test_an_empty_key_is_refused(store: Store) -> None:
    store.key_path.write_text("")
    (report,) = load(store, [north()])
    assert report.status == "refused" and "key" in report.message
