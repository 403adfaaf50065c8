"""Do colleagues close to a participant share the effect? Without them, and without pairs in one reporting line."""

from __future__ import annotations

from analysis.findings.checks.case import Case, CheckWords, beside_headline
from analysis.findings.results import Check

NAME = "spill_over"
WORDS = CheckWords(
    NAME,
    "Close colleagues left out",
    "Without colleagues who share a manager with a participant, and pairs in one reporting line",
    "manager_id in the people files.",
    "Cohorts that fill one office or department at a time, compared with others.",
)


def check(case: Case) -> Check | None:
    return beside_headline(case, "spill_over", WORDS)
