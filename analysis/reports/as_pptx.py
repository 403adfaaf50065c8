"""The deck: a verdict, a slide an outcome with a native chart, what else was seen, how we know, and the appendix."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.util import Inches

from analysis.charts.format import day, percent, points, quarter
from analysis.findings.open_points import name_of, open_points
from analysis.findings.results import Check, CurvesFinding, Finding
from analysis.findings.words import SIDE_LABELS, brief_sentence, construct, group_label, header_label, interval
from analysis.reports.as_xlsx import moment_of
from analysis.reports.content import Report
from analysis.reports.slides import Box, curves, cut, forest, same_bytes, size_for, table, words
from analysis.reports.stamp import marked
from analysis.reports.tables import method_lines

WIDE, HIGH, ROWS = 13.333, 7.5, 11
BODY: Box = (0.6, 1.35, 12.1, 5.2)
EXPLAINED = (
    "Participants are compared with colleagues who were eligible on the same day and alike on that day. The interval "
    "says which true differences are compatible with the data; it is an estimate, not a proof."
)


class BrokenTemplate(ValueError):
    """A template that is no readable .pptx; the message is a sentence."""


class _Deck:
    """Slides from one presentation; what the template brings stays its own."""

    def __init__(self, report: Report, template: bytes | None) -> None:
        self.report = report
        try:
            self.deck = Presentation(io.BytesIO(template)) if template is not None else Presentation()
            layouts = list(self.deck.slide_layouts)
            self.layout = next((each for each in layouts if "title only" in each.name.lower()), layouts[-1])
        except (KeyError, ValueError, IndexError, OSError, zipfile.BadZipFile) as error:
            raise BrokenTemplate("The template can't be opened as a .pptx file. Save it anew in PowerPoint.") from error
        if template is None:
            self.deck.slide_width, self.deck.slide_height = Inches(WIDE), Inches(HIGH)
        size = self.deck.slide_width or Inches(WIDE), self.deck.slide_height or Inches(HIGH)
        self.scale = size[0] / Inches(WIDE), size[1] / Inches(HIGH)
        for mark in list(self.deck.slides._sldIdLst):
            self.deck.part.drop_rel(mark.rId)
            self.deck.slides._sldIdLst.remove(mark)

    def box(self, box: Box) -> Box:
        across, down = self.scale
        return box[0] * across, box[1] * down, box[2] * across, box[3] * down

    def slide(self, title: str, notes: str) -> Any:
        slide = self.deck.slides.add_slide(self.layout)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        box = self.box((0.6, 0.35, 12.1, 0.9))
        if slide.shapes.title is None:
            words(slide, title, box, 28, bold=True)
        else:
            shape = slide.shapes.title
            shape.left, shape.top, shape.width, shape.height = map(Inches, box)
            text = cut(title, box[2], box[3])
            shape.text_frame.text = text
            shape.text_frame.word_wrap = True
            for run in shape.text_frame.paragraphs[0].runs:
                run.font.size = Inches(size_for(text, box[2], box[3], 28) / 72)
        stamp = self.report.stamp
        foot = (
            f"{quarter(stamp.quarter)} · data version {stamp.data_version} · as of {day(stamp.data_as_of)} · plan "
            f"{stamp.plan_hash} · for {stamp.audience}"
        )
        words(slide, foot, self.box((0.6, 6.95, 12.1, 0.35)), 10, muted=True)
        slide.notes_slide.notes_text_frame.text = notes
        return slide

    def lists(self, title: str, lines: Sequence[str], notes: str, a_page: int = 7) -> None:
        """A slide of sentences, on as many slides as it takes."""
        for first in range(0, max(1, len(lines)), a_page):
            more = " (continued)" if first else ""
            words(self.slide(title + more, notes), "\n".join(lines[first : first + a_page]), self.box(BODY), 18)

    def tables(
        self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], notes: str
    ) -> None:
        """A table, on as many slides as it takes."""
        for first in range(0, len(rows), ROWS):
            slide = self.slide(title + (" (continued)" if first else ""), notes)
            table(slide, header, rows[first : first + ROWS], self.box(BODY), shares)


def pptx_bytes(report: Report, template: bytes | None = None) -> bytes:
    """The deck; with a template its layouts and colours. Raises BrokenTemplate."""
    deck = _Deck(report, template)
    stamp = report.stamp
    first = deck.slide("Reverse mentoring impact", EXPLAINED)
    told = f"{quarter(stamp.quarter)}\nData version {stamp.data_version}, data as of {day(stamp.data_as_of)}"
    told += f"\nPublished {day(stamp.published_at)}, application {stamp.app_version}"
    words(first, told, deck.box((0.6, 2.4, 12.1, 2.2)), 24)
    deck.tables(
        "No headline can be shown yet" if report.tells_nothing else "What we found",
        ("", "Verdict", "Difference, pp", "95% interval", "Participants", "Similar colleagues"),
        [_verdict_row(found) for found in report.headlines],
        (3.6, 3.4, 1.4, 1.8, 1.3, 1.6),
        f"{report.impact.health.sentence}\n{report.impact.many_comparisons}\n{EXPLAINED}",
    )
    for found in report.headlines:
        _outcome(deck, found)
    for drawn in report.curves:
        _curves(deck, drawn)
    _seen(deck)
    _known(deck)
    _appendix(deck)
    properties = deck.deck.core_properties
    properties.title, properties.author = f"Reverse mentoring impact {stamp.quarter}", "Reverse mentoring impact"
    properties.last_modified_by, properties.created, properties.modified = "", moment_of(stamp), moment_of(stamp)
    buffer = io.BytesIO()
    deck.deck.save(buffer)
    return same_bytes(buffer.getvalue(), moment_of(stamp).isoformat() + "Z")


def _verdict_row(found: Finding) -> tuple[str, ...]:
    limits = interval(found.ci_low, found.ci_high) if found.ci_low is not None and found.ci_high is not None else ""
    estimate = points(found.estimate) if found.estimate is not None else "not shown"
    return name_of(found), found.verdict_label, estimate, limits, _n(found.n_participants), _n(found.n_comparators)


def _said(check: Check) -> str:
    return f"{check.status.replace('_', ' ').capitalize()}: {check.label}. {check.text}"


def _n(count: int | None) -> str:
    return "not shown" if count is None else f"{count:,}"


def _outcome(deck: _Deck, found: Finding) -> None:
    notes = "\n".join([found.sentence, found.in_people, *found.notes, found.alt_text, EXPLAINED])
    if found.suppressed:
        notes = f"{found.sentence}\n{EXPLAINED}"
    slide = deck.slide(f"{name_of(found)}: {found.verdict_label}", notes)
    rows = [
        (name, each.estimate, 100 * each.ci_low, 100 * each.ci_high)
        for name, each in [("All", found), *((part.group or "", part) for part in deck.report.cohorts_of(found))]
        if each.ci_low is not None and each.ci_high is not None
    ]
    if rows:
        drawn = [(name, None if value is None else 100 * value, low, high) for name, value, low, high in rows]
        alt = found.alt_text if not found.suppressed else found.sentence
        forest(slide, drawn, deck.box((0.5, 1.35, 6.9, 5.2)), alt)
        words(slide, "Percentage points, line: 95% interval", deck.box((0.6, 6.5, 6.8, 0.4)), 11, muted=True)
    else:
        words(slide, f"Nothing to draw. {found.sentence}", deck.box((0.6, 2.0, 6.6, 2.5)), 18)
    words(slide, brief_sentence(found), deck.box((7.7, 1.35, 5.1, 1.7)), 18)
    both = f"{_n(found.n_participants)} participants, {_n(found.n_comparators)} comparisons with similar colleagues"
    words(slide, both, deck.box((7.7, 3.05, 5.1, 0.65)), 14, bold=True)
    method = f"{found.settings.get('estimator', found.method)}; {found.settings.get('interval', '95% interval')}"
    words(slide, f"Method: {method}. Grade {found.grade or 'none'}.", deck.box((7.7, 3.7, 5.1, 0.75)), 12, muted=True)
    open_ = [check for check in found.checks if check.status != "passed"]
    passed = len(found.checks) - len(open_)
    lines = [f"{passed} of {len(found.checks)} checks passed."] if found.checks else ["No check could be run."]
    lines += [_said(check) for check in open_]
    words(slide, "\n".join(lines), deck.box((7.7, 4.5, 5.1, 2.3)), 12)


def _curves(deck: _Deck, found: CurvesFinding) -> None:
    arms = [
        (name, curve.months, [100 * share for share in curve.survival])
        for name, curve in (("Participants", found.participants), ("Similar colleagues", found.comparators))
        if curve is not None and curve.months
    ]
    what = "still here" if found.measure == "employment" else "not yet promoted and still here"
    slide = deck.slide(f"{SIDE_LABELS[found.side]}: share {what}, month by month", f"{found.alt_text}\n{EXPLAINED}")
    if arms:
        curves(slide, arms, deck.box((0.6, 1.35, 12.1, 4.5)), found.alt_text)
    words(slide, found.reason or found.sentence, deck.box((0.6, 5.95, 12.1, 0.9)), 14)


def _seen(deck: _Deck) -> None:
    report = deck.report
    for reached in report.impact.reach:
        rows = [
            (header_label(row.header), group_label(row.header, row.group))
            + (("hidden: too few people", "", "") if row.rate is None else
               (f"{row.participants:,} of {row.eligible:,}", percent(row.rate),
                "" if row.ratio is None else f"{row.ratio:.2f}{', below four fifths' if row.flag else ''}"))
            for row in reached.rows if row.header not in ("department", "location")
        ]  # fmt: skip
        title = f"Who is reached: {SIDE_LABELS[reached.side].lower()}"
        deck.lists(title, [reached.sentence], f"{reached.alt_text}\nHidden: too few people to show.")
        deck.tables(
            title, ("Attribute", "Group", "Took part", "Rate", "Ratio"), rows, (2, 3, 2.2, 1, 2.4), reached.alt_text
        )
    surveys = report.surveys
    deck.lists("Surveys", [surveys.sentence, *surveys.notes], surveys.alt_text)
    deck.tables(
        "Surveys: change from before to after",
        ("", "Scale", "Change", "95% interval", "People"),
        [
            (SIDE_LABELS[row.side], construct(row.construct), row.reason or "not shown", "", "")
            if row.mean_change is None or row.low is None or row.high is None
            else (SIDE_LABELS[row.side], construct(row.construct), f"{row.mean_change:+.2f}",
                  f"{row.low:+.2f} to {row.high:+.2f}", _n(row.people))
            for row in surveys.changes
        ],
        (1.2, 2.5, 3, 2, 1),
        surveys.alt_text,
    )  # fmt: skip
    deck.tables(
        "Programme health",
        ("", "Now", "What is counted"),
        [
            (tile.label, tile.reason or "not shown", tile.sentence)
            if tile.value is None
            else (tile.label, f"{tile.value:,.0f}" if tile.counts_pairs else percent(tile.value), tile.sentence)
            for tile in report.health.tiles
        ],
        (2, 2, 6),
        "Described, not an effect.",
    )
    deck.lists("What changed", [report.changes.sentence, *(row.sentence for row in report.changes.rows)],
               report.changes.alt_text, 4)  # fmt: skip


def _known(deck: _Deck) -> None:
    impact = deck.report.impact
    known = [impact.standing_sentence, impact.health.sentence, impact.many_comparisons]
    known += [
        f"{check.status.replace('_', ' ').capitalize()}: {check.label}. {check.text}" for check in impact.health.checks
    ]
    deck.lists("How we know", [line for line in known if line], EXPLAINED, 5)
    unknown = ["Whether people who join are more motivated: no file says so, and no method can make up for it."]
    unknown += [
        f"{each.label}: {each.remedy or (each.check.text if each.check else '')}"
        for each in open_points(impact.headlines)
    ]
    deck.lists("What we do not know", unknown, "Each line says what would settle it.", 6)


def _appendix(deck: _Deck) -> None:
    for detail in deck.report.details:
        worst = sorted(detail.balance, key=lambda row: -row.after)[:ROWS]
        deck.tables(
            f"Appendix, balance: {name_of(detail.finding)}",
            ("Covariate", "Level", "Before weighting", "After weighting"),
            [(header_label(row.covariate), row.level, f"{row.before:.2f}", f"{row.after:.2f}") for row in worst],
            (3, 3, 2, 2),
            f"{detail.balance_alt_text}\nThe largest standardised mean differences after weighting.",
        )
    rows = list(method_lines(deck.report))
    deck.tables("Appendix, the protocol and the data", ("", ""), rows, (2.2, 9), marked(deck.report))
