"""The numbers behind a chart, as small HTML tables that a screen reader can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

import pyarrow as pa
import streamlit as st

from analysis.charts.format import (
    SIDE_LABELS,
    count,
    decimal,
    header_label,
    interval,
    name_label,
    outcome_row_label,
    p_value,
    percent,
    points,
    quarter,
    signed,
    wave_label,
)
from analysis.charts.love import level_name
from analysis.charts.survival import Drawn, values
from analysis.findings.diversity_words import group_name
from analysis.findings.results import SIDES, BalanceRow, Curve, Finding, MethodRow, ReachRow
from analysis.findings.survey_results import PairedChange, ResponseRow, WavePoint
from ui.download import download_findings, download_rows
from ui.text import kept, plain

Row = dict[str, str]
Sided = TypeVar("Sided", ResponseRow, WavePoint, PairedChange)
HIDDEN = "*hidden*"
REFERENCE = "*highest: the reference*"
# Neither a group of people nor of use to a leader: they stand among the other groups.
_UNNAMED = ("declined", "unknown", "other")


def table(rows: Sequence[Row], alt: str) -> None:
    if rows:
        cells = _cells(tuple(tuple(row.items()) for row in rows))
        st.table(cells, border="horizontal", hide_index=True, alt=alt)


@lru_cache(maxsize=2_000)
def _cells(rows: tuple[tuple[tuple[str, str], ...], ...]) -> pa.Table:
    """The rows as Streamlit sends them; a page runs again at every click, and most of its tables stay as they are."""
    names = list(dict.fromkeys(name for row in rows for name, _ in row))
    found = [dict(row) for row in rows]
    return pa.table({name: pa.array([row.get(name, "") for row in found], pa.string()) for name in names})


def numbers(
    rows: Sequence[Row],
    alt: str,
    label: str = "Show the numbers",
    *,
    raw: Sequence[object] = (),
    name: str = "",
) -> None:
    """The same, closed, under a chart, to be taken away under `name` (a few words that stay when the numbers change;
    `alt` without it): the findings in `raw` to the last digit, or without them the table as it is shown."""
    if rows:
        with st.expander(label, icon=":material/table:"):
            table(rows, alt)
            if raw:
                download_findings(raw, name or alt)
            else:
                download_rows(rows, name or alt)


def mentors_first(rows: Iterable[Sided]) -> list[Sided]:
    """Both sides in the order that every page keeps."""
    return sorted(rows, key=lambda row: SIDES.index(row.side))


def finding_rows(findings: Iterable[Finding], what: str) -> list[Row]:
    """A row a finding: what it is about, difference, interval, both n; hidden numbers are words."""
    rows = []
    for finding in findings:
        hidden = finding.suppressed or finding.ci_low is None or finding.ci_high is None
        difference = HIDDEN if hidden else "no estimate"
        if not hidden and finding.estimate is not None:
            difference = points(finding.estimate)
        rows.append(
            {
                what: _name(finding),
                "Difference": difference,
                "95% CI": "" if hidden else kept(interval(finding.ci_low or 0.0, finding.ci_high or 0.0)),
                "Participants": _count(finding.n_participants),
                "Verdict": finding.verdict_label,
            }
        )
    return rows


def method_rows(methods: Iterable[MethodRow]) -> list[Row]:
    rows = []
    for method in methods:
        shown = method.estimate is not None and method.ci_low is not None and method.ci_high is not None
        name = plain(method.label)
        rows.append(
            {
                "Method": f"**{name}**" if method.headline else name,
                "Difference": points(method.estimate or 0.0) if shown else "*not shown*",
                "95% CI": kept(interval(method.ci_low or 0.0, method.ci_high or 0.0)) if shown else "",
            }
        )
    return rows


def balance_rows(balance: Iterable[BalanceRow]) -> list[Row]:
    ordered = sorted(balance, key=lambda row: -row.before)
    return [
        {"Covariate": plain(level_name(row)), "Before": decimal(row.before), "After": decimal(row.after)}
        for row in ordered
    ]


def curve_rows(participants: Curve | None, comparators: Curve | None, drawn: Drawn) -> list[Row]:
    """Every third month of both curves, with the people still followed."""
    arms = [(name, arm) for name, arm in (("Participants", participants), ("Similar colleagues", comparators)) if arm]
    last = max((arm.months[-1] for _, arm in arms), default=-1)
    rows = []
    for month in range(0, last + 1, 3):
        row = {"Month": str(month)}
        for name, arm in arms:
            if month in arm.months:
                at = arm.months.index(month)
                row[name] = percent(values(arm, drawn)[0][at])
                row[f"{name} followed"] = count(arm.at_risk[at])
            else:
                row[name] = row[f"{name} followed"] = ""
        rows.append(row)
    return rows


def leading(reach: Iterable[ReachRow]) -> list[ReachRow]:
    """What the leaders' page shows at once, about ten rows; the rest opens on request."""
    return [row for row in reach if row.header in ("gender", "ethnicity") and row.group not in _UNNAMED]


