"""What leaves the employer's leadership: the publication rules, minimum 10 and counts rounded to 5 (PROTOCOL.md).

Works on any frozen result. Numbers of a suppressed finding are blanked first, whoever the reader is: a file can be
taken apart, so what is not shown may not be in it either.

Every rule is closed: a whole number is a number of people unless it is named here as something else, and a sentence
is kept only where every number in it is known to be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from analysis.findings import disclosure
from analysis.findings.health.summary import HealthTile
from analysis.findings.results import (
    Check,
    Curve,
    CurvesFinding,
    Finding,
    Incidence,
    Measure,
    Outcome,
    OutcomeDetail,
    ReachRow,
)
from analysis.findings.words import Whole

T = TypeVar("T")
MINIMUM, STEP = 10, 5
TOO_FEW = f"Not shown: fewer than {MINIMUM} people, the minimum for publication."
LEFT_OUT = "Numbers of people are left out of sentences here; the tables hold them, rounded to 5."
NO_METHOD = "No estimate is shown, so there is none by another method either."
NO_BALANCE = "No estimate is shown, so there is nothing to balance."
NO_CURVE = "No curve: the number that it would tell is not shown."

_NOT_PEOPLE = frozenset(["horizon_months", "data_version", "published_version", "passed", "total"])
# Computed, not counted: they are rounded, and hide nothing when they are small.
_COMPUTED = frozenset(["participants_needed", "n_effective"])
_NAMES = frozenset(["arm", "cause", "cohort", "cohorts", "construct", "covariate", "cutoff", "data_as_of", "family",
                    "group", "header", "level", "loads", "measure", "name", "new_cohorts", "outcome", "plan_hash",
                    "published_at", "quarter", "quarters", "settings", "side", "status", "verdict", "wave", "where",
                    "label", "programme", "department", "location", "more"])  # fmt: skip
# A percentage point of 140 people is more than one of them; a tenth of one may be a single person.
_DIFFERENCES = frozenset(["estimate", "ci_low", "ci_high", "std_error", "before", "published", "from_time", "from_data",
                          "smallest_detectable", "smallest_difference_that_matters", "plain", "adjusted", "alone",
                          "without"])  # fmt: skip
# Made of exact counts, and to be had back from them.
_GIVES_AWAY = frozenset(["p_value", "fisher_p", "wilcoxon_p"])
_TENTHS = re.compile(r"(\d+)\.(\d)%")
_IN_BRACKETS = re.compile(r" \([^()]*\)")
_POINTS_BACK = ("They ", "It ", "These ", "Those ")  # falls with the sentence before
_ENDS = re.compile(r"(?<=[.!?;]) +(?=[A-Z0-9])")
# What may stand in a sentence: rates and differences, months and quarters, dates, counts of checks and outcomes.
_HARMLESS = re.compile(
    r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.+]+)?|\b\d{4}[ \u00a0]?Q\d|\b20\d\d(?= [A-Z])|\b\d{1,2} [A-Z][a-z]{2,} \d{4}\b"
    r"|[+\u2212-]?\b\d+(?:\.\d+)?(?:%|[ \u00a0]pp\b| points?\b| of a point| percentage points?)"
    r"|[+\u2212-]?\b\d+\.\d+\b"
    r"|\b\d+(?:-month|-day| (?:months?|quarters?|days?|weeks?|years?|studies|verdicts?|outcomes?|scales?|checks?"
    r"|methods?|items?|headlines?|cohorts?)\b)"
    r"|\b\d+ of (?:the )?\d+ (?:verdicts?|outcomes?|scales?|demographic groups|kinds of check|checks|groups)\b"
    r"|\b\d+ comparisons stand on this page|\b(?:\d+) to (?:\d+) scale\b"
)


def blanked(finding: Finding) -> Finding:
    """A finding whose every number is None where it is suppressed, and whose effect is where it is withheld."""
    if not finding.suppressed:
        if finding.verdict == "not_reliable_enough_to_read":
            return replace(finding, estimate=None, ci_low=None, ci_high=None, std_error=None, p_value=None,
                           rate_participants=None, rate_comparators=None, in_people="")  # fmt: skip
        return finding
    none: dict[str, Any] = dict.fromkeys(_NUMBERS)
    return replace(finding, **none, checks=(), notes=(), in_people="")


_NUMBERS = [
    "estimate",
    "ci_low",
    "ci_high",
    "std_error",
    "p_value",
    "rate_participants",
    "rate_comparators",
    "n_participants",
    "n_comparators",
    "n_colleagues",
    "n_effective",
    "smallest_detectable",
    "participants_needed",
]


def blanked_detail(detail: OutcomeDetail) -> OutcomeDetail:
    """Without its estimate no other method and no balance is told either."""
    finding = blanked(detail.finding)
    if finding.estimate is not None:
        return detail
    kept = replace(detail, finding=finding)
    if kept.methods:
        kept = replace(kept, methods=(), method_alt_text=NO_METHOD)
    if kept.balance and finding.suppressed:
        kept = replace(kept, balance=(), balance_alt_text=NO_BALANCE)
    return kept


DRAWN: dict[Measure, tuple[Outcome, ...]] = {
    "employment": ("retention", "voluntary_exit", "involuntary_exit"),
    "promotion": ("promotion",),
}


def blanked_curves(curves: CurvesFinding, headlines: Sequence[Finding]) -> CurvesFinding:
    """Without a curve where a headline whose rate could be read from it is suppressed or withheld."""
    own = [each for each in headlines if each.side == curves.side and each.outcome in DRAWN[curves.measure]]
    if not any(each.suppressed or each.verdict == "not_reliable_enough_to_read" for each in own):
        return curves
    return CurvesFinding(curves.measure, curves.side, curves.quarter, None, None, None, None, None,
                         NO_CURVE, NO_CURVE, NO_CURVE, curves.data_version)  # fmt: skip


def blanked_all(value: T) -> T:
    """A result in which every finding and every detail, however deep, is blanked."""
    return cast(T, _blanked(value))


def _blanked(value: Any) -> Any:
    if isinstance(value, OutcomeDetail):
        return blanked_detail(value)
    if isinstance(value, Finding):
        return blanked(value)
    if isinstance(value, tuple):
        return tuple(map(_blanked, value))
    if is_dataclass(value) and not isinstance(value, type):
        held = {item.name: getattr(value, item.name) for item in fields(value)}
        return replace(value, **{name: _blanked(each) for name, each in held.items() if isinstance(each, tuple)
                                 or is_dataclass(each)})  # fmt: skip
    return value


def for_publication(value: T) -> T:
    """The same result under the publication rules: counts rounded to 5, rows of fewer than 10 people hidden, rates in
    whole percent, sentences without numbers of people."""
    return cast(T, _map(value))


def rounded(count: float) -> int | None:
    """A count to the nearest 5; None below 10."""
    return None if 0 < count < MINIMUM else STEP * round(count / STEP)


def told(text: str, nothing: str = LEFT_OUT) -> str:
    """A text in whole percent, without the sentences that hold a number which may be one of people; `nothing` where
    none is left."""
    parts = [_IN_BRACKETS.sub(lambda found: "" if _counts(found[0]) else found[0], part) for part in _ENDS.split(text)]
    kept: list[str] = []
    fell = False
    for part in parts:
        fell = _counts(part) or (fell and part.startswith(_POINTS_BACK))
        kept += [] if fell else [part]
    return _TENTHS.sub(lambda found: f"{round(float(found[0][:-1]))}%", " ".join(kept)) or (nothing if text else "")


def _counts(text: str) -> bool:
    """Whether a number stands in it that may be one of people."""
    return re.search(r"\d", _HARMLESS.sub("", text)) is not None


def _map(value: Any, name: str = "") -> Any:
    if isinstance(value, bool) or name in _NAMES:
        return value
    if isinstance(value, str):
        return told(value, "Not shown." if name == "reason" else LEFT_OUT)
    if isinstance(value, int):
        return value if name in _NOT_PEOPLE else rounded(value)
    if isinstance(value, float):
        if name in _COMPUTED:
            return rounded(value)
        return round(value, 3) if name in _DIFFERENCES else Whole(round(value, 2))
    if isinstance(value, tuple):
        if value and all(isinstance(item, ReachRow) for item in value):
            return _reach(value)
        texts = [item for item in value if isinstance(item, str)]
        # Of a list of notes, those that fall away leave no gap.
        mapped = (_map(item, name) for item in value)
        return tuple(item for item in mapped if item != LEFT_OUT) if texts else tuple(mapped)
    if isinstance(value, Curve):
        return _curve(value)
    if isinstance(value, HealthTile) and value.counts_pairs:
        return _tile(value)
    if isinstance(value, Check):
        return replace(value, text=told(value.text), remedy=told(value.remedy), value=None, limit=None)
    return _row(value) if is_dataclass(value) and not isinstance(value, type) else value


def _row(value: Any) -> Any:
    items = {item.name: getattr(value, item.name) for item in fields(value)}
    people = {name: each for name, each in items.items()
              if isinstance(each, int) and not isinstance(each, bool) and name not in _NOT_PEOPLE}  # fmt: skip
    changed = {name: None if name in _GIVES_AWAY else _map(each, name) for name, each in items.items()}
    if "in_people" in items:
        changed["in_people"] = ""
    if "reason" in items and any(0 < many < MINIMUM for name, many in people.items() if name not in _COMPUTED):
        numbers = [name for name, each in items.items()
                   if (isinstance(each, float) and not name.startswith("scale_")) or name in people]  # fmt: skip
        changed |= dict.fromkeys(numbers) | {"reason": TOO_FEW}
        if "sentence" in items:
            changed["sentence"] = TOO_FEW
        if "shares" in items:
            changed["shares"] = ()
    return replace(value, **changed)


def _reach(rows: Sequence[ReachRow]) -> tuple[ReachRow, ...]:
    """Anew by the higher minimum, with the partners that keep a hidden group from being subtracted."""
    hidden: dict[tuple[str, str], str] = {}
    for header in dict.fromkeys(row.header for row in rows):
        own = [row for row in rows if row.header == header]
        sizes = {row.group: row.eligible or 0 for row in own}
        few = frozenset(row.group for row in own if row.eligible is None or 0 < (row.participants or 0) < MINIMUM)
        for group in disclosure.hide_groups(sizes, MINIMUM, header=header, few_events=few):
            hidden[header, group] = disclosure.reason("would_reveal", MINIMUM)
    return tuple(
        ReachRow(row.header, row.group, None, None, None, None, None, None, None, False,
                 row.reason if row.eligible is None else hidden[row.header, row.group])
        if (row.header, row.group) in hidden
        else cast(ReachRow, _row(row))
        for row in rows
    )  # fmt: skip


def _curve(curve: Curve) -> Curve:
    """As far as ten people are followed."""
    last = sum(1 for many in curve.at_risk if many >= MINIMUM)

    def cut(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(Whole(round(each, 2)) for each in values[:last])

    parts = tuple(Incidence(part.cause, cut(part.rate), cut(part.low), cut(part.high)) for part in curve.incidences)
    at_risk = tuple(STEP * round(many / STEP) for many in curve.at_risk[:last])
    return Curve(curve.arm, curve.months[:last], cut(curve.survival), cut(curve.low), cut(curve.high), at_risk, parts)


def _tile(tile: HealthTile) -> HealthTile:
    """A tile whose values are pairs."""
    series = tuple(
        None if each is None or 0 < each < MINIMUM else float(rounded(int(each)) or 0) for each in tile.series
    )
    now, before = series[-1], series[-2] if len(series) > 1 else None
    change = None if now is None or before is None else now - before
    reason = TOO_FEW if now is None and tile.reason is None else tile.reason
    return replace(tile, value=now, series=series, change=change, reason=reason)
