"""SurveyMonkey: one header row, or two with each question once and its choices below it."""

from __future__ import annotations

from dataclasses import replace

from analysis.imports.formats.answers import survey_format
from analysis.imports.formats.shape import Head
from analysis.imports.formats.survey_shape import FREE_TEXT, PERSONAL, Known, Survey, described
from analysis.imports.table import Table

_FIRST = frozenset({"respondentid", "collectorid", "startdate"})
_ANSWER = frozenset({"response", "open-ended response"})
_TYPED = frozenset({"open-ended response", "other (please specify)"})
_TARGETS = {
    "respondentid": "response_id",
    "respondent id": "response_id",
    "enddate": "submitted_at",
    "end date": "submitted_at",
    "date modified": "submitted_at",
}
_METADATA = frozenset(
    ["collectorid", "collector id", "startdate", "start date", "date created", "collector"]
    + [f"custom data {number}" for number in range(1, 11)]
    + ["custom data", "customdata"]
)
_NEVER = dict.fromkeys(("first name", "firstname", "last name", "lastname", "emailaddress (other)"), PERSONAL)


def _begins(head: Head) -> bool:
    return bool(head) and bool(head[0]) and head[0][0].replace(" ", "").lower() in _FIRST


def _has_choices(head: Head) -> bool:
    return len(head) > 1 and any(cell.lower() in _ANSWER for cell in head[1]) and not head[1][0]


def _one_row(head: Head) -> bool:
    return _begins(head) and head[0][0].replace(" ", "").lower() == "respondentid" and not _has_choices(head)


def _two_rows(head: Head) -> bool:
    return _begins(head) and _has_choices(head)


def _describe_one(table: Table) -> Survey:
    return described(table.header, Known(_TARGETS, _METADATA, _NEVER))


def _describe_two(table: Table) -> Survey:
    """A blank cell of the first row goes on with the question before it; the second row tells the choice."""
    question, titles, texts = "", [], []
    choices: dict[int, tuple[str, ...]] = {}
    never = dict(_NEVER)
    for place, (above, below) in enumerate(zip(*table.header, strict=False)):
        question = above or question
        plain = below.lower() in ("", "response") and bool(above)
        titles.append(question if plain or not below else f"{question} [{below}]")
        texts.append(question)
        if below.lower() in _TYPED:
            never[titles[-1].lower()] = FREE_TEXT
        elif not plain:
            choices[place] = (below,)
    survey = described([titles, table.header[0]], Known(_TARGETS, _METADATA, never))
    return replace(survey, choices=choices, names=(*survey.names[:2], tuple(titles)))


ONE_ROW = survey_format("SurveyMonkey survey", _one_row, _describe_one)
TWO_ROWS = survey_format("SurveyMonkey survey", _two_rows, _describe_two, header_rows=2)
