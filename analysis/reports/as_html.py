"""One self-contained page: sentences, figures and every table; readable offline, without scripts and on paper."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.charts.embed import library, piece
from analysis.charts.forest import outcomes_forest, parts_forest
from analysis.charts.palette import LIGHT
from analysis.charts.survival import curves_chart
from analysis.findings.open_points import name_of
from analysis.findings.words import SIDE_LABELS
from analysis.reports.content import Report
from analysis.reports.stamp import marked
from analysis.reports.tables import Value, method_lines, tables

_LONG = ("curves",)  # what the figure shows already, and XLSX and CSV hold


def html_bytes(report: Report) -> bytes:
    """The page; every text is escaped, and plotly.js stands in it once."""
    around = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined)
    # The library is a text of ours: it is not escaped, and nothing else is let through but figures made from it.
    return (
        around.get_template("page.html.j2")
        .render(
            report=report,
            stamp=report.stamp,
            mark=marked(report),
            library=Markup(library()),
            figures=_figures(report),
            tables=[table for table in tables(report) if table.name not in _LONG],
            method=method_lines(report),
            name_of=name_of,
            shown=_shown,
        )
        .encode()
    )


def _figures(report: Report) -> list[tuple[str, str, Markup]]:
    alt = " ".join(found.alt_text for found in report.headlines if not found.suppressed)
    found = [("All outcomes on one line", alt, outcomes_forest(report.headlines, LIGHT))]
    for each in report.headlines:
        if cohorts := report.cohorts_of(each):
            told = " ".join(part.sentence for part in cohorts)
            found.append((f"{name_of(each)}, by cohort", told, parts_forest(cohorts, LIGHT)))
    for curves in report.curves:
        if curves.participants is not None and curves.participants.months and curves.comparators is not None:
            title = f"{SIDE_LABELS[curves.side]}, {curves.measure} month by month"
            found.append((title, curves.alt_text, curves_chart(curves, LIGHT)))
    return [(title, alt, Markup(piece(fig, f"figure{n}"))) for n, (title, alt, fig) in enumerate(found)]


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
