"""A file for all staff: minimum 10, counts rounded to 5, and no sentence that holds an exact number of people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.findings import codec
from analysis.findings.publication import LEFT_OUT, told
from analysis.reports.content import Report, build
from analysis.reports.write import FORMATS, render
from analysis.store import Reader
from tests.fabricated_report import made, report, texts

PEOPLE = (
    "participants?|people|persons?|colleagues?|mentors?|mentees?|pairs?|exits?|employees|leavers|responses|women|men"
)
COUNT = re.compile(
    rf"(?<![\d.,])(\d[\d,]*)(?:[ \u00a0]+\w+){{0,2}}?[ \u00a0]+(?:{PEOPLE})\b"
    r"|(?<![\d.,])(\d[\d,]*) of (?:the |these )?(\d[\d,]*)(?!\d)"
    r"(?! (?:verdicts?|outcomes?|scales?|demographic|kinds|checks|groups|headlines))"
)


def exact_counts(text: str) -> list[str]:
    """Numbers beside a word for people, or out of others, that are neither a multiple of 5 nor "fewer than 10"."""
    text = text.replace("fewer than 10", "").replace("Fewer than 10", "")
    return [number for found in COUNT.findall(text) for number in found if number and int(number.replace(",", "")) % 5]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in ("settings", "stamp"):
                yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def numbers(value: Any) -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, int | float) and not isinstance(each, bool):
                yield name, each
            elif name not in ("settings", "stamp"):
                yield from numbers(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers(each)


def test_the_sweep_sees_exact_counts() -> None:
    assert exact_counts("142 participants and 5 of 24 were promoted.") == ["142", "24"]
    assert exact_counts("1,986 similar colleagues, 140 participants, 8 of 17 demographic groups") == ["1,986"]


@pytest.fixture(scope="module")
def staff(sample_reader: Reader) -> Report:
    return build(sample_reader, audience="staff")


def test_no_text_of_the_sample_employer_holds_an_exact_count(staff: Report, sample_reader: Reader) -> None:
    board = json.loads(codec.encode(build(sample_reader)))
    assert [text for text in strings(board) if exact_counts(text)], "the board's report has them"
    found = json.loads(codec.encode(staff))
    assert [text for text in strings(found) if exact_counts(text)] == []
    said = [text for text in strings(found) if len(text) > 40]
    assert len(set(said)) > 40, "most sentences are still told"


@pytest.mark.parametrize("form", ["pptx", "html", "csv"])
def test_no_file_of_the_sample_employer_holds_one(staff: Report, form: str) -> None:
    content = texts(render(staff, form))
    content = re.sub(r"<script>/\*\*.*?</script>", "", content, count=1, flags=re.S)
    shown = re.sub(r"<[^>]+>", "\n", content) if form != "csv" else content
    assert [line for line in shown.split("\n") if exact_counts(line)] == []


def test_counts_are_multiples_of_5_and_rates_whole_percent(staff: Report) -> None:
    found = json.loads(codec.encode(staff))
    counted = {"n_participants", "n_comparators", "n_colleagues", "eligible", "participants", "asked", "answered",
               "people", "of", "colleagues", "new_participants", "participants_needed", "n_effective"}  # fmt: skip
    seen = [(name, value) for name, value in numbers(found) if name in counted]
    assert len(seen) > 50 and not [pair for pair in seen if pair[1] % 5]
    rates = [value for name, value in numbers(found) if name.startswith("rate")]
    assert rates and not [rate for rate in rates if round(rate, 2) != rate]
    assert not [name for name, _ in numbers(found) if name in ("p_value", "fisher_p", "wilcoxon_p", "limit")]


def test_details_by_pair_and_group_are_left_out() -> None:
    assert report("staff").programme is None and report("staff").diversity == () and report().diversity


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_made_for_staff(form: str) -> None:
    assert made(form, "staff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("91.5% stayed 12 months, against an estimated 85.5%.", "92% stayed 12 months, against an estimated 86%."),
        ("5 of 24 were promoted. Too few to tell.", "Too few to tell."),
        ("5 of 24 were promoted.", LEFT_OUT),
        ("On its own, cohort 2025 Winter (42 participants, +2.1 points) shows evidence of harm.",
         "On its own, cohort 2025 Winter shows evidence of harm."),
        ("2 of 6 verdicts changed.", "2 of 6 verdicts changed."),
        ("Cohort 2025Q1, followed to the end by 30 Sep 2026, moved it by +0.4 points.",
         "Cohort 2025Q1, followed to the end by 30 Sep 2026, moved it by +0.4 points."),
        ("7 mentors left.", LEFT_OUT),
        ("320 colleagues answered too. They stand in no score. The year was hard.", "The year was hard."),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_keeps_what_is_known_to_be_harmless(text: str, expected: str) -> None:
    assert told(text) == expected
