"""Who did not answer, and what that does to the reading (PROTOCOL.md 1.12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Literal, cast

from analysis.estimates.intervals import wilson
from analysis.findings import disclosure, words
from analysis.findings.disclosure import Hidden
from analysis.findings.reach import Group, hidden_of
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_baseline import baseline_rows
from analysis.findings.survey_disclosure import Cell, hidden_answers, hidden_cells
from analysis.findings.survey_questions import WAVE_ORDER
from analysis.findings.survey_response_results import BaselineRow, GroupResponse, StatusCount, SurveyResponse
from analysis.store import Cursor
from analysis.study import survey_response as study
from analysis.study import surveys as scores
from analysis.study.surveys import Narrowing

Status = Literal["answered", "silent", "silent_or_gone", "gone"]
SEEN = "Those who answer are seldom those who do not; what they would have answered after, nobody knows."


def responses(
    cursor: Cursor, quarter: str, headers: Iterable[str], data_version: int, narrowing: Narrowing
) -> tuple[SurveyResponse, ...]:
    """One finding a header of study.RESPONSE_HEADERS; they differ in their groups only. `score_surveys` must have been
    called."""
    status = _status(cursor, narrowing)
    baseline = baseline_rows(cursor, status, narrowing)
    anonymous = int(study.anonymous_by_wave(cursor)["responses"].sum())
    notes = []
    if anonymous and not narrowing.chosen:
        notes.append(
            f"{words.at_least_few(anonymous)} responses name nobody. Whoever gave them counts here as not having "
            "answered, so response is higher than shown and who did not answer is not known for certain."
        )
    whole = hidden_answers(cursor, narrowing)
    respondents = scores.respondents(cursor)
    return tuple(
        SurveyResponse(
            quarter,
            header,
            _groups(cursor, header, narrowing, whole),
            status,
            baseline,
            _sentence(status, baseline),
            tuple(notes),
            # Of a narrowed view neither is told: with the whole, both would count whoever is left out.
            None if narrowing.chosen else anonymous,
            None if narrowing.chosen or respondents < disclosure.DESCRIPTIVE else respondents,
            data_version,
        )
        for header in headers
    )


def _groups(cursor: Cursor, header: str, narrowing: Narrowing, whole: Mapping[Cell, str]) -> tuple[GroupResponse, ...]:
    """Every group of every side and wave. A group in which few answered, or did not, is hidden, and with it another
    where the total would give it away."""
    minimum = disclosure.descriptive_minimum(header)
    told = _told_by_rest(cursor, header, narrowing)
    families: dict[tuple[Side, str], list[dict[str, Any]]] = defaultdict(list)
    for row in cast(list[dict[str, Any]], study.responses_by(cursor, header).to_dict("records")):
        families[row["side"], row["wave"]].append(row)
    found = []
    for side, wave in sorted(families, key=lambda key: (SIDES.index(key[0]), WAVE_ORDER.index(key[1]))):
        rows = families[side, wave]
        hidden = hidden_groups(header, [(str(row["group"]), int(row["asked"]), int(row["answered"])) for row in rows])
        for row in rows:
            head = (side, wave, str(row["group"]))
            why = hidden.get(str(row["group"]))
            reason = (
                whole.get((side, wave))
                or (disclosure.reason(why, minimum) if why else None)
                or (disclosure.reason("would_reveal", minimum) if head in told else None)
            )
            if reason:
                found.append(GroupResponse(*head, None, None, None, None, None, reason))
                continue
            asked, answered = int(row["asked"]), int(row["answered"])
            limits = wilson(answered / asked, asked)
            found.append(
                GroupResponse(
                    *head, asked, answered, answered / asked, round(limits.low, 10), round(limits.high, 10), None
                )
            )
    return tuple(found)


def hidden_groups(header: str, groups: list[Group]) -> dict[str, Hidden]:
    """Which groups to hide; of each its name, those asked, and those of them who answered. Both these and those who did
    not are groups of people whom nobody else knows, and what is hidden must not be few together either."""
    minimum = disclosure.descriptive_minimum(header)
    also = frozenset(name for name, asked, answered in groups if 0 < asked - answered < minimum)
    while True:
        hidden = hidden_of(header, groups, also, happened=True)
        silent = sum(asked - answered for name, asked, answered in groups if name in hidden)
        shown = [(asked, answered, name) for name, asked, answered in groups if name not in hidden]
        if not shown or not 0 < silent < minimum:
            return hidden
        also |= {min(shown)[2]}


def _told_by_rest(cursor: Cursor, header: str, narrowing: Narrowing) -> set[Cell]:
    """In a narrowed view: side, wave and group of which other views would tell too few: whoever is left out, and what
    the views of the other cohorts, departments and so on leave over of the group."""
    if not narrowing.chosen:
        return set()
    study.divide_asked(cursor, header)
    keys, minimum = ("side", "wave", "part"), disclosure.descriptive_minimum(header)
    return {
        cell
        for only in ("true", "answered", "not answered")
        for cell in hidden_cells(cursor, "survey_asked_by", keys, narrowing, only, minimum)
    }


def _status(cursor: Cursor, narrowing: Narrowing) -> tuple[StatusCount, ...]:
    """Those asked after in three groups; where few had left they stand with those who did not answer."""
    minimum = disclosure.descriptive_minimum(None)
    # Of everybody, few who had left stand with those who did not answer.
    whole = hidden_answers(cursor, narrowing, *(("gone", "not answered and not gone") if narrowing.chosen else ()))
    people: dict[Side, Counter[Status]] = defaultdict(Counter)
    for row in study.by_status(cursor).to_dict("records"):
        people[cast(Side, row["side"])][cast(Status, row["status"])] += int(row["people"])
    found = []
    for side in SIDES:
        counted = people.get(side)
        if not counted:
            continue
        order: list[Status] = ["answered", "silent", "gone"]
        if 0 < counted["gone"] < minimum:
            counted["silent_or_gone"] = counted.pop("gone") + counted.pop("silent", 0)
            order = ["answered", "silent_or_gone"]
        hidden = disclosure.hide_groups(
            {name: counted[name] for name in order if counted[name]}, minimum, header="status"
        )
        for name in order:
            why = hidden.get(name)
            reason = whole.get((side, "post")) or (disclosure.reason(why, minimum) if why else None)
            found.append(StatusCount(side, name, None if reason else counted[name], reason))
    return tuple(found)


def _sentence(status: tuple[StatusCount, ...], baseline: tuple[BaselineRow, ...]) -> str:
    """What it means for the reading, side by side."""
    told = [text for side in SIDES if (text := _of_side(side, status, baseline))]
    if not told:
        return "Nobody has been asked after yet, or too few to compare those who answered with those who did not."
    return " ".join([*told, SEEN])


def _of_side(side: Side, status: tuple[StatusCount, ...], baseline: tuple[BaselineRow, ...]) -> str:
    counted = {row.status: row.people for row in status if row.side == side}
    rows = [row for row in baseline if row.side == side and row.difference is not None]
    scores = [row for row in rows if row.unit == "score"]
    who = words.SIDE_LABELS[side]
    told = []
    if scores:
        apart = [row for row in scores if (row.low or 0.0) > 0 or (row.high or 0.0) < 0]
        if apart:
            names = ", ".join(_direction(row) for row in apart)
            told.append(
                f"{who} who answered after had begun apart from those who did not, on {len(apart)} of {len(scores)} "
                f"scales ({names}): read the change of people who answered both times, not the means of the waves."
            )
        else:
            told.append(
                f"{who} who answered after and those who did not had begun alike, as far as can be told, on all "
                f"{len(scores)} scales."
            )
    if counted.get("gone"):
        told.append(
            f"{counted['gone']:,} {who.lower()} had left before they could be asked: the answers after are those of "
            "people who stayed."
        )
    return " ".join(told)


def _direction(row: BaselineRow) -> str:
    name = words.construct(row.label.removesuffix(" before"))
    return f"{name} {words.signed(row.difference or 0.0, 2)}"
