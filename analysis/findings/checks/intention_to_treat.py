"""Everybody who accepted an invitation, paired or not, against those who did not: nobody is sorted out afterwards."""

from __future__ import annotations

from analysis.findings.checks.case import Case, CheckWords, beside_headline
from analysis.findings.results import Check

NAME = "intention_to_treat"
INVITED = "Who was invited or applied, and what they answered, with dates."
WORDS = CheckWords(NAME, "As invited", "Everybody who accepted, paired or not", INVITED, INVITED)


def check(case: Case) -> Check | None:
    return beside_headline(case, "intention_to_treat", WORDS)
