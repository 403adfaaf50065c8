"""Rules R0 to R12 of the protocol, each on a person of its own; one tiny employer holds most of them."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import answers
from analysis.findings.results import Question
from analysis.study.periods import quarter_end, quarter_of
from tests.tiny import Person, Tiny, crowd, csv, employer, pair

ZERO = "2024-04-20"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    people = [
        *crowd(),
        Person("first"),
        Person("last"),
        Person("joins later"),
        Person("plans only"),
        Person("leaves before zero", left="2024-04-12"),
        Person("leaves on zero", left=ZERO),
        Person("leaves between base and zero", left="2024-04-05"),
        Person("leaves on the anniversary", left="2025-04-20"),
        Person("leaves a day later", left="2025-04-21", how="involuntary"),
        Person("retires", left="2024-05-20", how="retirement"),
        Person("service to the day", hired="2023-10-20"),
        Person("a day too short", hired="2023-10-21"),
        Person("contractor", more={"worker_type": "contractor"}),
        Person("will leave one day", told_on="2025-09-30", left="2031-01-01"),
        Person("changed their mind", told_on="2024-03-31", left="2024-05-15", seen_until="2024-03-31"),
        Person("two years to the day", hired="2022-04-20"),
        Person("a day under two years", hired="2022-04-21"),
        Person("five years to the day", hired="2019-04-20"),
        Person("rises in the window", levels={"2000-01-01": "A", "2024-09-01": "B"}),
        Person("rises across zero", levels={"2000-01-01": "A", "2024-05-01": "B"}),
        Person("at the top", levels={"2000-01-01": "C"}),
        Person("mentors the mentor"),
    ]
    # "changed their mind" is told to leave in March and is there without a date from June on
    people = [person for person in people if not (person.name == "changed their mind" and person.left == "")]
    rows = csv([row for person in people for row in person.rows()]).decode().split("\n")
    # told in March to leave in May, and there without a date from June on
    headers = rows[0].split(",")
    for day in ("2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31", "2025-06-30", "2025-09-30"):
        values = {"employee_id": "changed their mind", "as_of_date": day, "hire_date": "2015-01-01", "level": "A"}
        rows.append(",".join(values.get(name, "") for name in headers))
    pairs = [
        pair("first", "2024-04-10"),
        pair("last", ZERO),
        pair("leaves before zero", "2024-04-10"),
        pair("a day too short", "2024-04-11"),
        pair("at the top", "2024-04-11"),
        pair("joins later", "2024-07-15", "two"),
        pair("first", "2024-07-15", "two", mentee_id="someone else"),
        pair("plans only", "2024-04-25", status="planned"),
        pair("crowd0", "2024-06-01", "other", programme_id="peer"),
        {"mentor_id": "stranger", "mentee_id": "mentors the mentor", "start_date": "2024-02-01", "cohort": "zero",
         "pair_id": "p0"},
        pair("mentors the mentor", "2024-04-15"),
        pair("crowd1", "2024-05-02"),
    ]  # fmt: skip
    plan = """
