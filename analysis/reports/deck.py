"""A presentation to fill: where titles, bodies and footers stand, on our own slides or on an employer's template."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.exc import PythonPptxError
from pptx.util import Inches

from analysis.charts.format import day, percent, quarter
from analysis.findings.publication import told
from analysis.reports.content import Report
from analysis.reports.slides import Box, cut, size_for, table, words

WIDE, HIGH, ROWS = 13.333, 7.5, 11
CONTINUED = " (continued)"
# The design is drawn on 13.333 x 7.5 inches; on a template it is moved into the room under its title.
LEFT, TOP, RIGHT, BOTTOM = 0.6, 1.35, 12.7, 6.95
BODY: Box = (LEFT, TOP, RIGHT - LEFT, 5.2)
_INCH = 914_400
_LARGEST = 400_000_000  # bytes of a template, unpacked


class BrokenTemplate(ValueError):
    """A template that is no readable .pptx; the message is a sentence."""


class Deck:
    """Slides from one presentation; what the template brings (layouts, fonts, colours) stays its own."""

    def __init__(self, report: Report, template: bytes | None) -> None:
        self.report, self.own = report, template is not None
        self.feet: list[Any] = []
        self.deck = Presentation() if template is None else _opened(template)
        self.layout = _title_only(list(self.deck.slide_layouts))
        if template is None:
            self.deck.slide_width, self.deck.slide_height = Inches(WIDE), Inches(HIGH)
        self.width, self.height = (self.deck.slide_width or 0) / _INCH, (self.deck.slide_height or 0) / _INCH
        self.title: Box = (LEFT, 0.35, RIGHT - LEFT, 0.9)
        self.room = (LEFT, TOP, RIGHT, BOTTOM)
        if self.own:
            self.title, self.room = self._rooms()
        _without_slides(self.deck)

    def _rooms(self) -> tuple[Box, Box]:
        """Where the template has its title, and the room under it: left, top, right, bottom."""
        across, down = self.width / WIDE, self.height / HIGH
        found = next((each for each in self.layout.placeholders if each.placeholder_format.idx == 0), None)
        box: Box = (LEFT * across, 0.35 * down, (RIGHT - LEFT) * across, 0.9 * down)
        if found is not None and found.width and found.top + found.height < 0.35 * self.height * _INCH:
            box = (found.left / _INCH, found.top / _INCH, found.width / _INCH, found.height / _INCH)
        under = max(box[1] + box[3] + 0.1 * down, 0.12 * self.height)
        return box, (box[0], under, box[0] + box[2], BOTTOM * down)

    def box(self, box: Box) -> Box:
        """A place of the design, on these slides."""
        left, top, right, bottom = self.room
        across, down = (right - left) / (RIGHT - LEFT), (bottom - top) / (BOTTOM - TOP)
        return left + (box[0] - LEFT) * across, top + (box[1] - TOP) * down, box[2] * across, box[3] * down

    def rate(self, value: float) -> str:
        """A proportion in percent; a file for publication has whole ones."""
        return f"{value:.0%}" if self.report.public else percent(value)

    def said(self, text: str) -> str:
        """A sentence that was put together here, by the rules of its audience."""
        return told(text) if self.report.public else text

    def slide(self, title: str, notes: str) -> Any:
        slide = self.deck.slides.add_slide(self.layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        if slide.shapes.title is None:
            words(slide, title, self.title, 28, bold=True)
        else:
            shape = slide.shapes.title
            shape.left, shape.top, shape.width, shape.height = map(Inches, self.title)
            text = cut(title, self.title[2], self.title[3])
            shape.text_frame.text = text
            shape.text_frame.word_wrap = True
            if not self.own:
                shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.size = Inches(size_for(text, self.title[2], self.title[3], 28) / 72)
        stamp = self.report.stamp
        foot = (
            f"{quarter(stamp.quarter)} · data version {stamp.data_version} · as of {day(stamp.data_as_of)} · plan "
            f"{stamp.plan_hash} · for {stamp.audience}"
        )
        left, _, right, bottom = self.room
        self.feet.append(words(slide, foot, (left, bottom, right - left, 0.35), 10, muted=not self.own))
        slide.notes_slide.notes_text_frame.text = notes
        return slide

    def finish(self) -> None:
        """Put every footer behind what stands on its slide: a screen reader reads in this order."""
        for foot in self.feet:
            foot._element.getparent().append(foot._element)

    def lists(self, title: str, lines: Sequence[str], notes: str, a_page: int = 7) -> None:
        """A slide of sentences, on as many slides as it takes."""
        for first in range(0, max(1, len(lines)), a_page):
            more = CONTINUED if first else ""
            words(self.slide(title + more, notes), "\n".join(lines[first : first + a_page]), self.box(BODY), 18)

    def tables(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[float],
        notes: str,
        lead: str = "",
    ) -> None:
        """A table on as many slides as it takes, under the sentence that answers; the sentence alone without rows."""
        under = BODY if not lead else (LEFT, 2.2, BODY[2], BODY[3] - 0.85)
        pages = math.ceil(len(rows) / ROWS)
        a_page = math.ceil(len(rows) / pages) if pages else 1
        for first in range(0, max(len(rows), 1 if lead else 0), a_page):
            slide = self.slide(title + (CONTINUED if first else ""), notes)
            if lead:
                words(slide, lead, self.box((LEFT, TOP, BODY[2], 0.8)), 16)
            if rows:
                table(slide, header, rows[first : first + a_page], self.box(under), shares, self.own)


def _opened(template: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > _LARGEST:
            raise BrokenTemplate("The template is larger than 400 MB unpacked. Take one with smaller pictures.")
        deck = Presentation(io.BytesIO(template))
        known = len(deck.slide_layouts)
    except BrokenTemplate:
        raise
    except (AttributeError, LookupError, ValueError, OSError, zipfile.BadZipFile, PythonPptxError, SyntaxError,
            NotImplementedError, RuntimeError) as error:  # fmt: skip
        raise BrokenTemplate("The template can't be opened as a .pptx file. Save it anew in PowerPoint.") from error
    if not known:
        raise BrokenTemplate("The template has no slide layout. Add one with a title, and save it anew.")
    return deck


def _title_only(layouts: Sequence[Any]) -> Any:
    """The layout with a title and nothing else, by its kind whatever it is called; else the emptiest with a title."""
    for each in layouts:
        if each._element.get("type") == "titleOnly":
            return each
    titled = [each for each in layouts if any(part.placeholder_format.idx == 0 for part in each.placeholders)]
    return min(titled or layouts, key=lambda each: len(each.placeholders))


def _without_slides(deck: Any) -> None:
    """Take the template's own slides out, and what names them (sections, shows): PowerPoint would call it damaged."""
    for mark in list(deck.slides._sldIdLst):
        deck.part.drop_rel(mark.rId)
        deck.slides._sldIdLst.remove(mark)
    for node in deck.element.xpath('.//p:custShowLst | .//p:extLst/p:ext[.//*[local-name()="sectionLst"]]'):
        node.getparent().remove(node)
