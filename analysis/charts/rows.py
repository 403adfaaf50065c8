"""One answer as a row of a chart, in the axis's units. What may not be shown is left behind here."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

from analysis.charts.format import signed
from analysis.findings.results import Finding

_HIDDEN = ("not_shown", "not_reliable_enough_to_read")
# A failed check in the few words that a row has room for; the card and the checks say it in full.
_WITHHELD = {
    "balance": "groups too different",
    "support": "too few have anybody to be compared with",
    "model": "no comparison could be fitted",
    "survivors_only": "the data hold nobody who left",
    "follow_up": "exits incomplete",
    "promotions_dated": "no ladder of levels",
}


@dataclass(frozen=True)
class Row:
    """A label with its interval; `heading` rows have a label only.

    `weak`: too few people for an estimate, so the interval stands alone. `reason` replaces the line. `before`: how
    things stood, beside a row of how they stand now. `group`: the raw value that a click on the row chooses.
    """

    label: str
    suffix: str = ""
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    weak: bool = False
    reason: str | None = None
    heading: bool = False
    before: bool = False
    digits: int = 1
    group: str = ""

    @property
    def reason_lines(self) -> list[str]:
        return textwrap.wrap(self.reason, 58)[:3] if self.reason else []

    @property
    def interval(self) -> str:
        if self.low is None or self.high is None:
            return ""
        return f"{signed(self.low, self.digits)} to {signed(self.high, self.digits)}"

    @property
    def number(self) -> str:
        """The estimate with its sign; empty where people are too few for one."""
        return "" if self.estimate is None or self.weak else signed(self.estimate, self.digits)

    @property
    def words(self) -> str:
        """What the row says on hover: "+6.0 (+2.1 to +9.8)", or the interval alone."""
        return f"{self.number} ({self.interval})" if self.number else self.interval


def finding_row(finding: Finding, label: str, suffix: str = "") -> Row:
    """A finding as a row in percentage points."""
    row = Row(label, suffix)
    if finding.suppressed or finding.verdict in _HIDDEN or finding.ci_low is None or finding.ci_high is None:
        return replace(row, reason=short_reason(finding))
    row = replace(row, low=finding.ci_low * 100, high=finding.ci_high * 100)
    if finding.verdict == "too_few_to_tell" or finding.estimate is None:
        return replace(row, weak=True)
    return replace(row, estimate=finding.estimate * 100)


def short_reason(finding: Finding) -> str:
    """Why a row is empty, in a few words: "Not shown: ...", "Withheld: ..."."""
    if finding.verdict == "not_reliable_enough_to_read" and not finding.suppressed:
        failed = [check for check in finding.checks if check.status == "failed"]
        return "Withheld: " + (_WITHHELD.get(failed[0].name, failed[0].label.lower()) if failed else "not reliable")
    return not_shown(finding.reason or "may not be shown")


def not_shown(reason: str) -> str:
    """A reason as it stands in place of a number; one that says "Not shown" itself says it once."""
    reason = reason.strip().rstrip(".")
    if reason.lower().startswith(("not shown", "withheld", "hidden")):
        return reason
    return f"Not shown: {reason[:1].lower()}{reason[1:]}"
