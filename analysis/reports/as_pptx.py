"""The deck: a verdict, a slide an outcome with a native chart, what else was seen, how we know, and the appendix."""

from __future__ import annotations

import io

from analysis.charts.format import day, points, quarter
from analysis.charts.survival import OF_MEASURE, values
from analysis.findings.open_points import name_of, open_points
from analysis.findings.results import BalanceRow, Check, CurvesFinding, Finding
from analysis.findings.words import SIDE_LABELS, brief_sentence, header_label, interval
from analysis.reports.as_xlsx import moment_of
from analysis.reports.content import Report
from analysis.reports.deck import ROWS, BrokenTemplate, Deck
from analysis.reports.seen import count_of, seen
from analysis.reports.slides import curves, forest, same_bytes, words
from analysis.reports.stamp import marked
from analysis.reports.tables import compared, method_lines

__all__ = ["BrokenTemplate", "pptx_bytes"]
EXPLAINED = (
    "Participants are compared with colleagues who were eligible on the same day and alike on that day. The interval "
    "says which true differences are compatible with the data; it is an estimate, not a proof."
)


PEOPLE, COMPARISONS = "Similar colleagues", "Comparisons with similar colleagues"


def pptx_bytes(report: Report, template: bytes | None = None) -> bytes:
    """The deck; with a template its layouts and colours. Raises BrokenTemplate."""
    deck = Deck(report, template)
    stamp = report.stamp
    first = deck.slide("Reverse mentoring impact", EXPLAINED)
    told = f"{quarter(stamp.quarter)}\nData version {stamp.data_version}, data as of {day(stamp.data_as_of)}"
    told += f"\nPublished {day(stamp.published_at)}, application {stamp.app_version}"
    words(first, told, deck.box((0.6, 2.4, 12.1, 2.2)), 24)
    # People where any are known; a comparison is one of them beside one cohort, so there are more of those.
    known = any(found.n_colleagues is not None for found in report.headlines)
    counted = PEOPLE if known else COMPARISONS
    deck.tables(
        "No headline can be shown yet" if report.tells_nothing else "What we found",
        ("", "Verdict", "Difference, pp", "95% interval", "Participants", counted),
        [_verdict_row(found, counted) for found in report.headlines],
        (3.8, 3, 1.7, 2, 1.8, 1.7),
        f"{report.impact.health.sentence}\n{report.impact.many_comparisons}\n{EXPLAINED}",
        report.impact.health.sentence,
    )
    for found in report.headlines:
        _outcome(deck, found)
    for drawn in report.curves:
        _curves(deck, drawn)
    seen(deck)
    _known(deck)
    _appendix(deck)
    deck.finish()
    properties = deck.deck.core_properties
    properties.title, properties.author = f"Reverse mentoring impact {stamp.quarter}", "Reverse mentoring impact"
    properties.last_modified_by, properties.created, properties.modified = "", moment_of(stamp), moment_of(stamp)
    buffer = io.BytesIO()
    deck.deck.save(buffer)
    return same_bytes(buffer.getvalue(), moment_of(stamp).isoformat() + "Z")


def _verdict_row(found: Finding, counted: str) -> tuple[str, ...]:
    limits = interval(found.ci_low, found.ci_high) if found.ci_low is not None and found.ci_high is not None else ""
    estimate = points(found.estimate) if found.estimate is not None else "not shown"
    others = found.n_colleagues if counted == PEOPLE else found.n_comparators
    people = count_of(found.n_participants), count_of(others)
    return name_of(found), found.verdict_label, estimate, limits, *people


def _said(check: Check) -> str:
    return f"{check.status.replace('_', ' ').capitalize()}: {check.label}. {check.text}"


