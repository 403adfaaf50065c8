"""The programme's own exports: who was asked, and who was paired with whom, from when to when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.sample.calendar import NEVER, Days, days, month_end, months
from analysis.sample.enrolment import Batch
from analysis.sample.settings import PROGRAMME, PROGRAMME_MONTHS, TIME_ZERO_DAY
from analysis.sample.simulate import History
from analysis.sample.workforce import Ints, Names, Workforce

PAIR_TOPICS = {
    "digital_skills": 0.22,
    "tech_support": 0.20,
    "inclusion": 0.18,
    "culture": 0.14,
    "social_media": 0.10,
    "strategy": 0.08,
    "career": 0.06,
    "other": 0.02,
}
MATCH_RULES = {"skills": 0.70, "interests": 0.22, "manual": 0.08}
END_REASONS = {"schedule": 0.40, "workload": 0.30, "poor_match": 0.20, "role_change": 0.10}
ENDS_EARLY, ENDS_EARLY_MANDATORY = 0.08, 0.30
REMATCHED = 0.5  # of pairs that end early while the mentor stays and half a year is left
FAR_AWAY = np.datetime64("2999-12-31", "D")


def pairs(history: History, rng: np.random.Generator) -> pd.DataFrame:
    """One row a pair; `mentor` and `mentee` are slots. All pairs of a batch start on days 20 to 28 of its month.

    The first mentor and mentee of a batch start on the 28th, so that both sides' time zero is that day. Some pairs
    end early because somebody leaves or for other reasons; some of their mentors go on with another mentee.
    """
    sides = {(batch.name, batch.side): batch for batch in history.batches}
    batches = [(batch, sides[batch.name, "mentee"]) for batch in history.batches if batch.side == "mentor"]
    if not batches:
        return _described(pd.DataFrame(columns=_COLUMNS), rng)
    first = pd.concat([_first_pairs(rng, *both) for both in batches], ignore_index=True)
    chance = np.where(first["mandatory"], ENDS_EARLY_MANDATORY, ENDS_EARLY)
    stop = first["start_date"].to_numpy("datetime64[D]") + rng.integers(45, 200, len(first))
    first = _closed(history, rng, first, np.where(rng.random(len(first)) < chance, stop, FAR_AWAY))
    again = _rematched(history, rng, first)
    again = _closed(history, rng, again, np.full(len(again), FAR_AWAY))
    return _described(pd.concat([first, again], ignore_index=True), rng)


_COLUMNS = ["mentor", "mentee", "cohort", "mandatory", "start_date", "planned_end", "end_date", "status", "end_reason"]


def _first_pairs(rng: np.random.Generator, mentors: Batch, mentees: Batch) -> pd.DataFrame:
    """Everybody has at least one partner; where one side is larger, people of the other have several."""
    juniors, seniors = mentors.joined, np.concatenate([mentees.joined, mentees.returning])
    number = np.arange(max(len(juniors), len(seniors)))
    junior, senior = number % len(juniors), number % len(seniors)
    day = rng.integers(20, 29, len(number))
    day[(junior == 0) | (senior == 0)] = TIME_ZERO_DAY
    return pd.DataFrame(
        {
            "mentor": juniors[junior],
            "mentee": seniors[senior],
            "cohort": mentors.name,
            "mandatory": mentors.cohort.recruitment == "mandatory",
            "start_date": days(mentors.month, day),
            "planned_end": days(mentors.month + PROGRAMME_MONTHS, day),
        }
    )


def _closed(history: History, rng: np.random.Generator, open_pairs: pd.DataFrame, stop: Days) -> pd.DataFrame:
    """Add end_date, status and end_reason as they are known at the last snapshot."""
    planned = open_pairs["planned_end"].to_numpy("datetime64[D]")
    exits = exit_dates(history.staff)
    mentor_leaves, mentee_leaves = (exits[open_pairs[side].to_numpy(np.int64)] for side in ("mentor", "mentee"))
    end = np.minimum.reduce([planned, mentor_leaves, mentee_leaves, stop])
    over = end <= month_end(history.last)
    early = over & (end < planned)
    reason = rng.choice(list(END_REASONS), len(end), p=list(END_REASONS.values()))
    reason = np.select([end == mentor_leaves, end == mentee_leaves], ["mentor_left", "mentee_left"], reason)
    return open_pairs.assign(
        end_date=np.where(over, end, np.datetime64("NaT", "D")),
        status=np.where(early, "ended_early", np.where(over, "completed", "active")),
        end_reason=pd.Series(reason, index=open_pairs.index).where(early),
    )


def exit_dates(staff: Workforce) -> Days:
    """Each slot's exit, FAR_AWAY for those who stayed."""
    known = staff.exit_month != NEVER
    return np.where(known, days(np.where(known, staff.exit_month, 0), staff.exit_day), FAR_AWAY)


