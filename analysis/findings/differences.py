"""Do effects differ between groups? The score-type test, with false-discovery control over the headers asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from analysis.estimates.heterogeneity import difference_of_effects, smallest_detectable_between
from analysis.estimates.multiplicity import benjamini_hochberg
from analysis.findings.analysis import Analysis
from analysis.findings.evidence import DifferencesFinding, GroupDifference
from analysis.findings.results import Finding, Question
from analysis.findings.words import header_label

LEVEL = 0.05
ONE_GROUP = "Fewer than two groups can be shown: the others are too small, or would give a small one away."
DECIMALS = 8


def group_difference(analysis: Analysis, header: str, found: tuple[Finding, ...]) -> GroupDifference:
    """The test over the groups of a header that are shown; a hidden group must not be felt through it."""
    shown = tuple(item.group for item in found if item.group and not item.suppressed and item.ci_low is not None)
    covariance = analysis.covariances.get(header)
    if covariance is None or len(shown) < 2:
        return GroupDifference(header, shown, None, None, None, None, None, ONE_GROUP)
    estimates = [analysis.groups[(header, group)] for group in shown]
    if len({rate for item in estimates for rate in (item.rate_participants, round(item.rate_comparators, 9))}) == 1:
        return GroupDifference(header, shown, None, None, None, None, None, "It happened to everybody, or to nobody.")
    at = [covariance.groups.index(group) for group in shown]
    tested = difference_of_effects(
        [estimate.rate_participants for estimate in estimates],
        [estimate.participants for estimate in estimates],
        [estimate.rate_comparators for estimate in estimates],
        covariance.matrix[np.ix_(at, at)],
    )
    one, other = sorted(estimates, key=lambda estimate: -estimate.participants)[:2]
    gap = smallest_detectable_between(
        (one.rate_comparators, other.rate_comparators),
        (one.participants, other.participants),
        (one.effective, other.effective),
    )
    return GroupDifference(
        header,
        shown,
        _rounded(tested.q),
        tested.degrees_of_freedom,
        _rounded(tested.p_value),
        None,
        _rounded(gap),
        tested.reason,
    )


def family(asked: Question, rows: Iterable[GroupDifference], data_version: int) -> DifferencesFinding:
    """The rows with p-values adjusted over the family, and what they say together. The quarter must be resolved."""
    rows = tuple(rows)
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    rows = tuple(replace(row, p_adjusted=_rounded(p)) for row, p in zip(rows, adjusted, strict=True))
    return DifferencesFinding(
        asked.outcome, asked.side, asked.horizon_months, asked.quarter or "", rows, _sentence(rows), data_version
    )


def _sentence(rows: tuple[GroupDifference, ...]) -> str:
    tested = [row for row in rows if row.p_adjusted is not None]
    if not tested:
        return "No header has two groups large enough to compare."
    clear = [row for row in tested if row.p_adjusted is not None and row.p_adjusted < LEVEL]
    if clear:
        named = ", ".join(header_label(row.header).lower() for row in clear)
        return f"The effect differs by {named}, beyond what {_many(len(tested), 'test')} would show by chance."
    gaps = sorted(row.smallest_detectable for row in tested if row.smallest_detectable is not None)
    text = f"In none of {_many(len(tested), 'breakdown')} do effects differ more than chance explains."
    if gaps:
        text += (
            f" That is mostly absence of data: between two groups only a gap of {100 * gaps[0]:.0f} points or more "
            "would probably have shown."
        )
    return text


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), DECIMALS)