def _outcome(deck: Deck, found: Finding) -> None:
    notes = "\n".join([found.sentence, found.in_people, *found.notes, found.alt_text, EXPLAINED])
    if found.suppressed:
        notes = f"{found.sentence}\n{EXPLAINED}"
    parts = deck.report.cohorts_of(found)
    slide = deck.slide(f"{name_of(found)}: {found.verdict_label}", notes)
    rows = [
        (name, each.estimate, 100 * each.ci_low, 100 * each.ci_high)
        for name, each in [("All", found), *((part.group or "", part) for part in parts)]
        if each.ci_low is not None and each.ci_high is not None
    ]
    words(slide, deck.said(brief_sentence(found)), deck.box((7.7, 1.35, 5.1, 1.7)), 18)
    if rows:
        drawn = [(name, None if value is None else 100 * value, low, high) for name, value, low, high in rows]
        alt = found.alt_text if not found.suppressed else found.sentence
        forest(slide, drawn, deck.box((0.5, 1.35, 6.9, 5.2)), alt, deck.own)
        hidden = [part.group or "" for part in parts if part.ci_low is None]
        told = "Percentage points. Line: 95% interval."
        told += f" Not shown: {', '.join(hidden)}." if hidden else ""
        words(slide, told, deck.box((0.6, 6.5, 6.8, 0.4)), 11, muted=not deck.own)
    else:
        words(slide, f"Nothing to draw. {found.sentence}", deck.box((0.6, 2.0, 6.6, 2.5)), 18)
    both = f"{count_of(found.n_participants)} participants, {compared(found)}"
    words(slide, both, deck.box((7.7, 3.05, 5.1, 0.65)), 14, bold=True)
    method = f"{found.settings.get('estimator', found.method)}; {found.settings.get('interval', '95% interval')}"
    words(
        slide,
        f"Method: {method}. Grade {'none' if found.grade in (None, '?') else found.grade}.",
        deck.box((7.7, 3.7, 5.1, 0.75)),
        12,
        muted=not deck.own,
    )
    open_ = [check for check in found.checks if check.status != "passed"]
    passed = len(found.checks) - len(open_)
    lines = [f"{passed} of {len(found.checks)} checks passed."] if found.checks else ["No check could be run."]
    lines += [_said(check) for check in open_]
    words(slide, "\n".join(lines), deck.box((7.7, 4.5, 5.1, 2.3)), 12)


def _curves(deck: Deck, found: CurvesFinding) -> None:
    arms = [
        (name, curve.months, [100 * share for share in values(curve, OF_MEASURE[found.measure])[0]])
        for name, curve in (("Participants", found.participants), ("Similar colleagues", found.comparators))
        if curve is not None and curve.months
    ]
    what = "still employed" if found.measure == "employment" else "promoted"
    slide = deck.slide(f"{SIDE_LABELS[found.side]}: share {what}, month by month", f"{found.alt_text}\n{EXPLAINED}")
    if arms:
        curves(slide, arms, deck.box((0.6, 1.35, 12.1, 4.5)), found.alt_text, deck.own)
    words(slide, found.reason or found.sentence, deck.box((0.6, 5.95, 12.1, 0.9)), 14)


def _known(deck: Deck) -> None:
    impact = deck.report.impact
    known = [impact.standing_sentence, impact.health.sentence, impact.many_comparisons]
    known += [_said(check) for check in impact.health.checks]
    deck.lists("How we know", [line for line in known if line], EXPLAINED)
    unknown = ["Whether people who join are more motivated: no file says so, and no method can make up for it."]
    unknown += [
        f"{each.label}: {each.remedy or (each.check.text if each.check else '')}"
        for each in open_points(impact.headlines)
    ]
    deck.lists("What we do not know", unknown, "Each line says what would settle it.")


def _appendix(deck: Deck) -> None:
    alike: dict[tuple[BalanceRow, ...], list[str]] = {}
    for detail in deck.report.details:
        alike.setdefault(detail.balance, []).append(name_of(detail.finding))
    for detail in deck.report.details:
        names = alike.pop(detail.balance, None)
        if names is None:
            continue
        worst = sorted(detail.balance, key=lambda row: -row.after)[:ROWS]
        deck.tables(
            f"Appendix, balance: {names[0]}",
            ("Covariate", "Level", "Before weighting", "After weighting"),
            [(header_label(row.covariate), row.level, f"{row.before:.2f}", f"{row.after:.2f}") for row in worst],
            (3, 3, 2, 2),
            f"{detail.balance_alt_text}\nThe largest standardised mean differences after weighting.",
            f"The largest differences that are left, standardised. The same people stand behind: {'; '.join(names)}.",
        )
    rows = list(method_lines(deck.report))
    deck.tables("Appendix, the protocol and the data", ("What", "Value"), rows, (2.2, 9), marked(deck.report))
