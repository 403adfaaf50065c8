"""What the plan declares is computed by the load; a question that it does not declare is computed when asked."""

from __future__ import annotations

from pathlib import Path

from analysis.findings import answers
from analysis.findings.results import Question
from tests.tiny import Person, Tiny, crowd, employer, pair

PLAN = '[study]\nhorizons = [12, 6]\noutcomes = ["retention", "voluntary_exit", "promotion", "internal_move"]\n'


def stored(tiny: Tiny) -> set[tuple[str, str]]:
    """Outcome and horizon of every stored headline of the newest quarter."""
    newest = answers.quarters(tiny.reader)[0]
    rows = tiny.query("select question from stored_finding where question like 'detail|%'")
    parts = [row["question"].split("|") for row in rows]
    return {(part[1], part[3]) for part in parts if part[4] == newest}


def test_declared_horizons_and_outcomes_are_stored(tmp_path: Path) -> None:
    mentors = [Person(f"mentor{n}", left="2024-09-15" if n % 9 == 0 else "") for n in range(40)]
    pairs = [pair(person.name, "2024-04-20") for person in mentors]
    leavers = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(20)]
    people = [*crowd(80), *mentors, *leavers]
    usual = stored(employer(tmp_path / "usual", people, pairs, stored=True))
    assert {horizon for _, horizon in usual} == {"12"}
    assert {"retention", "voluntary_exit", "promotion"} <= {outcome for outcome, _ in usual}
    tiny = employer(tmp_path / "declared", people, pairs, plan=PLAN, stored=True)
    assert {("retention", "6"), ("promotion", "6"), ("internal_move", "12"), ("internal_move", "6")} <= stored(tiny)
    (six,) = answers.effects(tiny.reader, Question("retention", "mentor", 6))
    assert six.verdict != "exploratory" and any(check.name == "hidden_factor" for check in six.checks)
    (nine,) = answers.effects(tiny.reader, Question("retention", "mentor", 9))
    assert nine.verdict == "exploratory"