[[programmes]]
id = "reverse"
orientation = "reverse"
[[programmes]]
id = "peer"
orientation = "peer"
"""
    return employer(
        tmp_path_factory.mktemp("tiny"), crowd(0), pairs, plan=plan, extra={"people.csv": "\n".join(rows).encode()}
    )


def first_trial(tiny: Tiny, name: str) -> dict:
    rows = [row for row in tiny.trial_rows(name) if str(row["time_zero"])[:10] == ZERO]
    assert len(rows) == 1, (name, rows)
    return rows[0]


def test_time_zero_is_the_last_first_enrolment_of_the_batch(tiny: Tiny) -> None:
    trials = tiny.query(
        "select cohort, time_zero, base_date, enrolled from trial where side = 'mentor' order by time_zero"
    )
    found = [(row["cohort"], str(row["time_zero"])[:10], row["enrolled"]) for row in trials]
    # May is a batch of its own; a second enrolment and a planned or peer pair make none
    assert ("one", ZERO, 6) in found
    assert ("one", "2024-05-02", 1) in found
    assert ("two", "2024-07-15", 1) in found
    assert str(next(row for row in trials if str(row["time_zero"])[:10] == ZERO)["base_date"])[:10] == "2024-03-31"


def test_participants_and_comparators(tiny: Tiny) -> None:
    assert first_trial(tiny, "first")["a"] == 1
    assert first_trial(tiny, "last")["a"] == 1
    assert first_trial(tiny, "joins later")["a"] == 0
    assert first_trial(tiny, "joins later")["joined_later"]
    assert first_trial(tiny, "plans only")["a"] == 0
    assert first_trial(tiny, "crowd0")["a"] == 0


def test_whoever_enrolled_is_no_comparator_afterwards(tiny: Tiny) -> None:
    assert [str(row["time_zero"])[:10] for row in tiny.trial_rows("first")] == [ZERO]
    joined = [(str(row["time_zero"])[:10], row["a"]) for row in tiny.trial_rows("joins later")]
    assert joined == [(ZERO, 0), ("2024-05-02", 0), ("2024-07-15", 1)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("leaves before zero", "left on or before time zero"),
        ("leaves on zero", "left on or before time zero"),
        ("leaves between base and zero", "left on or before time zero"),
        ("a day too short", "too short a service at time zero"),
        ("contractor", "worker type not in the study"),
        ("mentors the mentor", "took part on the other side before"),
    ],
)
def test_who_is_barred_and_why(tiny: Tiny, name: str, reason: str) -> None:
    assert first_trial(tiny, name)["barred"] == reason


@pytest.mark.parametrize("name", ["service to the day", "will leave one day", "changed their mind", "at the top"])
def test_who_is_not_barred(tiny: Tiny, name: str) -> None:
    row = first_trial(tiny, name)
    assert row["barred"] is None and row["exit_month"] is None


@pytest.mark.parametrize(
    ("name", "month", "kind"),
    [
        ("leaves on the anniversary", 12, "voluntary"),
        ("leaves a day later", 13, "involuntary"),
        ("retires", 1, "other"),
    ],
)
def test_month_and_type_of_exit(tiny: Tiny, name: str, month: int, kind: str) -> None:
    row = first_trial(tiny, name)
    assert (row["exit_month"], row["exit_type"]) == (month, kind)


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("two years to the day", "2-5 years"),
        ("a day under two years", "0-2 years"),
        ("five years to the day", "5 years and more"),
    ],
)
def test_tenure_bands_to_the_day(tiny: Tiny, name: str, band: str) -> None:
    assert first_trial(tiny, name)["tenure_band"] == band


def test_a_rise_between_two_later_snapshots_is_a_promotion(tiny: Tiny) -> None:
    row = first_trial(tiny, "rises in the window")
    assert row["promotion_month"] == 6 and row["level"] == "A"  # seen on 30 September


def test_a_rise_across_time_zero_cannot_be_dated_and_is_counted(tiny: Tiny) -> None:
    row = first_trial(tiny, "rises across zero")
    assert row["undated_rise"] and row["promotion_month"] is None


def test_the_top_of_the_ladder_is_known(tiny: Tiny) -> None:
    assert first_trial(tiny, "at the top")["at_top"] and not first_trial(tiny, "first")["at_top"]


def test_missing_covariates_are_a_level_of_their_own(tiny: Tiny) -> None:
    row = first_trial(tiny, "first")
    assert (row["gender"], row["department"], row["performance_rating"], row["age_band"]) == ("unknown",) * 4


@pytest.mark.parametrize(
    "query",
    [
        "select trial_id, person from person_trial group by all having count(*) > 1",
        "select * from person_trial where a not in (0, 1) or level is null or tenure_band is null or gender is null",
        "select * from person_trial where promotion_month < 1",
        "select side, person from person_trial where a = 1 group by all having count(*) > 1",
        "select * from person_trial where barred is null and exit_month < 1",
        "select * from trial where base_date > time_zero",
        "select * from enrolment group by all having count(*) > 1",
    ],
)
def test_queries_that_must_return_no_row(tiny: Tiny, sample_reader, query: str) -> None:
    assert tiny.query(query) == []
    with sample_reader.cursor() as cursor:
        assert cursor.execute(query).fetchall() == []


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


@given(zero=st.dates(date(2019, 1, 1), date(2025, 12, 31)), after=st.integers(1, 1200))
def test_month_of_exit_is_the_first_that_holds_it(zero: date, after: int) -> None:
    """The expression of 08_person_trial.sql, month ends and leap days included."""
    left = zero + timedelta(days=after)
    expected = next(m for m in range(1, 60) if left <= add_months(zero, m))
    found = duckdb.execute(
        "select case when $left <= $zero + to_months(date_diff('month', $zero, $left)::int) "
        "then date_diff('month', $zero, $left) else date_diff('month', $zero, $left) + 1 end",
        {"left": left, "zero": zero},
    ).fetchone()
    assert found == (expected,)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), first_month=st.integers(1, 12))
def test_a_day_lies_in_the_quarter_that_is_named_for_it(day: date, first_month: int) -> None:
    end = quarter_end(quarter_of(day, first_month), first_month)
    assert day <= end < add_months(day, 3) + timedelta(days=1)
    assert (end + timedelta(days=1)).day == 1 and (end.month - first_month + 1) % 3 == 0


EVENTS = [
    {"employee_id": "crowd9", "effective_date": "2024-01-15", "event_type": "promotion", "to_level": "A"},
    {"employee_id": "on zero", "effective_date": ZERO, "event_type": "promotion", "to_level": "B"},
    {"employee_id": "on the anniversary", "effective_date": "2025-04-20", "event_type": "promotion", "to_level": "B"},
    {"employee_id": "a day late", "effective_date": "2025-04-21", "event_type": "promotion", "to_level": "B"},
    {"employee_id": "after leaving", "effective_date": "2024-09-01", "event_type": "promotion", "to_level": "B"},
    {"employee_id": "crowd8", "effective_date": "2025-08-15", "event_type": "promotion", "to_level": "B"},
]


def test_declared_promotions_are_dated_to_the_day(tmp_path) -> None:
    people = [
        *crowd(),
        Person("mentor"),
        Person("on zero"),
        Person("on the anniversary"),
        Person("a day late"),
        Person("after leaving", left="2024-08-01"),
    ]
    tiny = employer(tmp_path, people, [pair("mentor", ZERO)], events=EVENTS)
    months = {name: tiny.trial_rows(name)[0]["promotion_month"] for name in
              ("on zero", "on the anniversary", "a day late", "after leaving")}  # fmt: skip
    assert months["on the anniversary"] == 12 and months["a day late"] == 13
    assert months["on zero"] is None and months["after leaving"] is None
    assert tiny.trial_rows("on zero")[0]["level"] == "B"  # the rise up to time zero updates the level
    assert tiny.trial_rows("crowd9")[0]["promoted_last_year"] == "yes"


def test_a_regrade_of_many_is_no_promotion(tmp_path) -> None:
    people = [*crowd(20, levels={"2000-01-01": "A", "2024-09-01": "B"}), *[Person(f"stays{i}") for i in range(20)]]
    tiny = employer(tmp_path, [*people, Person("mentor")], [pair("mentor", ZERO)])
    assert tiny.query("select * from level_rise") == []


def test_no_snapshot_by_then_leaves_the_batch_out_and_says_so(tmp_path) -> None:
    tiny = employer(
        tmp_path, [*crowd(), Person("early"), Person("mentor")], [pair("early", "2024-02-01"), pair("mentor", ZERO)]
    )
    assert tiny.trial_rows("early") == [] or all(row["a"] == 0 for row in tiny.trial_rows("early"))
    batches = tiny.query("select has_base from trial where side = 'mentor' order by time_zero")
    assert [row["has_base"] for row in batches] == [False, True]


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
    (finding,) = answers.effects(
        employer(tmp_path, [*crowd(80), *mentors], pairs).reader, Question("retention", "mentor")
    )
    assert finding.verdict == "not_reliable_enough_to_read" and "nobody who left" in finding.sentence


def test_a_master_list_is_used_with_care(tmp_path) -> None:
    mentors, pairs = _mentors(40)
    leavers = [Person(f"leaver{n}", left=f"2024-{5 + n % 8:02}-15") for n in range(12)]
    everyone = [*crowd(80), *mentors, *leavers]
    fixed = {"level": "B", "department": "Sales"}
    rows = [{"employee_id": p.name, "hire_date": p.hired, "termination_date": p.left, **fixed} for p in everyone]
    rows[0]["termination_date"] = "2025-08-01"
    tiny = employer(tmp_path, [], pairs, events=EVENTS[:1], extra={"people.csv": csv(rows)})
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
        (("2024-06-30", "2025-06-30"), [pair("crowd1", ZERO)], "before the first snapshot"),
        (("2024-03-31", "2024-06-30"), [pair("crowd1", ZERO)], "followed long enough"),
        (("2024-03-31", "2025-06-30"), [], "no pairs of a reverse programme"),
    ],
)
def test_why_nothing_is_shown_is_said_truly(tmp_path, snapshots, pairs, words: str) -> None:
    tiny = employer(tmp_path, crowd(), pairs, snapshots=snapshots)
    (finding,) = answers.effects(tiny.reader, Question("retention", "mentor"))
    assert finding.suppressed and words in finding.sentence


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