def reach_rows(reach: Iterable[ReachRow], did: str = "Took part", tested: bool = False) -> list[Row]:
    """A row a group under its attribute, whose highest rate is the reference of the others; `tested` puts Fisher's
    exact test beside the ratio and its interval."""
    rows = []
    for row in reach:
        ratio = "" if row.ratio is None else REFERENCE
        if row.ratio is not None and row.ratio_low is not None and row.ratio_high is not None:
            ratio = f"{decimal(row.ratio)} ({decimal(row.ratio_low)} to {decimal(row.ratio_high)})"
        if tested and row.fisher_p is not None:
            ratio += f", {kept(p_value(row.fisher_p))}"
        if row.rate is not None and row.ratio is None:
            ratio = "*too few*" if row.reason else ""
        rows.append(
            {
                "Group": plain(_group(row.header, row.group)),
                did: HIDDEN if row.rate is None else kept(f"{percent(row.rate)} of {_count(row.eligible)}"),
                f"Ratio to its highest (95% CI){', test' if tested else ''}": f"**{ratio}** :orange-badge[below 0.80]"
                if row.flag and ratio
                else ratio,
            }
        )
    return rows


def response_rows(responses: Iterable[ResponseRow]) -> list[Row]:
    rows = []
    for row in responses:
        shown = row.reason is None and row.rate is not None
        rows.append(
            {
                "Side": SIDE_LABELS[row.side],
                "Wave": wave_label(row.wave),
                "Answered": kept(f"{_count(row.answered)} of {_count(row.asked)}") if shown else HIDDEN,
                "Response (95% CI)": f"{percent(row.rate or 0.0)} {_range(row.low, row.high)}" if shown else "",
            }
        )
    return rows


def wave_rows(points_: Iterable[WavePoint]) -> list[Row]:
    return [
        {
            "Side": SIDE_LABELS[point.side],
            "Wave": wave_label(point.wave),
            "Mean": HIDDEN if point.mean is None else decimal(point.mean),
            "95% CI": ""
            if point.mean is None or point.low is None or point.high is None
            else kept(f"{decimal(point.low)} to {decimal(point.high)}"),
            "People": _count(point.people),
        }
        for point in points_
    ]


def change_rows(changes: Iterable[PairedChange]) -> list[Row]:
    rows = []
    for change in changes:
        shown = change.mean_change is not None and change.low is not None and change.high is not None
        limits = f"{signed(change.low or 0.0, 2)} to {signed(change.high or 0.0, 2)}"
        shares = [share for share in (change.share_up, change.share_same, change.share_down) if share is not None]
        rows.append(
            {
                "Side": SIDE_LABELS[change.side],
                "Scale": name_label(change.construct),
                "Change": signed(change.mean_change or 0.0, 2) if shown else HIDDEN,
                "95% CI": kept(limits) if shown else "",
                "Size (d)": decimal(change.d_z) if shown and change.d_z is not None else "",
                "Up, same, down": ", ".join(f"{share:.0%}" for share in shares) if shown and len(shares) == 3 else "",
                "People": _count(change.people),
            }
        )
    return rows


def _group(header: str, group: str) -> str:
    """A group under its attribute: "Gender: Woman", "Gender: declined", "Generation X"."""
    name, attribute = group_name(header, group), header_label(header)
    return name if name.startswith(attribute) else f"{attribute}: {name}"


def _name(finding: Finding) -> str:
    if finding.by and finding.group is not None:
        return plain(quarter(finding.group) if finding.by == "cohort" else _group(finding.by, finding.group))
    if finding.cohort:
        return plain(quarter(finding.cohort))
    return f"{SIDE_LABELS[finding.side]}: {outcome_row_label(finding.outcome, finding.horizon_months)}"


def _count(number: int | None) -> str:
    return HIDDEN if number is None else count(number)


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else kept(f"({percent(low)} to {percent(high)})")
