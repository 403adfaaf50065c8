"""Each format, opened again: the numbers are the findings', nothing suppressed is in it, nothing hostile runs."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from analysis.findings.publication import rounded_text
from analysis.reports.as_text import schema
from analysis.reports.slides import LINE, lines_needed
from analysis.reports.stamp import read_stamp
from analysis.reports.tables import tables
from analysis.reports.write import FORMATS, CannotWrite, render, save
from tests.fabricated_report import HOSTILE, POISON, report, texts


def _without_library(content: bytes) -> str:
    return re.sub(r"<script>/\*\*.*?</script>", "", texts(content), count=1, flags=re.S)


@pytest.mark.parametrize("form", FORMATS)
def test_no_suppressed_number_is_anywhere_in_a_file(form: str, tmp_path: Path) -> None:
    content = render(report(suppressed=True), form)
    found = _without_library(content)
    found += "".join(
        base64.urlsafe_b64decode(mark).decode() for mark in re.findall(r"impact-stamp:([\w-]+=*)", texts(content))
    )
    for value in POISON.values():
        assert str(value) not in found
        # Curves of the page speak of other shares in one decimal.
        assert form == "html" or (f"{100 * value:.1f}%" not in found and f"+{100 * value:.1f}" not in found)
    assert "Not shown" in found
    save(content, tmp_path / "file")
    assert read_stamp(tmp_path / "file")["quarter"] == "2026Q3"


@pytest.mark.parametrize("form", FORMATS)
def test_making_it_again_gives_the_same_bytes(form: str) -> None:
    assert render(report(), form) == render(report(), form)


def test_json_keeps_to_its_schema_and_holds_the_findings() -> None:
    made = json.loads(render(report(), "json"))
    jsonschema.validate(made, schema())
    assert [each["estimate"] for each in made["impact"]["headlines"]] == [f.estimate for f in report().headlines]
    made["impact"]["headlines"][0]["estimate"] = "six"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, schema())


def test_csv_and_workbook_hold_the_numbers_of_the_tables() -> None:
    expected = {(t.name, n, t.header[c]): v for t in tables(report()) for n, row in enumerate(t.rows, 1)
                for c, v in enumerate(row) if isinstance(v, float)}  # fmt: skip
    rows = list(csv.reader(io.StringIO(render(report(), "csv").decode("utf-8-sig"))))
    found = {(row[0], int(row[1]), row[3]): row[4] for row in rows[1:]}
    assert expected and {key: float(found[key]) for key in expected} == expected
    book = CalamineWorkbook.from_filelike(io.BytesIO(render(report(), "xlsx")))
    sheet = book.get_sheet_by_name("Headlines").to_python()
    assert [row[3] for row in sheet[3:6]] == [finding.estimate for finding in report().headlines[:3]]
    assert sheet[1][0].startswith("Unit:") and str(sheet[8][3]).startswith("not shown")


def test_charts_of_the_deck_are_native_and_hold_the_numbers() -> None:
    deck = Presentation(io.BytesIO(render(report(), "pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    series = {each.name: each for each in charts[0].plots[0].series}
    finding = report().headlines[0]
    xs = [float(x.text) for x in series["All"]._element.xpath("c:xVal//c:v")]
    assert xs == pytest.approx([100 * (finding.ci_low or 0), 100 * (finding.ci_high or 0)])
    first = series["estimate"]._element.xpath("c:xVal//c:v")[0]
    assert float(first.text) == pytest.approx(100 * (finding.estimate or 0))
    assert all(slide.has_notes_slide and slide.notes_slide.notes_text_frame.text for slide in deck.slides)


def test_nothing_overflows_with_long_names_and_twelve_cohorts() -> None:
    deck = Presentation(
        io.BytesIO(render(report(cohorts=12, names=("A very long department name " * 8,) * 10), "pptx"))
    )
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height
            if shape.has_text_frame and shape.text_frame.text:
                sizes = [run.font.size.pt for p in shape.text_frame.paragraphs for run in p.runs if run.font.size]
                needed = lines_needed(shape.text_frame.text, shape.width / 914400, max(sizes)) * max(sizes) * LINE / 72
                assert needed <= shape.height / 914400 + 0.05, shape.text_frame.text


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_names_are_text(form: str) -> None:
    content = render(report(names=HOSTILE), form)
    if form == "html":
        assert "<script>alert(1)" not in content.decode() and "&lt;script&gt;alert(1)" in content.decode()
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+cmd"))]
    if form in ("xlsx", "pptx"):
        assert "<f>" not in texts(content) and "<script>" not in texts(content)


def test_the_page_is_small_enough_and_needs_no_network() -> None:
    page = render(report(), "html")
    assert len(page) < 6_000_000
    rest = _without_library(page)
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", rest)
    heads = [int(level) for level in re.findall(r"<h(\d)>", rest)]
    assert heads[0] == 1 and all(after - before <= 1 for before, after in pairwise(heads))


def test_staff_get_the_publication_rules() -> None:
    found = report("staff")
    assert {each.n_participants for each in found.headlines} <= {None, 140, 25, 60}
    assert all(count is None or count % 5 == 0 for each in found.impact.reach for row in each.rows
               for count in (row.eligible, row.participants))  # fmt: skip
    assert rounded_text("5 of 24 were promoted.") == "fewer than 10 of 25 were promoted."
    assert rounded_text("8 of 17 demographic groups, 42 participants") == "8 of 17 demographic groups, 40 participants"


def test_what_cannot_be_done_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="template"):
        render(report(), "pptx", b"no deck at all")
    with pytest.raises(CannotWrite, match="slides only"):
        render(report(), "csv", b"")
    with pytest.raises(CannotWrite, match="can't be written"):
        save(b"x", tmp_path / "nowhere" / "file.csv")


def test_a_template_gives_its_own_layouts(tmp_path: Path) -> None:
    own = Presentation()
    own.slide_width, own.slide_height = 9144000, 5143500
    own.slide_layouts[5].name = "Title Only"
    own.save(tmp_path / "own.pptx")
    deck = Presentation(io.BytesIO(render(report(), "pptx", (tmp_path / "own.pptx").read_bytes())))
    assert deck.slide_width == 9144000 and len(deck.slides) > 10
