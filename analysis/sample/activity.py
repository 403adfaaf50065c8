"""What pairs did: sessions held, cancelled and missed, and the goals they set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.sample.calendar import Days, month_end
from analysis.sample.programme import PAIR_TOPICS
from analysis.sample.settings import PROGRAMME_MONTHS
from analysis.sample.simulate import History

CANCELLED, CANCELLED_MANDATORY, CANCELLED_AGAIN = 0.13, 0.28, 0.38
NO_SHOW = 0.04
CANCELLED_BY_MENTEE = 0.72  # the senior side's diary
STALLS = 0.06  # pairs that quietly stop meeting
DURATIONS = {30: 0.18, 45: 0.27, 60: 0.45, 75: 0.06, 90: 0.04}
RATINGS = {1: 0.02, 2: 0.05, 3: 0.18, 4: 0.43, 5: 0.32}
RATED = 0.7
SAME_TOPIC = 0.55  # sessions about the pair's own topic; the others are about anything

GOAL_KINDS = {"smart": 0.62, "okr_objective": 0.20, "okr_key_result": 0.18}
CLOSED_GOALS = {"achieved": 0.55, "partly": 0.22, "missed": 0.13, "dropped": 0.10}
OPEN_GOALS = {"on_track": 0.60, "at_risk": 0.25, "not_started": 0.15}
GOALS_OF_A_PAIR = (0.15, 0.40, 0.30, 0.15)  # none, one, two, three


def sessions(history: History, pairs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row a planned session, about one a month while the pair lasts; canonical headers."""
    count = len(pairs)
    start = pairs["start_date"].to_numpy("datetime64[D]")
    shape = (count, PROGRAMME_MONTHS)
    planned = _workday(np.add(start[:, None], 12 + 30 * np.arange(PROGRAMME_MONTHS) + rng.integers(-5, 6, shape)))
    stalled = np.where(rng.random(count) < STALLS, rng.integers(2, 6, count), PROGRAMME_MONTHS)
    took_place = (planned < _ends(history, pairs)[:, None]) & (np.arange(PROGRAMME_MONTHS) < stalled[:, None])
    cancelled, no_show = _missed(pairs, rng, shape)
    held = ~cancelled & ~no_show
    pair = np.broadcast_to(np.arange(count)[:, None], shape)[took_place]
    topics = list(PAIR_TOPICS)
    other = rng.choice(topics, len(pair), p=list(PAIR_TOPICS.values()))
    was_held, was_cancelled = held[took_place], cancelled[took_place]
    by_mentee = rng.random(len(pair)) < CANCELLED_BY_MENTEE
    rated = was_held & (rng.random(len(pair)) < RATED)
    return pd.DataFrame(
        {
            "pair_id": pairs["pair_id"].to_numpy()[pair],
            "session_date": planned[took_place].astype("datetime64[s]"),
            "status": np.where(was_held, "held", np.where(was_cancelled, "cancelled", "no_show")),
            "session_id": [f"S{number:06}" for number in range(1, len(pair) + 1)],
            "cancelled_by": pd.Series(np.where(by_mentee, "mentee", "mentor")).where(was_cancelled),
            "duration_min": _whole(np.where(was_held, _drawn(rng, DURATIONS, len(pair)), np.nan)),
            "topic": np.where(rng.random(len(pair)) < SAME_TOPIC, pairs["topic"].to_numpy()[pair], other),
            "rating": _whole(np.where(rated, _drawn(rng, RATINGS, len(pair)), np.nan)),
        }
    )


def _workday(dates: Days) -> Days:
    """Saturdays and Sundays move to the Friday before."""
    weekday = (dates.astype(np.int64) + 3) % 7  # 0 is Monday
    return np.subtract(dates, np.maximum(weekday - 4, 0))


def _ends(history: History, pairs: pd.DataFrame) -> Days:
    """The first day on which a pair no longer meets, or the day after the last snapshot."""
    horizon = month_end(history.last) + np.timedelta64(1, "D")
    return pairs["end_date"].fillna(pd.Timestamp(str(horizon))).to_numpy("datetime64[D]")


def _missed(pairs: pd.DataFrame, rng: np.random.Generator, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Which planned sessions are cancelled or missed; one cancellation makes the next more likely."""
    usual = np.where(pairs["mandatory"].to_numpy(bool), CANCELLED_MANDATORY, CANCELLED)
    chance = rng.random(shape)
    cancelled = np.zeros(shape, dtype=bool)
    for number in range(shape[1]):
        before = cancelled[:, number - 1] if number else np.zeros(shape[0], dtype=bool)
        cancelled[:, number] = chance[:, number] < np.where(before, np.maximum(usual, CANCELLED_AGAIN), usual)
    return cancelled, chance > 1 - NO_SHOW


def goals(history: History, pairs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One row a goal, as it stands at the last snapshot; canonical headers."""
    each = rng.choice(len(GOALS_OF_A_PAIR), len(pairs), p=GOALS_OF_A_PAIR)
    pair = np.repeat(np.arange(len(pairs)), each)
    count = len(pair)
    set_on = np.add(pairs["start_date"].to_numpy("datetime64[D]")[pair], rng.integers(2, 45, count))
    ends = _ends(history, pairs)[pair]
    kept = set_on < ends
    pair, set_on, ends = pair[kept], set_on[kept], ends[kept]
    count = len(pair)
    due = set_on + rng.integers(75, 220, count)
    closed_on = np.minimum(due + rng.integers(-25, 20, count), ends)
    closed = closed_on <= month_end(history.last)
    status = np.where(closed, _drawn(rng, CLOSED_GOALS, count), _drawn(rng, OPEN_GOALS, count))
    low, high = np.array([_PROGRESS[name] for name in status]).reshape(-1, 2).T
    return pd.DataFrame(
        {
            "pair_id": pairs["pair_id"].to_numpy()[pair],
            "kind": _drawn(rng, GOAL_KINDS, count),
            "set_on": set_on.astype("datetime64[s]"),
            "goal_id": [f"G{number:05}" for number in range(1, count + 1)],
            "due_on": due.astype("datetime64[s]"),
            "closed_on": np.where(closed, closed_on, np.datetime64("NaT", "D")).astype("datetime64[s]"),
            "status": status,
            "progress_pct": 5 * rng.integers(low // 5, high // 5 + 1),
        }
    )


_PROGRESS = {
    "achieved": (100, 100),
    "partly": (40, 85),
    "missed": (5, 45),
    "dropped": (0, 30),
    "on_track": (20, 80),
    "at_risk": (10, 45),
    "not_started": (0, 0),
}


def _drawn(rng: np.random.Generator, shares: Mapping[Any, float], count: int) -> np.ndarray:
    return rng.choice(list(shares), count, p=list(shares.values()))


def _whole(values: np.ndarray) -> pd.Series:
    return pd.Series(values).astype("Int64")
