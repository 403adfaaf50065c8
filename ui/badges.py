"""Badges: an icon and a word always, so that colour is never alone (colours as in the look)."""

from __future__ import annotations

import streamlit as st

from analysis.findings.results import Check, CheckStatus, Finding, Verdict
from ui.text import plain

GRADES = {
    "A": "Grade A: places drawn by lot.",
    "B": "Grade B: compared with similar colleagues, and every check passed.",
    "C": "Grade C: compared with similar colleagues, with a check that calls for care.",
    "D": "Grade D: before and after, or nobody to compare with.",
    "E": "Grade E: the opinion of participants only.",
}
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "evidence_of_benefit": ("green", "trending_up"),
    "evidence_of_harm": ("red", "trending_down"),
    "leans_better": ("violet", "trending_up"),
    "leans_worse": ("violet", "trending_down"),
    "no_difference_larger_than_x": ("grey", "drag_handle"),
    "cannot_tell": ("grey", "question_mark"),
    "too_few_to_tell": ("grey", "group_off"),
    "not_reliable_enough_to_read": ("yellow", "warning"),
    "not_shown": ("grey", "visibility_off"),
    "exploratory": ("grey", "search"),
}
_CHECKS: dict[CheckStatus, tuple[str, str]] = {
    "passed": ("green", "check"),
    "warning": ("yellow", "warning"),
    "failed": ("red", "block"),
    "could_not_run": ("grey", "help"),
}
STATUS_WORDS: dict[CheckStatus, str] = {
    "passed": "passed",
    "warning": "take care",
    "failed": "failed",
    "could_not_run": "could not run",
}


def verdict_badges(finding: Finding) -> None:
    """The verdict with its icon and, where the number may be read, the grade of the evidence."""
    color, icon = _VERDICTS[finding.verdict]
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(finding.verdict_label, icon=f":material/{icon}:", color=color)
        # "?" is no grade: the verdict itself says that there are too few.
        if finding.grade in GRADES and finding.verdict not in ("not_shown", "not_reliable_enough_to_read"):
            st.badge(f"Grade {finding.grade}", color="grey", help=GRADES[finding.grade])


def check_badge(check: Check) -> None:
    color, icon = _CHECKS[check.status]
    st.badge(check.label, icon=f":material/{icon}:", color=color, help=plain(check.text))


def check_mark(check: Check) -> str:
    """A check's status as a badge inside a table cell or a sentence."""
    color, icon = _CHECKS[check.status]
    return f":{'gray' if color == 'grey' else color}-badge[:material/{icon}: {STATUS_WORDS[check.status]}]"
