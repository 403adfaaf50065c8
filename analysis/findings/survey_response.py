"""Who did not answer, and what that does to the reading (PROTOCOL.md 1.12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, cast

from analysis.estimates.intervals import wilson
from analysis.findings import disclosure, words
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_baseline import baseline_rows
from analysis.findings.survey_disclosure import Cell, hidden_cells
from analysis.findings.survey_questions import WAVE_ORDER
from analysis.findings.survey_response_hiding import Answered, Key
from analysis.findings.survey_response_results import BaselineRow, GroupResponse, StatusCount, SurveyResponse
from analysis.store import Cursor
from analysis.study import survey_response as study
from analysis.study import surveys as scores
from analysis.study.surveys import Narrowing

Status = Literal["answered", "silent", "silent_or_gone", "gone"]
OLDER = (
    "Who did not answer is told as of the newest quarter only, which counts every wave before it: between two quarters "
    "few people answer, and one quarter less the other would tell who they were."
)
SEEN = "Those who answer are seldom those who do not; what they would have answered after, nobody knows."


def responses(
    cursor: Cursor,
    quarter: str,
    headers: Iterable[str],
    data_version: int,
    narrowing: Narrowing,
    waves: Mapping[Key, Answered] | None,
) -> tuple[SurveyResponse, ...]:
    """One finding a header of study.RESPONSE_HEADERS; they differ in their groups only. `score_surveys` must have been
    called. waves: of `answered_by_wave`; None as of an older quarter, which tells nothing of parts of those asked."""
    older, waves = waves is None, waves or {}
    whole = {key: reason for key, answered in waves.items() if (reason := answered.view_reason(narrowing.chosen))}
    status = () if older else _status(cursor, narrowing, whole)
    baseline = () if older else baseline_rows(cursor, status, narrowing)
    anonymous = int(study.anonymous_by_wave(cursor)["responses"].sum())
    notes = []
    if anonymous and not narrowing.chosen:
        notes.append(
            f"{words.at_least_few(anonymous)} responses name nobody. Whoever gave them counts here as not having "
            "answered, so response is higher than shown and who did not answer is not known for certain."
        )
    respondents = scores.respondents(cursor)
    undivided = SurveyResponse(
        quarter,
        "",
        (),
        status,
        baseline,
        OLDER if older else _sentence(status, baseline),
        tuple(notes),
        # Of a narrowed view neither is told: with the whole, both would count whoever is left out.
        None if narrowing.chosen else anonymous,
        None if narrowing.chosen or respondents < disclosure.DESCRIPTIVE else respondents,
        data_version,
    )
    return tuple(divided(undivided, waves, header, narrowing.chosen) for header in headers)


def divided(
    found: SurveyResponse, waves: Mapping[Key, Answered], header: str, chosen: Mapping[str, str]
) -> SurveyResponse:
    """The same finding with the groups of another header. waves: of `answered_by_wave`, whichever view it was asked
    for; chosen: the filters of the view."""
    return replace(found, by=header, groups=_groups(waves, header, chosen))


def _groups(waves: Mapping[Key, Answered], header: str, chosen: Mapping[str, str]) -> tuple[GroupResponse, ...]:
    """Every group of every side and wave of a view."""
    found = []
    for side, wave in sorted(waves, key=lambda key: (SIDES.index(cast(Side, key[0])), WAVE_ORDER.index(key[1]))):
        answered_of = waves[side, wave]
        reasons = answered_of.group_reasons(chosen, header)
        for group, asked, answered in answered_of.groups(chosen, header):
            head = (cast(Side, side), wave, group)
            if reason := reasons.get(group):
                found.append(GroupResponse(*head, None, None, None, None, None, reason))
                continue
            limits = wilson(answered / asked, asked)
            found.append(
                GroupResponse(
                    *head, asked, answered, answered / asked, round(limits.low, 10), round(limits.high, 10), None
                )
            )
    return tuple(found)


def _status(cursor: Cursor, narrowing: Narrowing, whole: Mapping[Key, str]) -> tuple[StatusCount, ...]:
    """Those asked after in three groups; where few had left they stand with those who did not answer. whole: why of a
    side and wave nothing may be told."""
    minimum = disclosure.descriptive_minimum(None)
    hidden_whole: dict[Cell, str] = dict(whole)
    if narrowing.chosen:  # of everybody, few who had left stand with those who did not answer
        for part in ("gone", "not answered and not gone"):
            hidden_whole = hidden_cells(cursor, "survey_asked", ("side", "wave"), narrowing, part) | hidden_whole
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
            reason = hidden_whole.get((side, "post")) or (disclosure.reason(why, minimum) if why else None)
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
