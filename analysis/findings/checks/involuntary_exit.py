"""Negative control: the programme should not prevent redundancies; a clear difference there points at selection.

Counted in the figure of exits only, so other outcomes go without.
"""

from __future__ import annotations

from analysis.findings.checks.case import Case, ControlWords, nothing_expected
from analysis.findings.results import Check

NAME = "involuntary_exit"
WORDS = ControlWords(
    NAME,
    "Nothing where nothing should be",
    "Involuntary exits, which the programme should not touch, show no clear difference",
    "Involuntary exits differ too, though the programme should not touch them",
    "Differs where it should not",
    "Who joins may differ in ways that were not seen.",
    "Exit types: voluntary or involuntary.",
)


def check(case: Case) -> Check | None:
    return nothing_expected(case, "involuntary_exit", WORDS)
