"""One self-contained page: sentences, figures and every table; readable offline, without scripts and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.charts.embed import library, piece
from analysis.charts.forest import outcomes_forest, parts_forest
from analysis.charts.palette import LIGHT
from analysis.charts.survival import OF_MEASURE, curves_chart
from analysis.findings.open_points import name_of
from analysis.findings.results import Finding
from analysis.findings.words import SIDE_LABELS, interval, points
from analysis.reports.content import Report
from analysis.reports.seal import MARK, of_page
from analysis.reports.slides import without_turns
from analysis.reports.stamp import marked
from analysis.reports.table import Value
from analysis.reports.tables import compared, method_lines, tables

_MOST = 160  # rows of a table of the page; longer ones stand in the workbook and the CSV file, and the page says so


def html_bytes(report: Report) -> bytes:
    """The page; every text is escaped, and plotly.js stands in it once."""
    around = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
                         finalize=_turned)  # fmt: skip
    # The library is a text of ours: it is not escaped, and nothing else is let through but figures made from it.
    all_tables = tables(report)
    page = (
        around.get_template("page.html.j2")
        .render(
            report=report,
            stamp=report.stamp,
            mark=MARK,
            library=Markup(library()),
            figures=_figures(report),
            tables=[table for table in all_tables if len(table.rows) <= _MOST],
            long=[table for table in all_tables if len(table.rows) > _MOST],
            method=method_lines(report),
            name_of=name_of,
            shown=_shown,
            numbers=_numbers,
        )
        .encode()
    )
    return page.replace(MARK.encode(), marked(report, of_page(page)).encode(), 1)


@dataclass(frozen=True)
class _Drawn:
    """A figure of the page: its name in links, heading, what it says in words, and the figure itself."""

    name: str
    title: str
    alt: str
    piece: Markup


def _figures(report: Report) -> list[_Drawn]:
    alt = " ".join(found.alt_text for found in report.headlines if not found.suppressed)
    found = [("All outcomes on one line", alt, outcomes_forest(report.headlines, LIGHT))]
    for each in report.headlines:
        if cohorts := report.cohorts_of(each):
            told = " ".join(part.alt_text for part in cohorts)
            found.append((f"{name_of(each)}, by cohort", told, parts_forest(cohorts, LIGHT)))
    for curves in report.curves:
        if curves.participants is not None and curves.participants.months and curves.comparators is not None:
            what = "still employed" if curves.measure == "employment" else "promoted"
            title = f"{SIDE_LABELS[curves.side]}: share {what}, month by month"
            found.append((title, curves.alt_text, curves_chart(curves, LIGHT, OF_MEASURE[curves.measure])))
    return [
        _Drawn(f"figure{n}", title, alt, Markup(piece(fig, f"figure{n}"))) for n, (title, alt, fig) in enumerate(found)
    ]


def _numbers(finding: Finding) -> str:
    """The difference with its interval, never without both n."""
    if finding.n_participants is None or finding.n_comparators is None:
        return "Numbers not shown."
    people = f"{finding.n_participants:,} participants, {compared(finding)}"
    if finding.ci_low is None or finding.ci_high is None:
        return f"{people}. Difference not shown."
    limits = f"95% interval {interval(finding.ci_low, finding.ci_high)}"
    if finding.estimate is None:
        return f"{people}. No estimate; {limits} percentage points."
    return (
        f"{people}. Difference {points(finding.estimate)} percentage points, {limits}. Grade {finding.grade or 'none'}."
    )


def _turned(value: object) -> object:
    """Names from files keep their own direction and turn no other; our own pieces of HTML stay as they are."""
    return without_turns(value) if type(value) is str else value


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
