"""Answers item by item: how many chose what, the same people before and after, and what the question said.

Reads the temporary tables that `score_surveys` makes. Counts come out, never a person.
"""

from __future__ import annotations

import json

import pandas as pd

from analysis.store import Cursor

_ANSWERS = """
select side, construct, wave, item, value, count(*) as people, min(scale_min) as scale_min, max(scale_max) as scale_max,
    bool_or(turned) as turned
from survey_item where missed = 0 group by all order by all
"""
_PAIRED_ANSWERS = """
select before, side, construct, item, pre, post, count(*) as people
from survey_item_pair where missed = 0 group by all order by all
"""
# The same two questions of a construct as a whole: a person's mean over its items.
_SCORES = """
select side, construct, wave, score as value, count(*) as people, min(scale_min) as scale_min,
    max(scale_max) as scale_max
from survey_score where missed = 0 group by all order by all
"""
_PAIRED_SCORES = """
select before, side, construct, pre, post, count(*) as people
from survey_pair where a = 1 and missed = 0 group by all order by all
"""
_TEXTS = """
with used as (select side, item, load_id from survey_item group by all)
select side, item, body
from used
join mapping_row using (load_id)
join load using (load_id)
order by side, item, load_no desc
"""


def answers_by_item(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, item, value (reversed items turned round), people, scale_min, scale_max, turned."""
    return cursor.execute(_ANSWERS).df()


def paired_answers_by_item(cursor: Cursor) -> pd.DataFrame:
    """before (pre or retro_pre), side, construct, item, pre, post, people: the same people, on one scale."""
    return cursor.execute(_PAIRED_ANSWERS).df()


def scores_by_construct(cursor: Cursor) -> pd.DataFrame:
    """side, construct, wave, value (a person's mean over the items), people, scale_min, scale_max."""
    return cursor.execute(_SCORES).df()


def paired_scores_by_construct(cursor: Cursor) -> pd.DataFrame:
    """before, side, construct, pre, post, people."""
    return cursor.execute(_PAIRED_SCORES).df()


def item_texts(cursor: Cursor) -> dict[tuple[str, str], str]:
    """Side and item to the question as people read it, where the newest file that holds it told its text.

    A survey tool's export names its questions, and the mapping that read it keeps them; a canonical file has
    the item's code alone, which is then missing here.
    """
    texts: dict[tuple[str, str], str] = {}
    bodies: dict[str, dict[str, str]] = {}
    for side, item, body in cursor.execute(_TEXTS).fetchall():
        if body not in bodies:
            bodies[body] = _texts_in(body)
        text = bodies[body].get(item)
        if text:
            texts.setdefault((side, item), text)
    return texts


def _texts_in(body: str) -> dict[str, str]:
    """Item code to question text in one mapping; a header that is no sentence ("Q2_1") tells nothing more."""
    items = json.loads(body).get("items", {})
    found: dict[str, str] = {}
    for text, settings in items.items():
        code = settings.get("item") if isinstance(settings, dict) else None
        if code and " " in text.strip():
            found.setdefault(str(code), " ".join(text.split()))
    return found
