"""Shapes on slides: text that is shrunk until it fits, tables cut into pages, native XY charts, fixed bytes."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Inches, Pt

from analysis.charts.palette import LIGHT
from analysis.csv_file import neutral

LETTER, LINE, SMALLEST = 0.52, 1.22, 9  # mean width of a letter and height of a line, in font sizes; points
Box = tuple[float, float, float, float]  # left, top, width, height; inches
Line = tuple[str, list[tuple[float, float]], bool]  # name, points, whether it is a dot


def lines_needed(text: str, width: float, size: float) -> int:
    """Lines of a text in a box of so many inches at a size in points."""
    room = max(1, int((width - 0.2) * 72 / (LETTER * size)))
    return sum(max(1, math.ceil(len(part) * 1.06 / room)) for part in text.split("\n"))


def size_for(text: str, width: float, height: float, largest: float) -> float:
    """The largest font that lets the text fit; SMALLEST where none does."""
    size = largest
    while size > SMALLEST and lines_needed(text, width, size) * size * LINE / 72 > height - 0.1:
        size -= 1
    return size


def cut(text: str, width: float, height: float) -> str:
    """The text as far as it fits at the smallest size, with an ellipsis; the notes have the whole."""
    while len(text) > 20 and lines_needed(text, width, SMALLEST) * SMALLEST * LINE / 72 > height - 0.1:
        text = text[: int(len(text) * 0.93)].rstrip() + "…"
    return text


def words(slide: Any, text: str, box: Box, largest: float = 18, bold: bool = False, muted: bool = False) -> None:
    """Text in a box, shrunk to fit."""
    left, top, width, height = box
    text = cut(text, width, height)
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height)).text_frame
    frame.word_wrap = True
    size = size_for(text, width, height, largest)
    for number, part in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = part
        run.font.size, run.font.bold = Pt(size), bold
        if muted:
            run.font.color.rgb = RGBColor.from_string(LIGHT.muted[1:])


def table(slide: Any, header: Sequence[str], rows: Sequence[Sequence[str]], box: Box, shares: Sequence[float]) -> None:
    """A table whose rows are as high as their longest cell; `shares` of the width, a column each."""
    left, top, width, height = box
    cells = slide.shapes.add_table(
        len(rows) + 1, len(header), Inches(left), Inches(top), Inches(width), Inches(0.3 * (len(rows) + 1))
    ).table
    each = height / (len(rows) + 1)
    for column, share in enumerate(shares):
        cells.columns[column].width = Inches(width * share / sum(shares))
    for line, row in enumerate([header, *rows]):
        cells.rows[line].height = Inches(min(each, 0.36))
        for column, value in enumerate(row):
            own = width * shares[column] / sum(shares)
            cell = cells.cell(line, column)
            cell.text = cut(value, own, max(each, 0.3) + 0.06)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(min(12, size_for(cell.text, own, each + 0.06, 12))), line == 0


def forest(slide: Any, rows: Sequence[tuple[str, float | None, float, float]], box: Box, alt: str) -> None:
    """Name, estimate and interval (percentage points) as native XY series: a line a row, and the estimates."""
    lines: list[Line] = [("no difference", [(0.0, 0.0), (0.0, len(rows) + 1.0)], False)]
    for number, (name, _, low, high) in enumerate(rows):
        lines.append((name, [(low, float(len(rows) - number)), (high, float(len(rows) - number))], False))
    dots = [(row[1], float(len(rows) - n)) for n, row in enumerate(rows) if row[1] is not None]
    chart = _xy(slide, [*lines, ("estimate", dots, True)] if dots else lines, box, alt)
    chart.has_legend = False
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, len(rows) + 1
    half = max([10.0, *(abs(value) for row in rows for value in row[2:])]) * 1.15
    chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = -math.ceil(half), math.ceil(half)
    for series, (name, _, _, _) in zip(list(chart.plots[0].series)[1:], rows, strict=False):
        label = series.points[1].data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.text_frame.text = name if len(name) <= 24 else name[:23] + "…"
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(9)


def curves(slide: Any, arms: Sequence[tuple[str, Sequence[int], Sequence[float]]], box: Box, alt: str) -> None:
    """Name, months and shares (percent) of each arm as native XY series."""
    drawn: list[Line] = [
        (name, [(float(x), y) for x, y in zip(months, shares, strict=True)], False) for name, months, shares in arms
    ]
    chart = _xy(slide, drawn, box, alt)
    chart.has_legend, chart.legend.include_in_layout = True, False
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.value_axis.maximum_scale = 100
    chart.value_axis.minimum_scale = max(0, math.floor(min(min(shares) for _, _, shares in arms) / 10) * 10 - 10)
    chart.category_axis.minimum_scale = 0
    for series, color in zip(chart.plots[0].series, (LIGHT.participants, LIGHT.comparators), strict=False):
        series.format.line.color.rgb = RGBColor.from_string(color[1:])


def _xy(slide: Any, drawn: Sequence[Line], box: Box, alt: str) -> Any:
    data = XyChartData()
    for name, points, _ in drawn:
        series = data.add_series(neutral(name))
        for x, y in points:
            series.add_data_point(round(x, 4), round(y, 4))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *map(Inches, box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size = Pt(11)
    chart.value_axis.has_major_gridlines = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    for series, (name, _, dot) in zip(chart.plots[0].series, drawn, strict=True):
        series.smooth = False
        color = RGBColor.from_string((LIGHT.grey if name == "no difference" else LIGHT.participants)[1:])
        series.format.line.color.rgb, series.format.line.width = color, Pt(1 if name == "no difference" else 2.25)
        if dot:
            series.format.line.fill.background()
            series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = color
    return chart


def same_bytes(content: bytes, moment: str) -> bytes:
    """An office file with every time in it set to one moment (ISO, UTC), and so its embedded workbooks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = same_bytes(part, moment)
            elif name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", lambda m: m[1] + moment.encode(), part)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
