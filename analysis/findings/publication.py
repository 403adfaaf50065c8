"""What leaves the employer's leadership: the publication rules, minimum 10 and counts rounded to 5 (PROTOCOL.md).

Works on any frozen result. Numbers of a suppressed finding are blanked first, whoever the reader is: a file can be
taken apart, so what is not shown may not be in it either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from analysis.findings import disclosure
from analysis.findings.health.summary import HealthTile
from analysis.findings.results import Curve, Finding, Incidence, OutcomeDetail, ReachRow

T = TypeVar("T")
MINIMUM, STEP, DECIMALS = 10, 5, 3
TOO_FEW = f"Not shown: fewer than {MINIMUM} people, the minimum of a file for publication."
_COUNTS = frozenset(
    [
        "n_participants",
        "n_comparators",
        "n_colleagues",
        "eligible",
        "participants",
        "asked",
        "answered",
        "people",
        "of",
        "colleagues",
        "new_participants",
        "participants_needed",
    ]
)
# Below the minimum these hide every number of their row.
_DECIDE = frozenset(["n_participants", "eligible", "participants", "asked", "answered", "people", "of"])
_OF = re.compile(r"(?<![\d.,+\u2212-])(\d[\d,]*) of (the |these )?(\d[\d,]*)(?![\d.,]*%|\d| (?:demographic|scales|"
                 r"verdicts|outcomes|headlines|kinds|groups|comparisons|checks))")  # fmt: skip
_PEOPLE = re.compile(
    r"(?<![\d.,+\u2212-])(\d[\d,]*) (participants?|people|persons?|colleagues?|mentors?|mentees?|pairs?|exits?|"
    r"employees|leavers|responses|comparisons)\b"
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
    return replace(detail, finding=finding, methods=(), balance=() if finding.suppressed else detail.balance,
                   method_alt_text="", balance_alt_text="")  # fmt: skip


def for_publication(value: T) -> T:
    """The same result under the publication rules: counts rounded to 5, rows of fewer than 10 people hidden."""
    return cast(T, _map(value))


def rounded(count: int) -> int | None:
    """A count to the nearest 5; None below 10."""
    return None if 0 < count < MINIMUM else STEP * round(count / STEP)


def rounded_text(text: str) -> str:
    """A sentence whose numbers of people are rounded too."""
    text = _OF.sub(lambda found: f"{_told(found[1])} of {found[2] or ''}{_told(found[3])}", text)
    return _PEOPLE.sub(lambda found: f"{_told(found[1])} {found[2]}", text)


def _told(number: str) -> str:
    count = rounded(int(number.replace(",", "")))
    return f"fewer than {MINIMUM}" if count is None else f"{count:,}"


def _map(value: Any) -> Any:
    if isinstance(value, str):
        return rounded_text(value)
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, tuple):
        if value and all(isinstance(item, ReachRow) for item in value):
            return _reach(value)
        return tuple(_map(item) for item in value)
    if isinstance(value, Curve):
        return _curve(value)
    if isinstance(value, HealthTile):
        return _tile(value)
    if is_dataclass(value) and not isinstance(value, type):
        return _row(value)
    return value


def _row(value: Any) -> Any:
    names = [item.name for item in fields(value)]
    small = any(
        isinstance(getattr(value, name), int) and 0 < getattr(value, name) < MINIMUM
        for name in names
        if name in _DECIDE
    )
    changed: dict[str, Any] = {}
    for name in names:
        now = getattr(value, name)
        if name in _COUNTS and isinstance(now, int):
            changed[name] = rounded(now)
        elif name in ("group", "cohort", "header", "plan_hash", "quarter", "loads"):
            continue
        elif name == "in_people":
            changed[name] = ""
        else:
            changed[name] = _map(now)
    if small and "reason" in names:
        hidden = {
            name: None
            for name in names
            if isinstance(getattr(value, name), int | float) and name not in ("scale_min", "scale_max")
            and not isinstance(getattr(value, name), bool)
        }  # fmt: skip
        changed |= hidden | {"reason": TOO_FEW}
        if "sentence" in names:
            changed["sentence"] = TOO_FEW
        if "shares" in names:
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
        return tuple(round(each, DECIMALS) for each in values[:last])

    parts = tuple(Incidence(part.cause, cut(part.rate), cut(part.low), cut(part.high)) for part in curve.incidences)
    at_risk = tuple(STEP * round(many / STEP) for many in curve.at_risk[:last])
    return Curve(curve.arm, curve.months[:last], cut(curve.survival), cut(curve.low), cut(curve.high), at_risk, parts)


def _tile(tile: HealthTile) -> HealthTile:
    if not tile.counts_pairs:
        return cast(HealthTile, _row(tile))
    series = tuple(
        None if each is None or 0 < each < MINIMUM else float(rounded(int(each)) or 0) for each in tile.series
    )
    now, before = series[-1], series[-2] if len(series) > 1 else None
    change = None if now is None or before is None else now - before
    reason = TOO_FEW if now is None and tile.reason is None else tile.reason
    return replace(tile, value=now, series=series, change=change, reason=reason)
