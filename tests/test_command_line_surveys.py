"""The surveys on the command line: the same numbers as the answers behind the page, narrowed or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.findings import answers, codec
from analysis.findings.results import Selection
from analysis.store import Reader
from tests.test_command_line import answer, run


@pytest.fixture(scope="module")
def store(sample_reader: Reader) -> Path:
    return sample_reader.path.parent


def test_as_json_it_is_what_the_page_asks(store: Path, sample_reader: Reader) -> None:
    found = answer("surveys", "--by", "gender", store=store)
    asked = (
        answers.survey_health(sample_reader),
        answers.surveys(sample_reader),
        answers.survey_items(sample_reader),
        answers.survey_response(sample_reader, None, "gender"),
    )
    assert found == [json.loads(codec.encode(one)) for one in asked]


def test_a_narrowed_view_gives_the_narrowed_numbers(store: Path, sample_reader: Reader) -> None:
    scored = answer("surveys", "--level", "Analyst", store=store)[1]
    asked = answers.surveys(sample_reader, None, None, Selection(level="Analyst"))
    assert scored == json.loads(codec.encode(asked))
    assert "Narrowed to level Analyst" in scored["notes"][-1]


def test_in_words_it_says_what_changed_and_who_did_not_answer(store: Path) -> None:
    done = run("surveys", store=store)
    assert done.returncode == 0
    for part in ("can be read", "favourable share", "eNPS", "who answered after"):
        assert part in done.stdout


def test_an_unknown_cohort_is_a_sentence(store: Path) -> None:
    done = run("surveys", "--cohort", "1066", store=store)
    assert done.returncode == 2 and "No participant has the cohort 1066" in done.stderr
    assert "Traceback" not in done.stderr
