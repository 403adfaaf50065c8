"""Everything the surveys page asks as of a quarter, in one go: for the load to store, and for a view nobody stored."""

from __future__ import annotations

from datetime import date

from analysis.findings import codec
from analysis.findings.survey_change import changes, reliability
from analysis.findings.survey_item_results import SurveyItems
from analysis.findings.survey_items import constructs
from analysis.findings.survey_net import net_scores
from analysis.findings.survey_response import responses
from analysis.findings.survey_response_hiding import answered_by_wave, view_reasons
from analysis.findings.surveys import surveys
from analysis.store import Cursor
from analysis.study.survey_response import RESPONSE_HEADERS
from analysis.study.surveys import EVERYBODY, Narrowing, score_surveys

RESPONSE_BY = RESPONSE_HEADERS  # what response can be divided by
FIRST_BY = RESPONSE_BY[0]


def survey_bundle(
    cursor: Cursor,
    quarter: str,
    cutoff: date,
    data_version: int,
    narrowing: Narrowing = EVERYBODY,
    later: tuple[date, ...] = (),
    by: tuple[str, ...] = RESPONSE_BY,
) -> dict[str, str]:
    """Key to finding as JSON: scores, items, and response by each of `by`. later: the cutoffs of the quarters after
    this one, the first day first, which are told as well."""
    score_surveys(cursor, cutoff, narrowing, later)
    waves = answered_by_wave(cursor)
    asked = view_reasons(cursor, waves, narrowing.chosen, (cutoff, *later))
    found = {
        surveys_key(quarter): codec.encode(surveys(cursor, quarter, data_version, narrowing, asked)),
        items_key(quarter): codec.encode(survey_items(cursor, quarter, data_version, narrowing)),
    }
    for answered in responses(cursor, quarter, by, data_version, narrowing, None if later else waves):
        found[response_key(quarter, answered.by)] = codec.encode(answered)
    return found


def survey_items(cursor: Cursor, quarter: str, data_version: int, narrowing: Narrowing) -> SurveyItems:
    """By question; `score_surveys` must have been called."""
    net, net_changes, sentence = net_scores(cursor, narrowing)
    return SurveyItems(
        quarter,
        constructs(cursor, narrowing),
        net,
        net_changes,
        sentence,
        reliability(cursor, narrowing),
        changes(cursor, narrowing, "retro_pre"),
        data_version,
    )


def surveys_key(quarter: str) -> str:
    return f"surveys|{quarter}"


def items_key(quarter: str) -> str:
    return f"survey_items|{quarter}"


def response_key(quarter: str, header: str) -> str:
    return f"survey_response|{quarter}|{header}"
