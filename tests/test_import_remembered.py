"""What was answered for one file answers the next of its shape; only the difference is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis.load
from analysis.load import FileReport, SourceFile, load, undo
from analysis.store import Store
from tests import list_files

FIRST = {"as_of": "2026-09-30", "values:Emp Typ = C": "contractor", "ladder": "7 Individual Contributor < 5 Manager"}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(analysis.load, "store_headlines", lambda connection, version, say: None)
    return Store(tmp_path / "store")


def give(store: Store, content: bytes, answers: dict[str, str] | None = None, name: str = "list.csv") -> FileReport:
    mapping = {"answers": answers} if answers else None
    return load(store, [SourceFile(name, content, mapping)])[0]


def asked(report: FileReport) -> list[str]:
    return [question.id for question in report.questions]


def next_list() -> bytes:
    return list_files.workday().replace(b"Another position", b"Resigned").replace(b"0004", b"0104")


def test_levels_are_put_in_order_once(store: Store) -> None:
    without = {name: answer for name, answer in FIRST.items() if name != "ladder"}
    [question] = give(store, list_files.workday(), without).questions
    assert (question.id, question.form) == ("ladder", "order")
    assert set(question.choices) == {"7 Individual Contributor", "5 Manager"}
    reports = load(store, [SourceFile("list.csv", list_files.workday(), {"answers": FIRST})])
    assert [(report.kind, report.status) for report in reports] == [("people", "loaded"), ("ladder", "loaded")]
    with store.reader().cursor() as cursor:
        ladder = cursor.execute("select level from ladder order by rank").fetchall()
    assert ladder == [("7 Individual Contributor",), ("5 Manager",)]


def test_somebody_may_say_that_there_is_no_order(store: Store) -> None:
    assert give(store, list_files.workday(), {**FIRST, "ladder": "later"}).status == "loaded"


def test_the_next_list_asks_only_what_is_true_of_it_alone(store: Store) -> None:
    assert give(store, list_files.workday(), FIRST).status == "loaded"
    assert asked(give(store, next_list())) == ["as_of", "scope"]
    report = give(store, next_list(), {"as_of": "2026-10-31", "scope": "everyone"})
    assert report.status == "loaded"
    assert {use.why for use in report.columns if use.target} == {"as last time"}


def test_a_changed_header_asks_for_the_difference_alone(store: Store) -> None:
    give(store, list_files.workday(), FIRST)
    changed = next_list().replace(b"Management Level", b"Mgmt Lvl Code")
    report = give(store, changed, {"as_of": "2026-10-31", "scope": "everyone"})
    assert report.status == "needs_answer" and len(report.questions) == 1
    [question] = report.questions
    answer = "level" if question.id.startswith("columns:") else "Mgmt Lvl Code"
    again = give(store, changed, {"as_of": "2026-10-31", "scope": "everyone", question.id: answer})
    assert again.status == "loaded", again.message
    with store.reader().cursor() as cursor:
        levels = cursor.execute("select distinct level from people where as_of_date = '2026-10-31'").fetchall()
    assert {level for (level,) in levels} == {"7 Individual Contributor", "5 Manager"}


def test_a_file_of_another_shape_is_not_answered_by_it(store: Store) -> None:
    give(store, list_files.workday(), FIRST)
    assert asked(give(store, list_files.hibob())) == ["as_of", "scope"]


def test_what_was_said_of_a_sentence_is_kept_as_a_hash(store: Store) -> None:
    told = "Learned that his neighbour is a gangster"
    content = list_files.workday().replace(b"Another position", told.encode())
    report = give(store, content, FIRST)
    [question] = report.questions
    assert told in question.text, "somebody has to see it to say what it means"
    assert give(store, content, {**FIRST, question.id: "voluntary"}).status == "loaded"
    for path in store.folder.rglob("*"):
        assert not path.is_file() or b"gangster" not in path.read_bytes()
    again = give(store, content.replace(b"0004", b"0104"), {"as_of": "2026-10-31", "scope": "everyone"})
    assert again.status == "loaded", again.message


def test_a_load_that_was_undone_has_still_taught_how_to_read(store: Store) -> None:
    report = give(store, list_files.workday(), FIRST)
    assert report.load_id is not None
    undo(store, report.load_id)
    assert "values:Emp Typ = C" not in asked(give(store, next_list()))


def test_the_mapping_of_a_report_reads_the_same_file_elsewhere(store: Store, tmp_path: Path) -> None:
    report = give(store, list_files.workday(), FIRST)
    other = Store(tmp_path / "other")
    [again, _] = load(other, [SourceFile("list.csv", list_files.workday(), report.mapping)])
    assert again.status == "loaded", again.message


def test_the_same_content_is_not_loaded_again_without_its_answers(store: Store) -> None:
    give(store, list_files.workday(), FIRST)
    assert give(store, list_files.workday()).status == "already_loaded"


def test_the_order_of_the_levels_is_asked_for_in_the_first_round(store: Store) -> None:
    report = give(store, list_files.workday())
    assert set(asked(report)) == set(FIRST)
    assert give(store, list_files.workday(), FIRST).status == "loaded"


def test_levels_that_only_faulty_lines_have_may_be_in_the_order_or_not(store: Store) -> None:
    content = b"Employee ID,Hire Date,Comp Grade\n" + b"".join(b"E%d,2020-01-31,G%d\n" % (n, n % 2) for n in range(300))
    content += b"E900,not a day,G9\n"
    assert set(asked(give(store, content))) == {"as_of", "ladder"}
    for order in ("G0 < G1", "G0 < G1 < G9"):
        mapping = {"answers": {"as_of": "2026-03-31", "ladder": order}}
        [report, *_] = load(store, [SourceFile("x.csv", content, mapping)], dry_run=True)
        assert (report.status, report.rejected) == ("dry_run", 1), report.message
    for order in ("G0", "G0 < G1 < G1", "G0 < G9"):
        assert give(store, content, {"as_of": "2026-03-31", "ladder": order}).status == "refused"


def test_no_order_is_asked_for_where_the_ladder_comes_with_the_file(store: Store) -> None:
    ladder = b"level,rank\n7 Individual Contributor,1\n5 Manager,2\n"
    files = [SourceFile("workers.csv", list_files.workday()), SourceFile("ladder.csv", ladder)]
    report, _ = load(store, files, dry_run=True)
    assert "ladder" not in {question.id for question in report.questions} and report.questions
