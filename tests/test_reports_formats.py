"""Each format, opened again: the numbers are the findings', nothing suppressed is in it, nothing hostile runs."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from analysis.reports.as_text import schema
from analysis.reports.content import Audience
from analysis.reports.slides import LINE, lines_needed
from analysis.reports.stamp import read_stamp
from analysis.reports.tables import tables
from analysis.reports.write import FORMATS, CannotWrite, render, save
from tests.fabricated_report import HOSTILE, POISON, made, report, texts


def _without_library(content: bytes) -> str:
    return re.sub(r"<script>/\*\*.*?</script>", "", texts(content), count=1, flags=re.S)


def _ways_to_write(value: float) -> set[str]:
    """A poisoned number as any format might: to the last digit, in percent, in points, as a count."""
    if value > 1:
        return {str(value), f"{value:,.0f}"}
    return {str(value)[:6], f"{100 * value:.2f}", f"{100 * value:.1f}%", f"+{100 * value:.1f}", f"{value:.4f}"}


@pytest.mark.parametrize(
    ("form", "audience"), [*((form, "board") for form in FORMATS), ("pptx", "staff"), ("json", "staff")]
)
def test_no_suppressed_number_is_anywhere_in_a_file(form: str, audience: Audience, tmp_path: Path) -> None:
    content = render(report(audience, suppressed=True), form)
    found = _without_library(content)
    found += "".join(base64.urlsafe_b64decode(mark).decode() for mark in re.findall(r"impact-stamp:([\w-]+=*)", found))
    for value in POISON.values():
        assert not [text for text in _ways_to_write(value) if text in found]
    assert "Not shown" in found
    save(content, tmp_path / "file")
    assert read_stamp(tmp_path / "file")["quarter"] == "2026Q3"


@pytest.mark.parametrize("form", FORMATS)
def test_the_search_finds_a_number_that_is_there(form: str) -> None:
    """The test above could not fail if it looked for what no format writes."""
    found = _without_library(made(form))
    estimate = report().headlines[0].estimate or 0.0
    assert any(text in found for text in _ways_to_write(estimate) | {str(estimate)})


@pytest.mark.parametrize("form", FORMATS)
def test_making_it_again_gives_the_same_bytes(form: str) -> None:
    assert made(form) == render(report(), form)


def test_json_keeps_to_its_schema_and_holds_the_findings() -> None:
    found = json.loads(made("json"))
    jsonschema.validate(found, schema())
    assert [each["estimate"] for each in found["impact"]["headlines"]] == [f.estimate for f in report().headlines]
    written = Path(__file__).parent.parent / "docs" / "report.schema.json"
    assert json.loads(written.read_text(encoding="utf-8")) == schema(), "docs/report.schema.json is not today's"
    found["impact"]["headlines"][0]["estimate"] = "six"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, schema())


def test_csv_holds_the_numbers_of_the_tables() -> None:
    expected = {(t.name, n, t.header[c]): v for t in tables(report()) for n, row in enumerate(t.rows, 1)
                for c, v in enumerate(row) if isinstance(v, int | float)}  # fmt: skip
    rows = list(csv.reader(io.StringIO(made("csv").decode("utf-8-sig"))))
    found = {(row[0], int(row[1]), row[3]): row[4] for row in rows[1:]}
    assert expected and {key: float(found[key]) for key in expected} == expected


def test_the_workbook_holds_every_table_and_says_what_is_hidden() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made("xlsx")))
    for table in tables(report()):
        title, unit, header, *rows = book.get_sheet_by_name(table.name.replace("_", " ").capitalize()[:31]).to_python()
        assert title[0] == table.title and unit[0] == f"Unit: {table.unit}"
        assert header[: len(table.header)] == list(table.header)
        found = [value for row in rows for value in row if isinstance(value, int | float)]
        expected = [value for row in table.rows for value in row if isinstance(value, int | float)]
        assert found == pytest.approx(expected, rel=1e-14)
    sheet = book.get_sheet_by_name("Headlines").to_python()
    assert str(sheet[8][3]).startswith("not shown")
    assert dict(row[:2] for row in book.get_sheet_by_name("Method").to_python())["Data version"] == "17"


def test_charts_of_the_deck_are_native_and_hold_the_numbers() -> None:
    deck = Presentation(io.BytesIO(made("pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    drawn = [finding for finding in report().headlines if finding.ci_low is not None]
    forests = [chart for chart in charts if chart.plots[0].series[0].name == "no difference"]
    assert len(forests) == len(drawn) and len(charts) == len(drawn) + 2
    for finding, chart in zip(drawn, forests, strict=True):
        series = {each.name: each for each in chart.plots[0].series}
        middle = finding.ci_high if finding.estimate is None else finding.estimate
        assert _xs(series["All"]) == pytest.approx([100 * (x or 0) for x in (finding.ci_low, middle, finding.ci_high)])
        marked = series["All"]._element.xpath("c:dPt/c:marker/c:symbol[@val='circle']")
        assert len(marked) == (finding.estimate is not None), "a row without an estimate has no dot"
        assert {len(_xs(each)) for each in chart.plots[0].series} == {3}, "LibreOffice leaves shorter series out"
        axis = chart.category_axis
        assert axis.minimum_scale == -axis.maximum_scale and axis.maximum_scale % axis.major_unit == 0
    arms = {each.name: each for each in charts[-2].plots[0].series}
    curve = report().curves[0].participants
    assert curve is not None
    shares = [float(y.text) for y in arms["Participants"]._element.xpath("c:yVal//c:v")]
    assert shares == pytest.approx([100 * share for share in curve.survival], abs=1e-4)
    promoted = next(each for each in report().curves if each.measure == "promotion")
    assert promoted.participants is not None
    (drawn_promoted,) = [each for each in charts[-1].plots[0].series if each.name == "Participants"]
    shares = [float(y.text) for y in drawn_promoted._element.xpath("c:yVal//c:v")]
    told = promoted.participants.incidence("promotion").rate
    assert shares == pytest.approx([100 * share for share in told], abs=1e-4), "those promoted, as the page draws it"
    assert all(slide.has_notes_slide and slide.notes_slide.notes_text_frame.text for slide in deck.slides)


def test_a_quarter_in_which_all_is_suppressed_says_so_first() -> None:
    deck = Presentation(io.BytesIO(render(report(suppressed=True), "pptx")))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[1] == "No headline can be shown yet" and "What we found" not in titles
    assert not [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert "No headline can be shown yet." in render(report(suppressed=True), "html").decode()


def _xs(series: Any) -> list[float]:
    return [float(x.text) for x in series._element.xpath("c:xVal//c:v")]


def test_tables_of_the_deck_hold_the_numbers() -> None:
    deck = Presentation(io.BytesIO(made("pptx")))
    shown = {slide.shapes.title.text: [[cell.text for cell in row.cells] for row in shape.table.rows]
             for slide in deck.slides for shape in slide.shapes if shape.has_table}  # fmt: skip
    first = shown["What we found"][1]
    assert first[2:] == ["+6.0", "+2.1 to +9.8", "142", "1,986"]
    assert shown["What we found"][6][2] == "not shown"
    programme = shown["Programme health: sessions, rhythm, direction, endings"]
    assert ["Rhythm", "Running pairs on schedule", "84.0% (80.0% to 87.0%)", "300"] in programme
    path = shown["Diversity, how far each group came: mentors"]
    rows = {row[0]: row[1:] for row in path}
    step = report().diversity[0].step("joined")
    woman = next(row.group for row in step.rows if row.group.group == "woman")
    assert f"{100 * (woman.rate or 0):.1f}% of {woman.eligible:,}" in rows["Gender: Woman"]


@pytest.mark.parametrize("name", ["A very long department name " * 8, "Donaudampfschifffahrtselektrizitäten" * 6])
def test_nothing_overflows_with_long_names_twelve_cohorts_and_ten_groups(name: str) -> None:
    deck = Presentation(io.BytesIO(render(report(cohorts=12, names=(name,) * 10), "pptx")))
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
    if form in ("html", "pptx"):
        deck = Presentation(io.BytesIO(content)) if form == "pptx" else None
        shown = (
            content.decode()
            if deck is None
            else "".join(
                shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
            )
        )
        assert "مبيعات" in shown and "\u202e" not in shown, "a name turns the direction of nothing but itself"
    if form in ("xlsx", "pptx"):
        assert "<f>" not in texts(content) and "<script>" not in texts(content)


def test_what_cannot_be_done_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="slides only"):
        render(report(), "csv", b"")
    with pytest.raises(CannotWrite, match="can't be written"):
        save(b"x", tmp_path / "nowhere" / "file.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(CannotWrite, match="can't be written"):
        save(b"x", tmp_path / "folder.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.csv"], "no draft stays behind"


@pytest.mark.parametrize(
    ("people", "heading", "told"),
    [(2349, "Similar colleagues", "2,349"), (None, "Comparisons with similar colleagues", "13,078")],
)
def test_every_format_says_whether_it_counts_colleagues_or_comparisons(
    people: int | None, heading: str, told: str
) -> None:
    """A colleague is compared once a cohort: at an employer of 4,000 there can be 13,078 comparisons."""
    found = report()
    counted = tuple(
        found_ if found_.n_comparators is None else replace(found_, n_colleagues=people, n_comparators=13_078)
        for found_ in found.impact.headlines
    )
    found = replace(found, impact=replace(found.impact, headlines=counted))
    slide = list(Presentation(io.BytesIO(render(found, "pptx"))).slides)[1]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    header, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert header[-1] == heading
    assert {row[-1] for row in rows} <= {told, "not shown"} and told in {row[-1] for row in rows}
    words = "2,349 similar colleagues (13,078 comparisons)" if people else "13,078 comparisons with similar colleagues"
    assert words in render(found, "html").decode()
    first = tables(found)[0]
    assert "Comparators" not in first.header
    held = dict(zip(first.header, first.rows[0], strict=True))
    assert (held["Similar colleagues"], held["Comparisons (person-trials)"]) == (people, 13_078)
