"""One person goes from every table, every kept version and every byte; everything about others stays."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from analysis.__main__ import main
from analysis.findings import answers
from analysis.findings.results import Question
from analysis.forget import NobodyForgotten, forget
from analysis.imports.pseudonyms import Pseudonyms, find_key
from analysis.load import SourceFile, history, load, newest, undo
from analysis.store import Store, read_audit
from tests.tiny import Person, crowd, csv, employer, pair
from tests.told import nothing_computed

GONE, MAIL = "PERSON-TO-FORGET", "forget.me@example.org"
EXTRA = {
    "invitations.csv": f"employee_id,side,applied_on,response\n{GONE},mentor,2024-03-01,accepted\n"
    "crowd1,mentor,2024-03-01,declined\n",
    "measures.csv": f"metric,date,value,employee_id\nsales,2024-03-31,5,{GONE}\nsales,2024-03-31,6,crowd1\n",
    "sessions.csv": "pair_id,session_date,status,session_id\nours,2024-05-01,held,s1\ntheirs,2024-05-02,held,s2\n",
    "goals.csv": "pair_id,kind,set_on,goal_id\nours,smart,2024-05-01,g1\ntheirs,smart,2024-05-01,g2\n",
    "survey.csv": "survey_id,wave,response_id,item,score,employee_id,side\n"
    f"pulse,pre,r1,inclusion_1,4,{GONE},mentor\npulse,pre,r2,inclusion_1,3,crowd1,mentor\n",
}  # fmt: skip
TABLES = ("people", "job_events", "invitations", "pairs", "sessions", "goals", "survey", "measures")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A person in every kind of file, and an older version that is kept."""
    people = [
        *crowd(12, more={"manager_id": GONE, "email": ""}),
        Person(GONE, more={"manager_id": "crowd2", "email": MAIL}),
        Person("senior", more={"manager_id": "", "email": "senior@example.org"}),
    ]
    pairs = [
        {**pair(GONE, "2024-04-20"), "pair_id": "ours", "mentee_id": "senior"},
        {**pair("crowd1", "2024-04-20"), "pair_id": "theirs", "mentee_id": "senior"},
    ]
    events = [
        {"employee_id": name, "effective_date": "2024-05-01", "event_type": "promotion"} for name in (GONE, "crowd3")
    ]
    extra = {name: text.encode() for name, text in EXTRA.items()}
    found = employer(tmp_path, people, pairs, events=events, extra=extra).store
    with nothing_computed():
        load(found, [SourceFile("ladder.csv", b"level,rank\nA,1\nB,2\nC,3\nD,4\n")])
    return found


@pytest.fixture
def no_headlines(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that ask nothing of the findings, which take most of an erasure's time."""
    monkeypatch.setattr("analysis.load.store_headlines", lambda *_: None)


def marks(store: Store) -> dict[str, bytes]:
    """What stands for the person in the files: both pseudonyms, as text and as raw bytes."""
    pseudonyms = Pseudonyms(find_key(store.key_path, None, True))
    texts = {"id": pseudonyms.of(GONE), "mail": pseudonyms.of_email(MAIL)}
    return {
        **{name: text.encode() for name, text in texts.items()},
        **{f"raw {name}": bytes.fromhex(text) for name, text in texts.items()},
        "given id": GONE.encode(),
        "given mail": MAIL.encode(),
    }


def traces(store: Store) -> dict[str, set[str]]:
    """The marks that are found, by file beside or in the store."""
    known = marks(store)
    return {
        path.name: {name for name, mark in known.items() if mark in path.read_bytes()}
        for path in store.folder.parent.rglob("*")
        if path.is_file()
    }


def rows(store: Store) -> dict[str, set[tuple[object, ...]]]:
    """The loaded rows of each kind that are not the person's nor of a pair or session of theirs; managers left out."""
    ours = {marks(store)["id"].decode(), Pseudonyms(find_key(store.key_path, None, True)).of("ours")}
    with store.reader().cursor() as cursor:
        return {
            table: {
                row
                for row in cursor.execute(
                    f"select {'* exclude (manager_id)' if table == 'people' else '*'} from {table}_row"
                ).fetchall()
                if not ours & set(map(str, row))
            }
            for table in TABLES
        }


def test_no_byte_of_the_store_holds_the_person_afterwards_and_before_it_did(store: Store) -> None:
    versions = sorted(path.name for path in store.folder.glob("v*.duckdb"))
    before = traces(store)
    assert len(versions) == 2
    for name in versions:
        assert {"id", "mail"} <= before[name], "else the search could find nothing"
    found = forget(store, GONE, by="steward")
    after = traces(store)
    assert [name for name in after if name.endswith(".duckdb")] == ["v000003.duckdb"]
    assert found.versions == 2 and found.data_version == 3
    assert all(not names for names in after.values()), after
    with duckdb.connect(str(store.folder / "v000003.duckdb"), read_only=True) as connection:
        for table, column in connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and data_type = 'VARCHAR'"
        ).fetchall():
            texts = {str(row[0]).encode() for row in connection.execute(f"select {column} from {table}").fetchall()}
            assert not texts & set(marks(store).values()), (table, column)


