"""What keeps a number from being shown, and the sentence that says so; what one group would say of another."""

from __future__ import annotations

import pytest

from analysis.findings import answers
from analysis.findings.checks.model_health import OLDER
from analysis.findings.publication import NO_BALANCE, NO_CURVE, NO_METHOD, blanked_detail
from analysis.findings.results import Question
from tests import fabricated
from tests.tiny import Person, crowd, csv, employer, pair

ZERO = "2024-04-20"
EVENT = {"employee_id": "crowd9", "effective_date": "2024-01-15", "event_type": "promotion", "to_level": "A"}


def _mentors(count: int) -> tuple[list[Person], list[dict[str, str]]]:
    names = [f"mentor{number}" for number in range(count)]
    return [Person(name) for name in names], [pair(name, ZERO) for name in names]


def test_who_vanishes_without_an_exit_withholds_retention_unless_the_plan_says_left(tmp_path) -> None:
    mentors, pairs = _mentors(40)
    people = [*crowd(80), *mentors, Person("gone", seen_until="2024-09-30"), Person("left", left="2024-08-01")]
    question = Question("retention", "mentor")
    (withheld,) = answers.effects(employer(tmp_path / "a", people, pairs).reader, question)
    assert withheld.verdict == "not_reliable_enough_to_read" and withheld.estimate is None
    assert "without an exit date" in (withheld.reason or "")
    told = employer(tmp_path / "b", people, pairs, plan='[study]\nabsent_without_exit = "left"\n')
    rows = told.trial_rows("gone")
    assert rows[0]["exit_month"] == 6 and rows[0]["exit_type"] == "other"


def test_survivors_only_are_withheld(tmp_path) -> None:
    mentors, pairs = _mentors(40)
    reader = employer(tmp_path, [*crowd(80), *mentors], pairs).reader
    (finding,) = answers.effects(reader, Question("retention", "mentor"))
    assert finding.verdict == "not_reliable_enough_to_read" and "nobody who left" in finding.sentence
    # A curve would tell the rate that is withheld.
    curves = answers.curves(reader, "mentor")
    assert curves.participants is None and curves.comparators is None and curves.reason == NO_CURVE
    assert curves.months_gained is None and curves.sentence == NO_CURVE


def test_a_master_list_is_used_with_care(tmp_path) -> None:
    mentors, pairs = _mentors(40)
    leavers = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(12)]
    everyone = [*crowd(80), *mentors, *leavers]
    fixed = {"level": "B", "department": "Sales"}
    rows = [{"employee_id": p.name, "hire_date": p.hired, "termination_date": p.left, **fixed} for p in everyone]
    rows[0]["termination_date"] = "2025-08-01"
    tiny = employer(tmp_path, [], pairs, events=[EVENT], extra={"people.csv": csv(rows)})
    (finding,) = answers.effects(tiny.reader, Question("retention", "mentor"))
    check = next(check for check in finding.checks if check.name == "covariates_as_of_time_zero")
    assert check.status == "warning"
    assert finding.grade in ("C", "?")
    assert {row["department"] for row in tiny.query("select distinct department from person_trial")} == {"unknown"}


def test_one_old_exit_does_not_make_a_list_of_survivors_complete(tmp_path) -> None:
    mentors, pairs = _mentors(40)
    people = [*crowd(80), *mentors, Person("left before", left="2024-04-12")]
    (finding,) = answers.effects(employer(tmp_path, people, pairs).reader, Question("retention", "mentor"))
    assert finding.verdict == "not_reliable_enough_to_read" and "Not one of 120 person-trials left" in finding.sentence


@pytest.mark.parametrize(
    ("snapshots", "pairs", "words"),
    [
        (("2024-06-30", "2025-06-30"), [pair("crowd1", ZERO)], "before the first list of people"),
        (("2024-03-31", "2024-06-30"), [pair("crowd1", ZERO)], "followed long enough"),
        (("2024-03-31", "2025-06-30"), [], "no pairs of a reverse programme"),
    ],
)
def test_why_nothing_is_shown_is_said_truly(tmp_path, snapshots, pairs, words: str) -> None:
    tiny = employer(tmp_path, crowd(), pairs, snapshots=snapshots)
    (finding,) = answers.effects(tiny.reader, Question("retention", "mentor"))
    assert finding.suppressed and words in finding.sentence


def test_where_nobody_is_counted_no_check_of_them_passes_and_all_give_the_same_reason(tmp_path) -> None:
    people = [*crowd(60), Person("gone", seen_until="2024-06-30")]
    pairs = [pair("crowd1", ZERO), pair("crowd2", "2025-05-10", "two")]
    tiny = employer(tmp_path, people, pairs, snapshots=("2024-06-30", "2025-06-30"))
    (finding,) = answers.effects(tiny.reader, Question("retention", "mentor"))
    reason = "Of 2 monthly batches, 1 started before the first list of people"
    checks = {check.name: check for check in finding.checks}
    assert reason[1:] in finding.sentence and "Fewer than" not in checks["model"].text
    assert checks["model"].text.startswith(reason) and checks["model"].remedy == OLDER
    assert (
        checks["model"].status
        == checks["follow_up"].status
        == checks["covariates_as_of_time_zero"].status
        == "could_not_run"
    )


def test_a_group_of_one_cohort_is_hidden_where_the_others_would_give_the_rest_away(tmp_path) -> None:
    def mentors(prefix: str, count: int, gender: str) -> list[Person]:
        return [Person(f"{prefix}{n}", more={"gender": gender}) for n in range(count)]

    early = [*mentors("a", 14, "woman"), *mentors("b", 30, "man")]
    late = [*mentors("c", 4, "woman"), *mentors("d", 30, "man")]
    leavers = [
        Person(f"l{n}", left=f"2024-{5 + n % 6:02}-15", more={"gender": "woman" if n % 2 else "man"}) for n in range(30)
    ]
    everyone = [*crowd(60, more={"gender": "man"}), *mentors("e", 60, "woman"), *early, *late, *leavers]
    pairs = [*(pair(p.name, "2024-04-10") for p in early), *(pair(p.name, "2024-05-10", "two") for p in late)]
    reader = employer(tmp_path, everyone, pairs).reader
    question = Question("retention", "mentor", cohort="one", by="gender")
    women = next(finding for finding in answers.effects(reader, question) if finding.group == "woman")
    assert women.suppressed  # 14 of them here and 18 in all would give away the 4 of the other cohort


def test_a_suppressed_number_leaves_no_box_empty(tmp_path) -> None:
    mentors, pairs = _mentors(9)
    leavers = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(12)]
    reader = employer(tmp_path, [*crowd(80), *mentors, *leavers], pairs).reader
    detail = answers.outcome_detail(reader, Question("retention", "mentor"))
    assert detail.finding.suppressed and not detail.methods and not detail.balance
    assert detail.method_alt_text == detail.balance_alt_text == "Not shown: fewer than 10 participants."
    # Of a number that is suppressed beside others, what was there is taken away, and a sentence stands there.
    told = blanked_detail(fabricated.detail(detail.finding))
    assert (told.methods, told.method_alt_text) == ((), NO_METHOD)
    assert (told.balance, told.balance_alt_text) == ((), NO_BALANCE)
