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
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from analysis.charts.palette import LIGHT
from analysis.csv_file import neutral

LETTER, LINE, SMALLEST = 0.52, 1.22, 9  # mean width of a letter and height of a line, in font sizes; points
BOLD = 1.15  # how much wider bold letters are
BETWEEN = 0.4  # lines between two paragraphs
SIGNED = "+0;\N{MINUS SIGN}0;0"  # how a spreadsheet program writes a difference
_THEME = {
    "participants": MSO_THEME_COLOR.ACCENT_1,
    "comparators": MSO_THEME_COLOR.ACCENT_2,
    "grey": MSO_THEME_COLOR.TEXT_2,
}
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
Box = tuple[float, float, float, float]  # left, top, width, height; inches
Line = tuple[str, list[tuple[float, float]]]  # name and points
NEUTRAL = "{073A0DAA-6AF3-43AB-8588-CEC1D06C72B9}"  # PowerPoint's table style Medium Style 2, without an accent
ZERO = "no difference"
LINE_WIDTH = 2.25  # points


def without_turns(text: str) -> str:
    """A text without the invisible characters that turn the direction of writing."""
    return _TURNS.sub("", text)


def lines_needed(text: str, width: float, size: float) -> float:
    """Lines of a text in a box of so many inches at a size in points, the room between its paragraphs with them."""
    room = max(1, int((width - 0.2) * 72 / (LETTER * size)))
    parts = text.split("\n")
    return sum(max(1, math.ceil(len(part) * 1.06 / room)) for part in parts) + BETWEEN * (len(parts) - 1)


def size_for(text: str, width: float, height: float, largest: float) -> float:
    """The largest font that lets the text fit; SMALLEST where none does."""
    size = largest
    while size > SMALLEST and lines_needed(text, width, size) * size * LINE / 72 > height - 0.1:
        size -= 1
    return size


def cut(text: str, width: float, height: float) -> str:
    """The text as far as it fits at the smallest size, with an ellipsis; the notes have the whole.

    What would turn the direction of all that follows is left out: a name has its own direction without it.
    """
    text = without_turns(text)
    while len(text) > 20 and lines_needed(text, width, SMALLEST) * SMALLEST * LINE / 72 > height - 0.1:
        text = text[: int(len(text) * 0.93)].rstrip() + "…"
    return text


def words(slide: Any, text: str, box: Box, largest: float = 18, bold: bool = False, muted: bool = False) -> Any:
    """Text in a box, shrunk to fit; the shape."""
    left, top, width, height = box
    text = cut(text, width, height)
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(height))
    frame = shape.text_frame
    frame.word_wrap = True
    size = size_for(text, width, height, largest)
    for number, part in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * LINE * BETWEEN)
        run = paragraph.add_run()
        run.text = part
        run.font.size, run.font.bold = Pt(size), bold
        if muted:
            run.font.color.rgb = RGBColor.from_string(LIGHT.muted[1:])
    return shape


def table(
    slide: Any,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    box: Box,
    shares: Sequence[float],
    own: bool = False,
) -> None:
    """A table whose rows are as high as their longest cell; `shares` of the width, a column each. own: in the first
    colour of the template instead of black and grey."""
    left, top, width, height = box
    frame = slide.shapes.add_table(
        len(rows) + 1, len(header), Inches(left), Inches(top), Inches(width), Inches(0.3 * (len(rows) + 1))
    )
    cells = frame.table
    if not own:
        frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = NEUTRAL
    head = 0.55 if any(lines_needed(name, width * share / sum(shares), 12) > 1
                       for name, share in zip(header, shares, strict=True)) else 0.33  # fmt: skip
    each = (height - head) / len(rows)
    largest = 14 if each > 0.5 else 12
    rooms = [width * share / sum(shares) for share in shares]
    texts = [[cut(value, room, max(each, 0.3) + 0.06) for value, room in zip(row, rooms, strict=True)] for row in rows]
    # All rows in one size; the header, bold and in few words, in its own.
    body = min((_fits(text, room, each, largest) for row in texts for text, room in zip(row, rooms, strict=True)))
    top = min(_fits(name, room, head, largest, BOLD) for name, room in zip(header, rooms, strict=True))
    for column, room in enumerate(rooms):
        cells.columns[column].width = Inches(room)
    for line, row in enumerate([header, *texts]):
        cells.rows[line].height = Inches(min(each, 0.03 * largest) if line else head)
        for column, value in enumerate(row):
            cell = cells.cell(line, column)
            cell.text = value
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(body if line else top), line == 0