@pytest.mark.usefixtures("no_headlines")
def test_what_is_about_others_stays_row_by_row(store: Store) -> None:
    before = rows(store)
    found = forget(store, GONE)
    after = rows(store)
    assert after == before
    assert all(after[table] for table in TABLES)
    with store.reader().cursor() as cursor:
        everything = {table: cursor.execute(f"select count(*) from {table}_row").fetchone()[0] for table in TABLES}
        managers = cursor.execute("select count(manager_id) from people_row").fetchone()
        partner = cursor.execute("select count(*) from enrolment").fetchone()
    assert everything == {table: len(kept) for table, kept in after.items()}
    assert managers == (0,), "the person was the only manager"
    assert partner is not None and partner[0] == 2, "the other mentor and the senior colleague, through their own pair"
    assert (found.lines, found.loads, found.pairs) == (7 + 1 + 1 + 1 + 1 + 1 + 1 + 1, 8, 1)


@pytest.mark.usefixtures("no_headlines")
def test_a_load_that_lost_lines_says_how_many_and_counts_what_was_read(store: Store) -> None:
    before = {one.file_name: one.loaded for one in history(store)}
    forget(store, GONE)
    told = {one.file_name: (one.loaded, one.forgotten) for one in history(store)}
    assert told["people.csv"] == (before["people.csv"], 7)
    assert told["pairs.csv"] == (before["pairs.csv"], 1) and told["survey.csv"][1] == 1
    said = CliRunner().invoke(main, ["status", "--store", str(store.folder)]).output
    assert "7 lines gone since: a person was forgotten" in said
    forget(store, "crowd1")
    assert {one.file_name: one.forgotten for one in history(store)}["people.csv"] == 14


def test_the_store_goes_on_undo_loads_and_the_same_key(store: Store) -> None:
    key = store.key_path.read_bytes()
    forget(store, GONE)
    assert newest(store).data_version == 3
    with nothing_computed():
        pairs = next(one for one in history(store) if one.file_name == "pairs.csv")
        undo(store, pairs.load_id)
        (report,) = load(store, [SourceFile("more.csv", csv(Person("crowd1").rows(("2026-03-31",))))])
    assert report.status == "loaded" and store.key_path.read_bytes() == key
    answers.effects(newest(store), Question("retention", "mentor"))


def test_by_address_too_and_the_audit_tells_it_without_whom(store: Store) -> None:
    forget(store, MAIL.upper(), by="steward")
    assert all(not names for names in traces(store).values())
    told = [(one.what, one.about, one.who, one.outcome) for one in read_audit(store)][-2:]
    assert told == [("erasure", "one person", "steward", said) for said in ("begun", "done")]


def test_nobody_of_that_id_changes_nothing(store: Store) -> None:
    before = {path.name: path.read_bytes() for path in store.folder.iterdir()}
    with pytest.raises(NobodyForgotten, match="Nothing was changed"):
        forget(store, "somebody else")
    assert {path.name: path.read_bytes() for path in store.folder.iterdir()} == before


@pytest.mark.usefixtures("no_headlines")
def test_what_would_be_left_is_noticed_and_nothing_is_published(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name: path.read_bytes() for path in store.folder.glob("v*")}
    monkeypatch.setattr("analysis.forget._is_gone", lambda kind: "false")
    with pytest.raises(NobodyForgotten, match="would be left in"):
        forget(store, GONE)
    assert {path.name: path.read_bytes() for path in store.folder.glob("v*")} == before
    assert not [path for path in store.folder.iterdir() if "draft" in path.name or "before" in path.name]


@pytest.mark.usefixtures("no_headlines")
def test_the_command_asks_for_a_word_first(store: Store) -> None:
    asked = ["forget", "--store", str(store.folder)]
    stopped = CliRunner().invoke(main, asked, input=f"{GONE}\nno\n")
    assert stopped.exit_code == 2 and "Nothing was changed." in stopped.stderr
    assert traces(store)["v000002.duckdb"]
    done = CliRunner().invoke(main, asked, input=f"{GONE}\nforget\n")
    assert done.exit_code == 0 and "Forgotten: 14 lines of 8 loads are gone." in done.output
    assert GONE not in done.output
    again = CliRunner().invoke(main, [*asked, "--person", GONE, "--yes", "--json"])
    assert again.exit_code == 2 and "Nobody of that id" in again.stderr
