"""No id or address leaves the import un-hashed, and the key is kept apart and kept the same."""

import stat

import pytest

import analysis.load
from analysis.load import SourceFile, history, load, undo
from analysis.store import Store

IDS = ("RAW-ID-ONE", "RAW-ID-TWO")
FILES = {
    "people.csv": "employee_id,hire_date,manager_id,email,full_name,termination_date\n"
    "RAW-ID-ONE,2020-01-01,RAW-ID-TWO,raw.address@example.org,Rawname One,\n"
    "RAW-ID-TWO,2020-01-01,,Raw.Two@example.org,Rawname Two,2020-02-30\n",
    "pairs.csv": "mentor_id,mentee_id,start_date\nRAW-ID-ONE,RAW-ID-TWO,2021-01-01\n",
    "job_events.csv": "employee_id,effective_date,event_type\nRAW-ID-ONE,2021-01-01,promotion\n",
}
ANSWER = {"answers": {"rejected_rows": "load_the_rest"}}


@pytest.fixture(autouse=True)
def without_rebuilding(monkeypatch):
    monkeypatch.delenv("IMPACT_KEY", raising=False)
    monkeypatch.setattr(analysis.load, "build_derived", lambda connection, plan: None)
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def files(*names):
    return [SourceFile(name, FILES[name].encode()) for name in names or FILES]


def ladder(rank):
    return [SourceFile("ladder.csv", f"level,rank\nG1,{rank}\n".encode())]


def test_no_raw_id_address_or_name_is_anywhere_beside_the_store(store, tmp_path):
    reports = load(store, files(), mapping=ANSWER)
    undo(store, reports[0].load_id)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len([path for path in written if path.suffix == ".duckdb"]) == 2
    for path in written:
        content = path.read_bytes().lower()
        for raw in (b"raw-id", b"raw.address", b"raw.two", b"rawname"):
            assert raw not in content, path
    assert "RAW" not in str(reports) + str(history(store))


def test_nothing_raw_is_written_while_the_load_is_going_on(store, tmp_path, monkeypatch):
    seen = []

    def look(connection, plan):
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    monkeypatch.setattr(analysis.load, "build_derived", look)
    load(store, files("pairs.csv"))
    assert seen
    assert not any(b"RAW-ID" in content for content in seen)


def test_an_id_has_one_pseudonym_in_every_kind_of_file(store):
    load(store, files("pairs.csv", "job_events.csv"))
    with store.reader().cursor() as cursor:
        rows = cursor.execute("select mentor_id, employee_id from pairs, job_events").fetchall()
    assert rows[0][0] == rows[0][1]
    assert len(rows[0][0]) == 32


def test_the_key_is_made_at_the_first_load_outside_the_folder_for_its_owner_alone(store):
    load(store, files("pairs.csv"))
    assert store.key_path.parent == store.folder.parent
    assert stat.S_IMODE(store.key_path.stat().st_mode) == 0o600
    assert len(store.key_path.read_text()) == 64


def test_a_lost_key_refuses_and_makes_no_new_one(store):
    load(store, files("pairs.csv"))
    key = store.key_path.read_text()
    store.key_path.unlink()
    [report] = load(store, ladder(1))
    assert report.status == "refused"
    assert "key" in report.message
    assert not store.key_path.exists()
    store.key_path.write_text(key)
    assert load(store, ladder(1))[0].status == "loaded"


def test_another_key_is_noticed(store, monkeypatch):
    load(store, files("pairs.csv"))
    monkeypatch.setenv("IMPACT_KEY", "a key of another store")
    [report] = load(store, ladder(1))
    assert report.status == "refused"
    assert "not the one" in report.message


def test_the_environment_can_hold_the_key_and_no_file_is_made(store, monkeypatch):
    monkeypatch.setenv("IMPACT_KEY", "0123456789abcdef")
    load(store, files("pairs.csv"))
    load(store, ladder(1))
    assert not store.key_path.exists()
    monkeypatch.delenv("IMPACT_KEY")
    assert load(store, ladder(2))[0].status == "refused"
