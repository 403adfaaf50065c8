"""docs/questions.md: each question is answered where it says, by the words it gives; each command runs."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages import NAMES, run_page
from tests.test_command_line import run
from tests.test_pages_equal_command_line import spoken
from tests.test_pages_uploads import FAULTY

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
HEADER = "| question | clicks | address | it says | command |"
LINE = re.compile(r"\| ([^|]+) \| ([^|]+) \| `(/[^`| ]+)` \| `([^`|]+)` \| (?:`([^`|]+)` )?\|")
TYPED = re.compile(r"Type `([^`]+)` under `([^`]+)`")
DROPPED = re.compile(r"Drop `([^`]+)`")


@dataclass(frozen=True)
class Asked:
    """One line of the document."""

    section: str
    question: str
    clicks: str
    address: str
    says: str
    command: str | None

    @property
    def page(self) -> str:
        return urlsplit(self.address).path.strip("/")


def read() -> list[Asked]:
    found = []
    for section in PAGE.split("\n## ")[1:]:
        title, *lines = section.splitlines()
        table = [line for line in lines if line.startswith("|")]
        assert table[:2] == [HEADER, "|---|---|---|---|---|"], title
        for line in table[2:]:
            cells = LINE.fullmatch(line)
            assert cells, line
            found.append(Asked(title, *(cells[number] for number in range(1, 6))))
    return found


QUESTIONS = read()


def test_there_are_sixty_each_asked_once_and_every_page_answers() -> None:
    asked = [one.question for one in QUESTIONS]
    assert len(set(asked)) == len(asked) == 60, "the README counts them"
    assert {one.page for one in QUESTIONS} == set(NAMES) - {"audit"}, "which is about no data"


def test_a_question_stands_under_the_page_that_answers_it() -> None:
    for one in QUESTIONS:
        assert one.section == "Every page" or one.section.lower().replace(" ", "_") == one.page, one.question


@pytest.mark.parametrize("address", dict.fromkeys(one.address for one in QUESTIONS))
def test_an_address_opens_and_says_what_the_list_says(
    monkeypatch: pytest.MonkeyPatch, sample_store: Path, address: str
) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(sample_store))
    asked = [one for one in QUESTIONS if one.address == address]
    page = run_page(asked[0].page, 120, **dict(parse_qsl(urlsplit(address).query, strict_parsing="?" in address)))
    untroubled(page)
    at_first = words_of(page)
    for one in asked:
        says = at_first if not TYPED.search(one.clicks) and not DROPPED.search(one.clicks) else after(page, one.clicks)
        assert one.says in says, one.question


def after(page: AppTest, clicks: str) -> str:
    """The words of the page after something was typed into it, or a file with two bad lines was dropped on it."""
    for typed, label in TYPED.findall(clicks):
        field = next(one for one in [*page.text_input, *page.number_input] if one.label == label)
        field.set_value(float(typed) if field in page.number_input else typed)
    for name in DROPPED.findall(clicks):
        page.file_uploader[0].set_value([(name, FAULTY, "text/csv")])
    page.run()
    untroubled(page)
    return words_of(page)


def untroubled(page: AppTest) -> None:
    assert not page.exception and not page.error and not page.toast


def words_of(page: AppTest) -> str:
    """All words of a page; what stands beside each other in a table is one space apart."""
    return re.sub(r"\s+", " ", spoken(page))


@pytest.mark.parametrize("command", dict.fromkeys(one.command for one in QUESTIONS if one.command))
def test_a_command_runs(monkeypatch: pytest.MonkeyPatch, sample_store: Path, command: str) -> None:
    """None of them publishes anything, so the shared store serves, and what the pages computed with it."""
    monkeypatch.chdir(ROOT)
    done = run(*shlex.split(command), store=sample_store)
    assert done.returncode == 0 and done.stdout.strip(), done.stderr
