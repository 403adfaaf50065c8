"""A store that another version of the application computed is computed anew, once, before anything is read of it."""

from __future__ import annotations

from pathlib import Path

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.load import newest
from tests.tiny import Person, crowd, employer, pair


def test_it_is_brought_up_to_date_once_and_says_the_same(tmp_path: Path) -> None:
    mentors = [Person(f"mentor{n}", left="2024-09-15" if n % 9 == 0 else "") for n in range(40)]
    leavers = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(20)]
    pairs = [pair(person.name, "2024-04-20") for person in mentors]
    tiny = employer(tmp_path, [*crowd(80), *mentors, *leavers], pairs, stored=True)
    asked = Question("retention", "mentor")
    before = answers.effects(newest(tiny.store), asked)[0]
    with tiny.store.writing() as draft:  # as an older version would have left it
        draft.connection.execute("update computed_by set version = '0.0.1'")
        draft.connection.execute("drop view person_trial")
        draft.connection.execute("drop table pattern")
        draft.connection.execute("delete from stored_finding")
    steps: list[str] = []
    reader = newest(tiny.store, lambda step, done, total: steps.append(step))
    assert steps and steps[-1] == "Publishing"
    after = answers.effects(reader, asked)[0]
    assert (after.estimate, after.ci_low, after.sentence) == (before.estimate, before.ci_low, before.sentence)
    assert after.data_version == before.data_version + 2
    assert newest(tiny.store) == reader