def _fits(text: str, width: float, height: float, largest: float, wider: float = 1.0) -> float:
    """The largest font in which a cell holds its text and no word is broken; SMALLEST where none is."""
    longest = max((len(word) for word in text.split()), default=1)
    whole = math.floor((width - 0.2) * 72 / (LETTER * wider * 1.1 * longest))
    return max(SMALLEST, min(size_for(text, width, height + 0.06, largest), whole))


def forest(
    slide: Any, rows: Sequence[tuple[str, float | None, float, float]], box: Box, alt: str, own: bool = False
) -> None:
    """Name, estimate and interval (percentage points) as native XY series, one a row: low, estimate, high, with a dot
    on the estimate. A row without an estimate has low, high, high and no dot.

    All series have as many points: LibreOffice draws none of those that have fewer than another. own: the colours of
    the template instead of ours.
    """
    reach = 1.05 * max([9.0, *(abs(value) for row in rows for value in row[2:])])
    step = next((step for step in (5, 10, 20, 25) if 2 * reach / step <= 8), 50)
    half, top = step * math.ceil(reach / step), len(rows) + 1.0
    lines: list[Line] = [(ZERO, [(0.0, 0.0), (0.0, top / 2), (0.0, top)])]
    for number, (name, estimate, low, high) in enumerate(rows):
        xs = (low, high, high) if estimate is None else (low, estimate, high)
        lines.append((name, [(x, float(len(rows) - number)) for x in xs]))
    chart = _xy(slide, lines, box, alt, own)
    chart.has_legend = False
    chart.value_axis.visible = False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, top
    axis = chart.category_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = -half, half, step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = SIGNED, False
    for series, (name, estimate, _, _) in zip(list(chart.plots[0].series)[1:], rows, strict=True):
        point = series.points[1]
        if estimate is not None:
            point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            point.marker.format.fill.solid()
            _paint(point.marker.format.fill.fore_color, "participants", own)
            point.marker.format.line.fill.background()
            point.format.line.width = Pt(LINE_WIDTH)
            _paint(point.format.line.color, "participants", own)
        label = point.data_label
        label.position = XL_LABEL_POSITION.ABOVE
        label.text_frame.text = name if len(name) <= 24 else name[:23] + "…"
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(9)


def curves(
    slide: Any, arms: Sequence[tuple[str, Sequence[int], Sequence[float]]], box: Box, alt: str, own: bool = False
) -> None:
    """Name, months and shares (percent) of each arm as native XY series."""
    drawn: list[Line] = [
        (name, [(float(x), y) for x, y in zip(months, shares, strict=True)]) for name, months, shares in arms
    ]
    chart = _xy(slide, drawn, box, alt, own)
    chart.has_legend, chart.legend.include_in_layout = True, False
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    lowest, highest = (end(share for _, _, shares in arms for share in shares) for end in (min, max))
    if all(shares[0] == 100 for _, _, shares in arms):  # of whoever is left: from everybody downwards
        ends = max(0, math.floor(lowest / 10) * 10 - 10), 100
    else:
        ends = 0, min(100, math.ceil(highest / 10) * 10)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = ends
    chart.value_axis.major_unit = 10
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = '0"%"', False
    chart.category_axis.minimum_scale, chart.category_axis.major_unit = 0, 3
    chart.category_axis.maximum_scale = max(3, *(months[-1] for _, months, _ in arms))
    chart.category_axis.axis_title.text_frame.text = "Months since joining"
    chart.category_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    for series, arm in zip(chart.plots[0].series, ("participants", "comparators"), strict=False):
        _paint(series.format.line.color, arm, own)


def _paint(color: Any, what: str, own: bool) -> None:
    """One of our colours, or what a template has in its place."""
    if own:
        color.theme_color = _THEME[what]
    else:
        color.rgb = RGBColor.from_string(getattr(LIGHT, what)[1:])


def _xy(slide: Any, drawn: Sequence[Line], box: Box, alt: str, own: bool) -> Any:
    data = XyChartData()
    for name, points in drawn:
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
    for series, (name, _) in zip(chart.plots[0].series, drawn, strict=True):
        series.smooth = False
        _paint(series.format.line.color, "grey" if name == ZERO else "participants", own)
        series.format.line.width = Pt(1 if name == ZERO else LINE_WIDTH)
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
