"""What participants answered before, during and after: latent attitudes, items, and who did not answer.

Colleagues who were eligible and had not joined are asked the same before and after, each once; their file does not say
who they are to the programme.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.sample.calendar import days
from analysis.sample.enrolment import Batch
from analysis.sample.settings import ELIGIBLE_RANKS, MONTHS_OF_SERVICE, SIDES, WORKER_TYPES
from analysis.sample.simulate import History
from analysis.sample.workforce import Floats, Ints

WAVE_MONTHS = {"pre": 0, "mid": 5, "post": 10}  # months after time zero's month
SHARE_OF_CHANGE = {"pre": 0.0, "mid": 0.5, "post": 1.0}
RESPONSE = {"pre": 0.80, "mid": 0.60, "post": 0.55}
CONTENT_ANSWER_MORE = 0.45  # log odds of answering mid and post, for one SD of contentment at baseline
BLANK_ITEMS = 0.015
BASELINE, PERSON_SPREAD, CONSTRUCT_SPREAD, ITEM_SPREAD = 3.3, 0.55, 0.40, 0.55


@dataclass(frozen=True)
class Item:
    """One question; `waves` are those in which it is asked."""

    code: str
    construct: str
    text: str
    reversed: bool = False
    scale_min: int = 1
    scale_max: int = 5
    waves: tuple[str, ...] = ("pre", "mid", "post")


_LATER = ("mid", "post")
_SHARED = (
    Item("incl1", "inclusion", "I can be myself at work."),
    Item("incl2", "inclusion", "People of all ages and backgrounds are heard here."),
    Item("incl3", "inclusion", "I am often left out of decisions that affect my work.", reversed=True),
    Item("eng1", "engagement", "I am enthusiastic about my job."),
    Item("eng2", "engagement", "I look forward to coming to work."),
    Item("eng3", "engagement", "I would stay here even if I were offered a similar job."),
    Item("rel1", "relationship_quality", "My partner and I trust each other.", waves=_LATER),
    Item("rel2", "relationship_quality", "We use our time together well.", waves=_LATER),
    Item("rel3", "relationship_quality", "I learn from my partner.", waves=_LATER),
    Item("enps", "enps", "How likely are you to recommend us as a place to work?", scale_min=0, scale_max=10),
)
ITEMS = {
    "mentor": (
        Item("conf1", "confidence", "I speak up in front of senior colleagues."),
        Item("conf2", "confidence", "I can explain my ideas clearly to leaders."),
        Item("conf3", "confidence", "I trust my own judgement at work."),
        Item("lead1", "leadership", "I can guide a colleague through something new."),
        Item("lead2", "leadership", "I give feedback that people can use."),
        Item("lead3", "leadership", "I see how decisions are made here."),
        *_SHARED,
    ),
    "mentee": (
        Item("dig1", "digital_skills", "I can choose the right digital tool for a task."),
        Item("dig2", "digital_skills", "I learn new software without help."),
        Item("dig3", "digital_skills", "I understand how younger colleagues use social media."),
        Item("dig4", "digital_skills", "I can judge what a new technology means for our business."),
        Item("lead1", "leadership", "I ask junior colleagues for feedback."),
        Item("lead2", "leadership", "I change my mind when somebody junior is right."),
        Item("lead3", "leadership", "I explain the reasons for my decisions."),
        *_SHARED,
    ),
}
# Planted change from pre to post in points of the five-point scale; mid has half of it. enps: on its own scale.
CHANGES = {
    "mentor": {"confidence": 0.35, "leadership": 0.25, "inclusion": 0.15, "engagement": 0.10, "enps": 0.30},
    "mentee": {"digital_skills": 0.45, "inclusion": 0.25, "leadership": 0.15, "engagement": 0.05, "enps": 0.10},
}
# What the year did to colleagues who did not take part: for mentors' confidence 0.30 less than to participants who
# joined by choice, for leadership exactly as much.
COLLEAGUES_CHANGES = {
    "mentor": {"confidence": 0.05, "leadership": 0.25, "inclusion": 0.05, "engagement": 0.05, "enps": 0.10},
    "mentee": {"digital_skills": 0.15, "inclusion": 0.05, "leadership": 0.15, "engagement": 0.05, "enps": 0.10},
}
COLLEAGUES_ASKED = 1.0  # for each participant of a cohort
CHANGES_IF_TOLD = {"confidence": 0.0, "leadership": 0.05, "inclusion": -0.10, "engagement": -0.45, "enps": -0.90}


def changes(batch: Batch) -> dict[str, float]:
    """The change from pre to post planted on this side of this cohort."""
    told = batch.cohort.recruitment == "mandatory" and batch.side == "mentor"
    return CHANGES_IF_TOLD if told else CHANGES[batch.side]


def surveys(history: History, rng: np.random.Generator) -> pd.DataFrame:
    """One row an answer, with canonical headers; every cohort's new participants are asked, while they work here.

    Scores are as answered: those of reversed items have not been turned round.
    """
    first_number = np.cumsum([1] + [len(batch.joined) for batch in history.batches])
    answers = [
        rows
        for batch, number in zip(history.batches, first_number, strict=False)
        for rows in _waves(history, rng, _participants(batch, number))
    ]
    return pd.concat(answers, ignore_index=True) if answers else pd.DataFrame(columns=list(_HEADERS))


def colleagues_surveys(history: History, rng: np.random.Generator) -> pd.DataFrame:
    """The same before and after, from a random sample of those who could have joined a cohort and had not.

    Nobody is asked twice. Neither side nor cohort stands in these rows.
    """
    number = 1 + sum(len(batch.joined) for batch in history.batches)
    asked = np.zeros(history.staff.size, dtype=bool)
    answers = []
    for batch in history.batches:
        eligible = _could_have_joined(history, batch)
        eligible = eligible[~asked[eligible]]
        chosen = rng.permutation(eligible)[: round(COLLEAGUES_ASKED * len(batch.joined))]
        asked[chosen] = True
        numbers = number + np.arange(len(chosen))
        number += len(chosen)
        waves = ("pre", "post")
        group = _Asked(batch.side, "", "", batch.month, chosen, numbers, COLLEAGUES_CHANGES[batch.side], waves)
        answers += _waves(history, rng, group)
    return pd.concat(answers, ignore_index=True) if answers else pd.DataFrame(columns=list(_HEADERS))


_HEADERS = (
    "survey_id", "wave", "response_id", "item", "score", "employee_id", "side", "cohort", "submitted_at",
    "construct", "scale_min", "scale_max", "reversed",
)  # fmt: skip


@dataclass(frozen=True)
class _Asked:
    """People who get a side's survey from a month on. `numbers` tell them apart in response ids, which must not show
    who answered; `side_said` and `cohort` are what the file says
    of them, nothing of colleagues."""

    side: str
    side_said: str
    cohort: str
    month: int
    who: Ints
    numbers: Ints
    change: dict[str, float]
    waves: tuple[str, ...] = tuple(WAVE_MONTHS)


def _participants(batch: Batch, first_number: int) -> _Asked:
    numbers = first_number + np.arange(len(batch.joined))
    return _Asked(batch.side, batch.side, batch.name, batch.month, batch.joined, numbers, changes(batch))


def _could_have_joined(history: History, batch: Batch) -> Ints:
    """Slots of employees with the level and service for this side, who had joined neither by then."""
    staff, month = history.staff, batch.month
    risen = history.promotions.loc[history.promotions["month"] > month, "slot"].to_numpy()
    rank = staff.rank - np.bincount(risen, minlength=staff.size)
    may = (
        np.isin(rank, ELIGIBLE_RANKS[batch.side])
        & (staff.worker_type == list(WORKER_TYPES).index("employee"))
        & (staff.hire_month <= month - MONTHS_OF_SERVICE)
        & (staff.exit_month > month)
        & np.all([staff.enrolled[side] > month for side in SIDES], axis=0)
    )
    return np.flatnonzero(may)


def _waves(history: History, rng: np.random.Generator, asked: _Asked) -> list[pd.DataFrame]:
    """The waves of people who were asked together, one frame a wave."""
    people = len(asked.who)
    contentment = rng.normal(0, 1, people)
    constructs = list(dict.fromkeys(item.construct for item in ITEMS[asked.side]))
    change = {construct: asked.change.get(construct, 0.0) for construct in constructs}
    attitudes = {construct: rng.normal(0, CONSTRUCT_SPREAD, people) for construct in constructs}
    waves = []
    for wave in asked.waves:
        after = WAVE_MONTHS[wave]
        month = asked.month + after
        odds = RESPONSE[wave] / (1 - RESPONSE[wave]) * np.exp(CONTENT_ANSWER_MORE * contentment * (after > 0))
        answers = rng.random(people) < odds / (1 + odds)
        # Nobody answers in the month in which they leave, or after the last snapshot.
        answers &= (history.staff.exit_month[asked.who] > month) & (month <= history.last)
        if not asked.side_said:
            joined = np.any([history.staff.enrolled[side][asked.who] <= month for side in SIDES], axis=0)
            answers &= ~joined  # whoever has joined since gets the participants' survey
        # Questions that are not asked before are about the partner, whom colleagues do not have.
        items = [item for item in ITEMS[asked.side] if wave in item.waves and (asked.side_said or "pre" in item.waves)]
        scores = np.array(
            [
                _scores(
                    rng, item, contentment, attitudes[item.construct], SHARE_OF_CHANGE[wave] * change[item.construct]
                )
                for item in items
            ]
        )
        given = answers & (rng.random(scores.shape) >= BLANK_ITEMS)
        # The pre survey closes before the first pair starts, on the 20th.
        submitted = days(month, rng.integers(3, 20, people)).astype("datetime64[s]")
        person, question = np.nonzero(given.T)
        waves.append(
            pd.DataFrame(
                {
                    "survey_id": f"{asked.side}_survey",
                    "wave": wave,
                    "response_id": [f"{asked.side}-{wave}-{number:05}" for number in asked.numbers[person]],
                    "item": np.array([item.code for item in items])[question],
                    "score": scores[question, person],
                    "employee_id": history.staff.ids[asked.who[person]],
                    "side": asked.side_said or None,
                    "cohort": asked.cohort or None,
                    "submitted_at": submitted[person],
                    "construct": np.array([item.construct for item in items])[question],
                    "scale_min": np.array([item.scale_min for item in items])[question],
                    "scale_max": np.array([item.scale_max for item in items])[question],
                    "reversed": np.where([item.reversed for item in items], "true", "false")[question],
                }
            )
        )
    return waves


def _scores(rng: np.random.Generator, item: Item, contentment: Floats, own: Floats, change: float) -> Ints:
    """Answers on the item's own scale; contentment and own attitude are in points of a five-point scale."""
    stretch = (item.scale_max - item.scale_min) / 4
    level = BASELINE + PERSON_SPREAD * contentment + own + rng.normal(0, ITEM_SPREAD, len(own))
    score = np.clip(np.rint(item.scale_min + (level - 1) * stretch + change), item.scale_min, item.scale_max)
    answers: Ints = (item.scale_min + item.scale_max - score if item.reversed else score).astype(np.int64)
    return answers
