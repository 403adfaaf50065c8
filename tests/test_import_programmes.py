"""Programmes that the plan lacks are asked about, once: a spelling must not take pairs out of every comparison."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.imports.programmes import NEW, NOT_REVERSE
from analysis.load import FileReport, SourceFile, load
from analysis.store import Store
from tests.told import nothing_computed

LIST = b"Mentor ID,Mentee ID,Start Date,Program Name\n" + b"".join(
    b"E1%d,E2%d,2024-01-31,%s\n" % (n, n, b"Reverse 2024" if n < 3 else b"Sponsors" if n == 3 else b"reverse")
    for n in range(6)
)
CANONICAL = b"mentor_id,mentee_id,start_date,programme_id\nA,B,2024-01-01,RM24\nC,D,2024-01-01,\n"
ANSWERS = {"programmes:Reverse 2024": "reverse", "programmes:Sponsors": NOT_REVERSE}
PLAN = b'[[programmes]]\nid = "rm24"\nname = "Reverse 2024"\norientation = "reverse"\n'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def give(store: Store, content: bytes, answers: dict[str, str] | None = None, name: str = "pairs.csv") -> FileReport:
    with nothing_computed():
        return load(store, [SourceFile(name, content, {"answers": answers} if answers else None)])[0]


def programmes(store: Store) -> list[tuple[str, int]]:
    with store.reader().cursor() as cursor:
        return cursor.execute("select programme_id, count(*) from pairs group by all order by all").fetchall()


def test_each_name_is_asked_about_with_its_lines_and_the_programmes_of_the_plan(store: Store) -> None:
    report = give(store, LIST)
    assert [question.id for question in report.questions] == list(ANSWERS)
    first = report.questions[0]
    assert "3 lines" in first.text and first.choices == ("reverse", NOT_REVERSE, NEW)
    assert "reverse (Reverse mentoring)" in first.why and first.suggestion is None


def test_the_answer_is_what_is_loaded_and_what_is_none_is_not_told_again(store: Store) -> None:
    report = give(store, LIST, ANSWERS)
    assert report.status == "loaded" and programmes(store) == [("Sponsors", 1), ("reverse", 5)]
    assert not [issue for issue in report.issues if issue.code == "unknown-programme"]


def test_a_new_programme_is_loaded_under_its_name_and_told_what_to_add(store: Store) -> None:
    report = give(store, LIST, {**ANSWERS, "programmes:Reverse 2024": NEW})
    [issue] = [issue for issue in report.issues if issue.code == "unknown-programme"]
    assert '"Reverse 2024": 3' in issue.message and "plan.toml" in issue.message


def test_the_answer_is_remembered_for_the_next_file_of_its_shape(store: Store) -> None:
    give(store, LIST, ANSWERS)
    assert give(store, LIST.replace(b"2024-01-31", b"2025-01-31")).status == "loaded"
    [question] = give(store, LIST.replace(b"Sponsors", b"Buddies")).questions
    assert question.id == "programmes:Buddies"


def test_a_file_with_canonical_headers_is_asked_and_remembered_too(store: Store) -> None:
    [question] = give(store, CANONICAL).questions
    assert question.id == "programmes:RM24" and "1 line," in question.text
    assert give(store, CANONICAL, {question.id: "reverse"}).status == "loaded"
    assert programmes(store) == [("reverse", 1), (None, 1)]
    assert give(store, CANONICAL.replace(b"2024-01-01", b"2025-01-01")).status == "loaded"


def test_the_plan_of_the_same_command_is_the_one_that_counts(store: Store) -> None:
    files = [SourceFile("pairs.csv", LIST), SourceFile("plan.toml", PLAN)]
    report, _ = load(store, files, dry_run=True)
    found = {question.id: question for question in report.questions}
    assert set(found) == {*ANSWERS, "programmes:reverse"}
    assert (found["programmes:Reverse 2024"].suggestion, found["programmes:Reverse 2024"].why) == (
        "rm24",
        "the plan calls it so",
    )


def test_an_answer_that_is_no_programme_is_asked_again(store: Store) -> None:
    [question] = give(store, LIST, {**ANSWERS, "programmes:Reverse 2024": "revers"}).questions
    assert question.id == "programmes:Reverse 2024"


def test_invitations_are_asked_too_and_together_with_everything_else(store: Store) -> None:
    lines = b"".join(b"E%d,0%d/0%d/2024,Rev\n" % (n, n, n + 1) for n in range(1, 6))
    report = give(store, b"Employee ID,Invited On,Program Name\n" + lines, {"kind": "invitations"}, "x.csv")
    assert {question.id for question in report.questions} == {"side", "dates:Invited On", "programmes:Rev"}