def _rematched(history: History, rng: np.random.Generator, first: pd.DataFrame) -> pd.DataFrame:
    """Second pairs of the same cohort, from the month after the first one ended until its planned end."""
    ended = months(first["end_date"].to_numpy("datetime64[D]"))
    start = days(np.where(first["end_date"].isna(), 0, ended + 1), rng.integers(5, 16, len(first)))
    partner = np.array([], dtype=np.int64)
    for _, mentees in first.groupby("cohort", sort=False)["mentee"]:
        partner = np.concatenate([partner, rng.permutation(mentees.to_numpy(np.int64))])
    exits = exit_dates(history.staff)
    again = (
        (first["status"] == "ended_early")
        & (rng.random(len(first)) < REMATCHED)
        & (start + np.timedelta64(90, "D") < first["planned_end"].to_numpy("datetime64[D]"))
        & (start <= month_end(history.last))
        & (start < exits[first["mentor"].to_numpy(np.int64)])
        & (start < exits[partner])
        & (partner != first["mentee"])
    ).to_numpy()
    chosen: pd.DataFrame = first.assign(start_date=start, mentee=partner, rematch=True)[again]
    return chosen


def _described(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    rows = rows.sort_values("start_date", kind="stable", ignore_index=True)
    rule = rng.choice(list(MATCH_RULES), len(rows), p=list(MATCH_RULES.values()))
    again = rows["rematch"].eq(True) if "rematch" in rows else np.zeros(len(rows), dtype=bool)
    return rows.assign(
        pair_id=[f"P{number:05}" for number in range(1, len(rows) + 1)],
        topic=rng.choice(list(PAIR_TOPICS), len(rows), p=list(PAIR_TOPICS.values())),
        match_rule=np.where(again, "rematch", rule),
    )


def pairs_export(history: History, rows: pd.DataFrame) -> pd.DataFrame:
    """`pairs` with canonical headers."""
    ids = history.staff.ids
    return pd.DataFrame(
        {
            "mentor_id": ids[rows["mentor"].to_numpy(np.int64)],
            "mentee_id": ids[rows["mentee"].to_numpy(np.int64)],
            "start_date": rows["start_date"].astype("datetime64[s]"),
            "pair_id": rows["pair_id"],
            "programme_id": PROGRAMME,
            "cohort": rows["cohort"],
            "end_date": rows["end_date"].astype("datetime64[s]"),
            "status": rows["status"],
            "end_reason": rows["end_reason"],
            "topic": rows["topic"],
            "match_rule": rows["match_rule"],
        }
    )


def invitations(history: History, rng: np.random.Generator) -> pd.DataFrame:
    """One row for everybody who was asked or applied, with canonical headers."""
    ids = history.staff.ids
    rows = [
        _asked(rng, batch, who, response, ids)
        for batch in history.batches
        for response, who in (
            ("accepted", np.concatenate([batch.joined, batch.returning, batch.accepted_only])),
            ("declined", batch.declined),
            ("no_answer", batch.no_answer),
            ("not_drawn", batch.not_drawn),
        )
    ]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=list(_INVITATION_HEADERS))


_INVITATION_HEADERS = (
    "employee_id", "side", "applied_on", "invited_on", "responded_on", "response", "method", "programme_id", "cohort",
)  # fmt: skip


def _asked(rng: np.random.Generator, batch: Batch, who: Ints, response: str, ids: Names) -> pd.DataFrame:
    """All dates lie before the first pair starts, on the 20th."""
    people = len(who)
    recruitment = batch.cohort.recruitment if batch.side == "mentor" else "open"
    volunteer = rng.random(people) < (0.6 if batch.side == "mentor" else 0.3)
    method = {
        "open": np.where(volunteer, "volunteer", "nominated"),
        "lottery": np.full(people, "lottery"),
        "mandatory": np.full(people, "mandatory"),
    }[recruitment]
    zero = days(batch.month, TIME_ZERO_DAY)
    none = np.datetime64("NaT", "D")
    applied = zero - rng.integers(35, 46, people)
    invited = zero - rng.integers(22, 31, people)
    answered = invited + rng.integers(1, 11, people)
    return pd.DataFrame(
        {
            "employee_id": ids[who],
            "side": batch.side,
            "applied_on": np.where(np.isin(method, ["volunteer", "lottery"]), applied, none).astype("datetime64[s]"),
            "invited_on": np.where(response == "not_drawn", none, invited).astype("datetime64[s]"),
            "responded_on": np.where(response in ("not_drawn", "no_answer"), none, answered).astype("datetime64[s]"),
            "response": response,
            "method": method,
            "programme_id": PROGRAMME,
            "cohort": batch.name,
        }
    )
