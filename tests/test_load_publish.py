"""From files to a published version, together or not at all; undo, redo, history."""

import json
from datetime import date

import pytest

import analysis.load
from analysis.load import LoadError, SourceFile, history, load, read_folder, redo, undo
from analysis.store import Store, StoreBusy

PEOPLE = "employee_id,hire_date,termination_date,level,email\n"
LADDER = "level,rank\nG1,1\nG2,2\n"


@pytest.fixture(autouse=True)
def rebuilt(monkeypatch):
    """What is computed from the rows has tests of its own; here only that it is asked for, and with what."""
    monkeypatch.delenv("IMPACT_KEY", raising=False)
    calls = []
    monkeypatch.setattr(analysis.load, "build_derived", lambda connection, plan: calls.append(plan.months_of_service))
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: calls.append(version))
    return calls


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def csv(name, text, mapping=None):
    return SourceFile(name, text.encode(), mapping)


def people(*ids, level="G1", name="people.csv"):
    return csv(name, PEOPLE + "".join(f"{one},2020-01-01,,{level},{one}@example.org\n" for one in ids))


def query(store, sql):
    with store.reader().cursor() as cursor:
        return cursor.execute(sql).fetchall()


def test_a_load_publishes_and_says_so(store, rebuilt):
    steps = []
    [report] = load(store, [people("A", "B")], progress=lambda *step: steps.append(step))
    assert (report.status, report.kind, report.loaded) == ("loaded", "people", 2)
    assert query(store, "select count(*), count(distinct employee_id) from people") == [(2, 2)]
    assert rebuilt == [6, 1]
    assert steps[0] == ("Reading people.csv", 0, 5)
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)
    assert steps[-1][1:] == (5, 5)
    [record] = history(store)
    assert (record.load_id, record.load_no, record.file_name, record.state) == (
        report.load_id,
        1,
        "people.csv",
        "active",
    )
    assert (record.lines, record.loaded, record.rejected) == (3, 2, 0)


def test_a_dry_run_writes_nothing_at_all(store, tmp_path):
    [report] = load(store, [people("A")], dry_run=True)
    assert (report.status, report.loaded) == ("dry_run", 1)
    assert list(tmp_path.iterdir()) == []


def test_the_same_content_is_loaded_once(store):
    [first] = load(store, [people("A")])
    [again] = load(store, [people("A", name="copy.csv")])
    assert (again.status, again.load_id) == ("already_loaded", first.load_id)
    assert store.reader().data_version == 1
    one, twin = load(store, [people("B"), people("B", name="twin.csv")])
    assert (one.status, twin.status) == ("loaded", "already_loaded")
    assert len(history(store)) == 2


def test_files_are_published_together_or_not_at_all(store):
    refused = csv("pairs.csv", "mentor_id,mentee_id,start_date\n")
    asks = csv("odd.csv", "one,two\n1,2\n")
    for trouble, status in ((refused, "refused"), (asks, "needs_answer")):
        good, bad = load(store, [people("A"), trouble])
        assert (good.status, bad.status) == ("dry_run", status)
        assert "another file" in good.message
        assert not store.exists()


def test_a_failure_while_building_publishes_nothing(store, monkeypatch):
    load(store, [people("A")])

    def fail(connection, plan):
        raise RuntimeError("out of memory")

    monkeypatch.setattr(analysis.load, "build_derived", fail)
    with pytest.raises(RuntimeError):
        load(store, [people("B")])
    assert store.reader().data_version == 1
    assert len(history(store)) == 1


def test_undo_and_redo_change_what_holds_and_keep_the_history(store):
    [first] = load(store, [people("A", "B")])
    [second] = load(store, [people("C")])
    assert undo(store, second.load_id) == 3
    assert query(store, "select count(*) from people") == [(2,)]
    assert [record.state for record in history(store)] == ["undone", "active"]
    assert redo(store, second.load_id) == 4
    assert query(store, "select count(*) from people") == [(3,)]
    undo(store, first.load_id)
    assert query(store, "select count(*) from people") == [(1,)]


def test_undo_says_why_it_can_not(store):
    with pytest.raises(LoadError, match="No data"):
        undo(store, "abc")
    [report] = load(store, [people("A")])
    with pytest.raises(LoadError, match="no load"):
        undo(store, "abc")
    with pytest.raises(LoadError, match="active already"):
        redo(store, report.load_id)
    undo(store, report.load_id)
    with pytest.raises(LoadError, match="undone already"):
        undo(store, report.load_id)
    assert store.reader().data_version == 2


def test_an_undone_load_may_be_loaded_again_and_then_not_redone(store):
    [first] = load(store, [people("A")])
    undo(store, first.load_id)
    [second] = load(store, [people("A")])
    assert second.status == "loaded"
    assert second.load_id != first.load_id
    with pytest.raises(LoadError, match=second.load_id):
        redo(store, first.load_id)


