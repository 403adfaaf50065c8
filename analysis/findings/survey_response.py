"""Who did not answer, and what that does to the reading (PROTOCOL.md 1.12)."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Literal, cast

from analysis.estimates.intervals import newcombe, wilson
from analysis.estimates.means import difference_of_means
from analysis.findings import disclosure, words
from analysis.findings.results import SIDES, Side
from analysis.findings.survey_disclosure import hidden_cells
from analysis.findings.survey_questions import WAVE_ORDER
from analysis.findings.survey_response_results import BaselineRow, GroupResponse, StatusCount, SurveyResponse
from analysis.store import Cursor
from analysis.study import survey_response as study
from analysis.study import surveys as scores
from analysis.study.surveys import Narrowing

Status = Literal["answered", "silent", "silent_or_gone", "gone"]
FEW = (1, 2)  # people who did, or did not, answer: they could be recognised
SEEN = "Those who answer are seldom those who do not; what they would have answered after, nobody knows."


def response(cursor: Cursor, quarter: str, header: str, data_version: int, narrowing: Narrowing) -> SurveyResponse:
    """`score_surveys` must have been called. header: one of study.RESPONSE_HEADERS."""
    status = _status(cursor, narrowing)
    baseline = _baseline(cursor, status, narrowing)
    anonymous = int(study.anonymous_by_wave(cursor)["responses"].sum())
    notes = []
    if anonymous:
        notes.append(
            f"{anonymous:,} responses name nobody. Whoever gave them counts here as not having answered, so response "
            "is higher than shown and who did not answer is not known for certain."
        )
    groups = _groups(cursor, header, narrowing)
    respondents = scores.respondents(cursor)
    return SurveyResponse(
        quarter,
        header,
        groups,
        status,
        baseline,
        _sentence(status, baseline),
        tuple(notes),
        anonymous,
        respondents,
        data_version,
    )


def _groups(cursor: Cursor, header: str, narrowing: Narrowing) -> tuple[GroupResponse, ...]:
    """Every group of every side and wave. A group with one or two people who answered, or did not, is hidden, and
    with it another where the total would give it away."""
    minimum = disclosure.descriptive_minimum(header)
    hidden_whole = hidden_cells(cursor, "survey_asked", ("side", "wave"), narrowing)
    families: dict[tuple[Side, str], list[dict[str, Any]]] = defaultdict(list)
    for row in cast(list[dict[str, Any]], study.responses_by(cursor, header).to_dict("records")):
        families[row["side"], row["wave"]].append(row)
    found = []
    for side, wave in sorted(families, key=lambda key: (SIDES.index(key[0]), WAVE_ORDER.index(key[1]))):
        rows = families[side, wave]
        few = frozenset(row["group"] for row in rows if row["answered"] in FEW or row["asked"] - row["answered"] in FEW)
        people = {str(row["group"]): int(row["asked"]) for row in rows}
        hidden = disclosure.hide_groups(people, minimum, header=header, few_events=few)
        narrowed = _narrowed_groups(cursor, header, side, wave, narrowing)
        for row in rows:
            head = (side, wave, str(row["group"]))
            why = hidden.get(row["group"])
            reason = (
                hidden_whole.get((side, wave))
                or (disclosure.reason(why, minimum) if why else None)
                or narrowed.get(str(row["group"]))
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


def _narrowed_groups(cursor: Cursor, header: str, side: Side, wave: str, narrowing: Narrowing) -> dict[str, str]:
    """In a narrowed view: groups of whom too few are left out, so that both views together would tell theirs."""
    if not narrowing.chosen:
        return {}
    minimum = disclosure.descriptive_minimum(header)
    left_out: Counter[str] = Counter()
    for row in study.left_out_by(cursor, header).to_dict("records"):
        if row["side"] == side and row["wave"] == wave:
            left_out[str(row["group"])] += int(row["people"])
    reason = disclosure.reason("would_reveal", minimum)
    return {group: reason for group, people in left_out.items() if people < minimum}


def _status(cursor: Cursor, narrowing: Narrowing) -> tuple[StatusCount, ...]:
    """Those asked after in three groups; where few had left they stand with those who did not answer."""
    minimum = disclosure.descriptive_minimum(None)
    whole = hidden_cells(cursor, "survey_asked", ("side", "wave"), narrowing)
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


def _baseline(cursor: Cursor, status: tuple[StatusCount, ...], narrowing: Narrowing) -> tuple[BaselineRow, ...]:
    """Scores before, long service and level of those who answered after, and of those who were here and did not."""
    shown = {
        side
        for side in SIDES
        if any(row.side == side and row.status == "answered" and row.people for row in status)
        and not any(row.side == side and row.reason for row in status)
    }
    keys = ("side", "construct", "wave")
    whole = hidden_cells(cursor, "survey_score", keys, narrowing, "wave = 'pre'")
    held: dict[tuple[Side, str], dict[str, tuple[int, float, float]]] = defaultdict(dict)
    for row in study.baseline_by_status(cursor).to_dict("records"):
        key = (cast(Side, row["side"]), str(row["construct"]))
        held[key][str(row["status"])] = (int(row["people"]), float(row["total"]), float(row["squares"]))
    everybody = {
        (row["side"], row["construct"]): int(row["people"])
        for row in scores.waves(cursor).to_dict("records")
        if row["wave"] == "pre"
    }
    found = []
    for side in SIDES:
        if side not in shown:
            continue
        for (whose, construct), by in sorted(held.items()):
            if whose == side:
                reason = whole.get((side, construct, "pre")) or _rest_too_few(by, everybody[side, construct])
                found.append(_score_row(side, construct, by, reason))
        found += _share_rows(cursor, side)
    return tuple(found)


def _rest_too_few(by: dict[str, tuple[int, float, float]], everybody: int) -> str | None:
    """Those in neither column are known from the mean of the wave, less both columns."""
    rest = everybody - sum(by[status][0] for status in ("answered", "silent") if status in by)
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("would_reveal", minimum) if 0 < rest < minimum else None


def _score_row(side: Side, construct: str, by: dict[str, tuple[int, float, float]], reason: str | None) -> BaselineRow:
    label = f"{construct} before"
    answered, silent = by.get("answered", (0, 0.0, 0.0)), by.get("silent", (0, 0.0, 0.0))
    reason = reason or _too_few(answered[0], silent[0])
    difference = None if reason else difference_of_means(answered, silent)
    if reason or difference is None:
        why = reason or "Everybody answered the same."
        return BaselineRow(side, label, "score", None, None, None, None, None, None, None, why)
    value, limits = difference
    means = (round(answered[1] / answered[0], 10), round(silent[1] / silent[0], 10))
    numbers = (round(value, 10), round(limits.low, 10), round(limits.high, 10))
    return BaselineRow(side, label, "score", *means, *numbers, answered[0], silent[0], None)


def _share_rows(cursor: Cursor, side: Side) -> list[BaselineRow]:
    """What was known of everybody: five years of service or more, the level, and whether they have left since."""
    by = {str(row["status"]): row for row in study.by_status(cursor).to_dict("records") if row["side"] == side}
    answered, silent = by.get("answered"), by.get("silent")
    if answered is None or silent is None:
        return []
    people = (int(answered["people"]), int(silent["people"]))
    rows = []
    known = (people[0] - int(answered["tenure_unknown"]), people[1] - int(silent["tenure_unknown"]))
    if min(known) > 0:
        long = (int(answered["long_service"]), int(silent["long_service"]))
        rows.append(_share_row(side, "Five years of service or more", long, known))
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    for row in study.levels_by_status(cursor).to_dict("records"):
        if row["side"] == side:
            levels[str(row["level"])][str(row["status"])] += int(row["people"])
    # Shares of all levels add up to one: a level that must be hidden takes another with it.
    named = {level: counted["answered"] + counted["silent"] for level, counted in levels.items()}
    few = frozenset(
        level for level, counted in levels.items() if _few((counted["answered"], counted["silent"]), people)
    )
    hidden = disclosure.hide_groups(named, 1, header="level", few_events=few)
    for level, counted in sorted(levels.items()):
        if len(levels) > 1 and level != "unknown":
            events = (counted["answered"], counted["silent"])
            rows.append(_share_row(side, f"Level {level}", events, people, hide=level in hidden))
    since = (int(answered["left_since"]), int(silent["left_since"]))
    rows.append(_share_row(side, "Left since", since, people))
    return rows


def _few(events: tuple[int, int], people: tuple[int, int]) -> bool:
    """One or two people, or all but one or two, in either column."""
    return any(some in FEW or many - some in FEW for some, many in zip(events, people, strict=True))


def _share_row(
    side: Side, label: str, events: tuple[int, int], people: tuple[int, int], hide: bool = False
) -> BaselineRow:
    reason = _too_few(*people)
    if hide or _few(events, people):
        reason = reason or disclosure.reason("few_events", disclosure.DESCRIPTIVE)
    if reason:
        return BaselineRow(side, label, "share", None, None, None, None, None, None, None, reason)
    limits = newcombe(events[0], people[0], events[1], people[1])
    rates = (events[0] / people[0], events[1] / people[1])
    low, high = round(limits.low, 10), round(limits.high, 10)
    return BaselineRow(side, label, "share", *rates, rates[0] - rates[1], low, high, *people, None)


def _too_few(*groups: int) -> str | None:
    minimum = disclosure.descriptive_minimum(None)
    return disclosure.reason("too_small", minimum) if min(groups) < minimum else None


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
