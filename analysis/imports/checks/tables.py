"""The checks across tables: by kind of file, what each one asks the store and what it tells people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableCheck:
    """`query` counts what does not fit (`found`) and gives the `first_line`; `sentence` may name its other columns.

    A query sees the tables of the store, what held.sql and checked.sql made of the people files, and the parameters
    $load_id, $programmes (the reverse ones; the first stands for lines that name none) and $months (how long they
    last). `of_most` is said besides where nearly all lines that could be at fault (`named`) are: one cause is likely
    then. Nothing fits where there is nothing to fit to, so it is not said where the query finds no `people`.
    """

    code: str
    column: str | None
    query: str
    sentence: str
    of_most: str = ""


_FIRST = "{found:,}, the first in line {first_line}."

_OTHER_IDS = (
    " That is {found:,} of {named:,} lines, so these ids are likely written in another way than in the people files: "
    "leading zeros are lost (123 for 00123), one has e-mail addresses where the other has numbers, or they come from "
    "another system. Compare the id of one person in both files, export both with the same ids (in a spreadsheet: as "
    "text), undo this load and load the corrected file."
)


def _unknown_person(kind: str, consequence: str, column: str = "employee_id") -> TableCheck:
    return TableCheck(
        "unknown-person",
        column,
        f"{kind}_unknown_person",
        f"Lines that name somebody who is in no people file: {_FIRST} Load a people file that has them, or "
        f"{consequence}.",
        _OTHER_IDS,
    )


def _by_email(kind: str, column: str) -> TableCheck:
    return TableCheck(
        "named-by-email",
        column,
        f"{kind}_named_by_email",
        f"Lines that name people by e-mail address where an id belongs: {_FIRST} The people files know these "
        "addresses, but the lines can't be joined to them. Export the ids instead.",
    )


def _unknown_pair(kind: str) -> TableCheck:
    return TableCheck(
        "unknown-pair",
        "pair_id",
        f"{kind}_unknown_pair",
        f"Lines that belong to a pair that is in no pairs file: {_FIRST} Load the pairs with the same pair_id.",
    )


def _in_future(kind: str, column: str, what: str, advice: str = "Correct the dates.") -> TableCheck:
    return TableCheck("future-date", column, f"{kind}_in_future", f"{what} dated after today: {_FIRST} {advice}")


_REGRADING = TableCheck(
    "mass-regrading",
    "level",
    "mass_regrading",
    "Snapshots in which more than 20 % of staff change level: {found:,}, the first of {day} ({share:.0%}). That is "
    "taken for a new grading: no promotions are derived there. Load promotions as job events if some were real.",
)
_NO_FOLLOW_UP = TableCheck(
    "cohort-without-follow-up",
    "start_date",
    "cohort_without_follow_up",
    "Cohorts that start less than three months before the data end on {known_to}, or after that: {found:,}, the first "
    "is {cohort}. What became of them can't be followed yet. Load newer people files.",
)

_PEOPLE = (
    TableCheck(
        "announced-hire",
        "hire_date",
        "people_announced_hire",
        f"Hire dates after the day of the list, up to a year: {_FIRST} They are taken as announced: these people count "
        "from their first day on. Nothing to do if that is right.",
    ),
    TableCheck(
        "future-hire",
        "hire_date",
        "people_hire_in_future",
        f"Hire dates more than a year after the day of the list: {_FIRST} Nobody is announced so early. Correct them.",
    ),
    TableCheck(
        "announced-exit",
        "termination_date",
        "people_announced_exit",
        f"Exits after the day of the list: {_FIRST} They are taken as announced: these people count as employed until "
        "then. Nothing to do if that is right.",
    ),
    TableCheck(
        "survivors-only",
        "termination_date",
        "people_survivors_only",
        "Nobody among {found:,} people ever left or is missing later, though the dates span a year: this looks like a "
        "list of those who stayed. Retention can't be computed from it. Load a list of leavers with their exit dates.",
    ),
    TableCheck(
        "vanished",
        "termination_date",
        "people_vanished",
        "People who are missing from the next snapshot and have no exit: {found:,}, the first stands in line "
        "{line_before} of {file_before} ({day_before}) and is not there on {day_after}. Load their exits. If the newer "
        "file holds only some of the staff, load the rest too.",
    ),
    TableCheck(
        "terminated-without-date",
        "termination_date",
        "people_terminated_undated",
        f"People whose status is terminated and of whom no exit date is known: {_FIRST} They may have left on any day, "
        "so they count neither as retained nor as left: retention is withheld where they are compared (unless "
        "absent_without_exit in the plan counts them as left). Load their exit dates, or a list of leavers.",
    ),
    TableCheck(
        "list-replaced",
        "as_of_date",
        "people_list_replaced",
        "This list takes the place of the one loaded before for {day}, and {found:,} people of that one are not in it. "
        "If each is a part, load them together; if this one holds changes alone, answer scope with changes.",
    ),
    TableCheck(
        "rehired",
        "hire_date",
        "people_rehired",
        f"People who are hired again after an exit: {_FIRST} The exit stays an exit. Nothing to do if that is right.",
    ),
    TableCheck(
        "back-after-exit",
        "hire_date",
        "people_back_after_exit",
        f"People who are employed after their exit, with the hire date from before it: {_FIRST} Correct the exit if "
        "they never left, or give the date on which they were hired again.",
    ),
    TableCheck(
        "hire-date-changed",
        "hire_date",
        "people_hire_date_changed",
        f"People whose hire date is another than in the snapshot before, without an exit between: {_FIRST} Correct the "
        "one that is wrong: length of service is counted from it.",
    ),
    TableCheck(
        "duplicated-person",
        "email",
        "people_duplicated",
        f"People whose e-mail address another employee_id has too: {_FIRST} One person under two ids counts twice. Use "
        "one id, or correct the address.",
    ),
    TableCheck(
        "two-birth-years",
        "birth_year",
        "people_two_birth_years",
        f"People whose birth year is another than it was: {_FIRST} Correct it, or find out whether two people share "
        "the id.",
    ),
    _REGRADING,
    _NO_FOLLOW_UP,
)
_PAIRS = (
    _unknown_person("pairs", "they can't be compared", "mentor_id"),
    _by_email("pairs", "mentor_id"),
    TableCheck(
        "enrolled-after-exit",
        "start_date",
        "pairs_enrolled_after_exit",
        f"Pairs that start after the mentor or the mentee had left: {_FIRST} Check the start date and the exit date.",
    ),
    TableCheck(
        "announced-start",
        "start_date",
        "pairs_start_in_future",
        f"Pairs that start after today: {_FIRST} They are taken as announced and are in no comparison yet.",
    ),
    TableCheck(
        "enrolled-twice",
        "start_date",
        "pairs_enrolled_twice",
        f"Pairs whose mentor or mentee is in another cohort at the same time, or twice with the same partner: {_FIRST} "
        "People count once, from their first pair on. Check for a pair that stands twice, or a missing end date.",
    ),
    _NO_FOLLOW_UP,
)

TABLE_CHECKS: dict[str, tuple[TableCheck, ...]] = {
    "people": _PEOPLE,
    "pairs": _PAIRS,
    "job_events": (
        _unknown_person("job_events", "these events count for nobody"),
        TableCheck(
            "announced-event",
            "effective_date",
            "job_events_announced",
            f"Events that take effect after today: {_FIRST} They are taken as announced and count from that day on.",
        ),
        TableCheck(
            "promotion-without-rise",
            "to_level",
            "job_events_without_rise",
            f"Promotions after which the level is not higher on the ladder: {_FIRST} They count as promotions. Correct "
            "the levels, or the event_type if it was a move sideways.",
        ),
    ),
    "invitations": (
        _unknown_person("invitations", "these invitations count for nobody"),
        _by_email("invitations", "employee_id"),
        _in_future("invitations", "invited_on", "Invitations"),
        TableCheck(
            "accepted-without-pair",
            "response",
            "invitations_without_pair",
            f"Accepted invitations whose person is in no pair of that cohort: {_FIRST} Load the pairs if some are "
            "missing. Nothing to do if these people were never paired.",
        ),
    ),
    "sessions": (
        _unknown_pair("sessions"),
        TableCheck(
            "session-before-start",
            "session_date",
            "sessions_before_start",
            f"Sessions before their pair started: {_FIRST} Check the session_date and the start_date of the pair.",
        ),
        TableCheck(
            "session-after-end",
            "session_date",
            "sessions_after_end",
            f"Sessions after their pair had ended: {_FIRST} Check the session_date and the end_date of the pair.",
        ),
        _in_future("sessions", "session_date", "Sessions", 'Correct the dates, or give them the status "scheduled".'),
    ),
    "goals": (
        _unknown_pair("goals"),
        _in_future("goals", "set_on", "Goals"),
    ),
    "survey": (
        TableCheck(
            "unlinked-response",
            "employee_id",
            "survey_unlinked",
            f"Lines that can't be linked to a person: {_FIRST} They count in survey scores, not where a person's "
            "history is needed.",
        ),
        _unknown_person("survey", "these answers count in survey scores alone"),
        _in_future("survey", "submitted_at", "Answers"),
        TableCheck(
            "answered-before",
            "response_id",
            "survey_answered_twice",
            f"People who answered the same wave in an earlier load too: {_FIRST} Of each, the last response counts in "
            "scores. Undo the earlier load if this one takes its place.",
        ),
        TableCheck(
            "survey-lacks-leavers",
            "employee_id",
            "survey_lacks_leavers",
            "None of the {found:,} people who answered left later, where about {expected:.0f} would have if they were "
            "like all staff: whoever left may have been taken out. Ask for the answers of everybody who was asked.",
        ),
    ),
    "measures": (
        _unknown_person("measures", "these values count for nobody"),
        _in_future("measures", "date", "Values"),
    ),
    "ladder": (
        TableCheck(
            "level-not-in-ladder",
            "level",
            "ladder_lacks_level",
            "Levels of people loaded before that this ladder lacks: {found:,}. Promotions to and from them can't be "
            "seen. Add them to the ladder.",
        ),
        _REGRADING,
    ),
}