def test_a_level_outside_the_ladder_is_refused_wherever_the_ladder_is(store):
    ladder, odd = csv("ladder.csv", LADDER), people("A", level="G9")
    assert [report.status for report in load(store, [odd, ladder])] == ["refused", "dry_run"]
    assert [report.status for report in load(store, [people("B"), ladder])] == ["loaded", "loaded"]
    [report] = load(store, [odd])
    assert report.status == "refused"
    assert '"G9"' in report.message
    wider = csv("ladder2.csv", LADDER + "G9,9\n")
    assert [report.status for report in load(store, [odd, wider])] == ["loaded", "loaded"]


def test_without_any_ladder_levels_are_accepted_and_a_later_ladder_names_what_it_lacks(store):
    assert load(store, [people("A", level="G9")])[0].status == "loaded"
    [report] = load(store, [csv("ladder.csv", LADDER)])
    assert [issue.code for issue in report.issues] == ["level-not-in-ladder"]


def test_tables_that_do_not_fit_inform_and_reject_nothing(store):
    staff = csv("people.csv", PEOPLE + "A,2020-01-01,2021-01-01,,\nB,2020-01-01,,,\nC,2019-01-01,2019-06-01,,\n")
    rehired = csv("later.csv", "employee_id,hire_date,as_of_date\nC,2022-01-01,2022-12-31\n")
    pairs = csv(
        "pairs.csv",
        "pair_id,mentor_id,mentee_id,start_date\np1,A,B,2022-03-01\np2,C,B,2022-03-01\np3,X,B,2020-03-01\n",
    )
    sessions = csv("sessions.csv", "pair_id,session_date,status\np1,2022-04-01,held\np9,2022-04-01,held\n")
    reports = load(store, [sessions, pairs, staff, rehired])
    found = {(report.file, issue.line, issue.code) for report in reports for issue in report.issues}
    assert found == {
        ("pairs.csv", 4, "unknown-person"),
        ("pairs.csv", 2, "enrolled-after-exit"),
        ("sessions.csv", 3, "unknown-pair"),
        ("later.csv", 2, "rehired"),
    }
    assert all(report.rejected == 0 for report in reports)
    assert {(record.file_name, record.issues) for record in history(store)} >= {("pairs.csv", 2), ("people.csv", 0)}


def test_answers_under_an_email_address_are_linked_to_people(store):
    mapping = {
        "survey_id": "s",
        "wave": "pre",
        "side": "mentor",
        "columns": {"Email": "email"},
        "items": {"Sure?": {"item": "sure"}},
    }
    lines = "ID,Start time,Completion time,Email,Name,Sure?\n1,,2024-05-01,A@Example.org,A,4\n2,,2024-05-01,x@y,X,3\n"
    form = csv("form.csv", lines, mapping)
    reports = load(store, [form, people("A", "B")])
    linked = query(
        store, "select survey.line, people.employee_id is not null from survey left join people using (employee_id)"
    )
    assert sorted(linked) == [(2, True), (3, False)]
    assert [issue.code for issue in reports[0].issues] == ["unlinked-response"]


RENAMED = {"columns": {"Nr": "employee_id", "Since": "hire_date"}, "answers": {"as_of": "2024-01-31"}}


def test_a_mapping_of_the_file_wins_over_the_one_of_the_command(store):
    renamed = csv("a.csv", "Nr,Since\nA,2020-01-01\n", RENAMED)
    [report] = load(store, [renamed], mapping={"kind": "ladder"})
    assert (report.status, report.kind) == ("loaded", "people")


def test_the_newest_plan_is_the_one_that_is_built_with(store, rebuilt):
    load(store, [people("A")])
    load(store, [csv("plan.toml", "[study]\nmonths_of_service = 3\n")])
    assert rebuilt == [6, 1, 3, 2]


def test_as_of_date_stands_with_the_load(store):
    load(store, [people("A")], as_of=date(2024, 3, 31))
    assert history(store)[0].as_of_date == date(2024, 3, 31)


def test_what_somebody_else_loaded_meanwhile_is_not_overwritten(store):
    load(store, [people("A")])

    def meanwhile(step, done, total):
        if done == 0:
            load(store, [people("B")])

    with pytest.raises(StoreBusy):
        load(store, [people("C")], progress=meanwhile)
    assert len(history(store)) == 2


def test_a_folder_is_read_with_its_mappings(tmp_path):
    (tmp_path / "b.csv").write_text("x")
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    (tmp_path / "plan.toml").write_text("")
    (tmp_path / "notes.txt").write_text("no")
    (tmp_path / "b.csv.mapping.json").write_text(json.dumps({"kind": "people"}))
    files = read_folder(tmp_path)
    assert [file.name for file in files] == ["a.xlsx", "b.csv", "plan.toml"]
    assert [file.mapping for file in files] == [None, {"kind": "people"}, None]
    (tmp_path / "b.csv.mapping.json").write_text("{")
    with pytest.raises(LoadError, match=r"b\.csv\.mapping\.json"):
        read_folder(tmp_path)
