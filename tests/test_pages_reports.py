"""The box that makes reports: nothing before it is asked for, progress, what is in the file, trouble as a sentence."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from analysis.findings.roles import Viewer
from analysis.reports.content import Audience, Report
from analysis.reports.preview import preview
from analysis.reports.write import FORMATS, render
from analysis.store import Reader
from tests import fabricated
from tests.fabricated_report import made, report
from tests.pages import empty_store, everything, run_page, show

SCRIPT = (
    "from ui.page import begin_page\n"
    "from ui.reports import report_downloads\n"
    "with begin_page('Box') as page:\n"
    "    report_downloads(page, '2026Q3')\n"
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The box reads a made-up report; the list fills with each audience that one is built for."""
    built: list[str] = []

    def build(reader: Reader, quarter: str, audience: Audience, by: Viewer) -> Report:
        built.append(audience)
        return report(audience)

    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(empty_store(tmp_path)))
    monkeypatch.setattr("ui.reports.build", build)
    monkeypatch.setattr("ui.reports.render", lambda found, form, template: render(found, form, template)
                        if template else made(form, found.stamp.audience))  # fmt: skip
    return built


def box() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=60).run()


def press(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.key == "report_make").click().run()


def choose(page: AppTest, key: str, value: str) -> AppTest:
    return next(each for each in page.get("button_group") if each.key == key).set_value(value).run()


def saves(page: AppTest) -> list[str]:
    return [each.label for each in page.get("download_button") if each.label.startswith("Save ")]


def test_nothing_is_made_until_it_is_asked_for(asked: list[str]) -> None:
    page = box()
    assert not page.exception and not page.error
    assert asked == [] and saves(page) == []


def test_slides_are_made_in_steps_and_say_what_is_in_them(asked: list[str]) -> None:
    page = press(box())
    assert not page.exception and not page.error and asked == ["board"]
    assert [each.label for each in page.get("status")] == ["Made"]
    assert len(saves(page)) == 1 and "reverse_mentoring_2026Q3_board.pptx" in saves(page)[0]
    (parts,) = [table.value for table in page.table]
    titles = [slide.shapes.title.text for slide in Presentation(io.BytesIO(made("pptx"))).slides]
    assert len(parts) == len([title for title in titles if not title.endswith("(continued)")])
    assert not parts.iloc[:, 1].str.contains("for board").any(), "no slide opens with its footer"
    assert "+6.0" in everything(page) and "What we do not know" in everything(page)


def test_another_choice_takes_the_old_file_away(asked: list[str]) -> None:
    page = press(box())
    page = choose(page, "report_for", "staff")
    assert saves(page) == []
    page = press(page)
    assert asked == ["board", "staff"] and "staff.pptx" in saves(page)[0]


@pytest.mark.parametrize("form", ["html", "csv"])
def test_every_format_can_be_made(asked: list[str], form: str) -> None:
    page = press(choose(box(), "report_form", form))
    assert not page.exception and not page.error
    assert f"board.{form}" in saves(page)[0] and not page.get("file_uploader")


def test_a_broken_template_is_a_sentence_and_no_file(asked: list[str]) -> None:
    page = box()
    page.get("file_uploader")[0].set_value(("own.pptx", b"no deck", "application/octet-stream")).run()
    page = press(page)
    assert not page.exception and saves(page) == []
    assert "template" in page.error[0].value


def test_all_suppressed_says_so_before_it_is_saved(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.reports.build", lambda reader, quarter, audience, by: report(audience, suppressed=True))
    monkeypatch.setattr("ui.reports.render", render)
    page = press(box())
    assert "no headline can be shown yet" in everything(page) and saves(page)


def test_on_the_page_an_empty_store_has_no_box(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    st.cache_data.clear()
    monkeypatch.setenv("IMPACT_STORE", str(empty_store(tmp_path)))
    page = run_page("quarterly_impact")
    assert not page.exception and not [button for button in page.button if button.key == "report_make"]


def test_a_quarter_in_the_address_that_the_data_do_not_have(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    show(monkeypatch, tmp_path, impact=replace(fabricated.impact(), quarter="2026Q2"))
    page = run_page("quarterly_impact", quarter="1999Q1")
    assert not page.exception
    assert [button for button in page.button if button.key == "report_make"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_preview_is_what_stands_in_the_file(form: str) -> None:
    pieces = dict(preview(made(form), form))
    expected = {"pptx": "What we found", "html": "Headlines", "xlsx": "Headlines", "csv": "headlines", "json": "impact"}
    assert expected[form] in pieces
    if form == "pptx":
        assert pieces["What we found"].startswith("Mentors, retained at 12 months, Evidence of benefit, +6.0")
