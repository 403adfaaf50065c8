"""What stands on a page when there is nothing to show yet, and the strip that says whether numbers can be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.findings.results import Check, CheckStatus, Finding, HealthFinding
from ui import data
from ui.badges import check_badge
from ui.navigation import link_to
from ui.text import plain, quiet

MOST_BADGES = 5
_ORDER: dict[CheckStatus, int] = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}


def nothing_yet(sentence: str, sample: bool) -> None:
    """One sentence and the two ways on; ends the run."""
    with st.container(border=True):
        st.markdown("**Nothing to show yet**")
        st.markdown(sentence)
        with st.container(horizontal=True):
            link_to("uploads", "Add files", ":material/upload_file:")
            if not sample and st.button("Use sample data"):
                data.want_sample(True)
                st.rerun()
    st.stop()


def health_strip(health: HealthFinding) -> None:
    """Can these numbers be read? Failed checks first, five badges at most, then the answer."""
    with st.container(border=True, gap="xsmall"):
        _badges("Can these numbers be read?", health.checks)
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            st.markdown(quiet(plain(health.sentence)), width="content")
            link_to("evidence", "See how each number was made", ":material/arrow_forward:")


def checks_strip(finding: Finding) -> None:
    """The same of one number; nothing where it is hidden and its checks with it."""
    if not finding.checks:
        return
    passed = sum(check.status == "passed" for check in finding.checks)
    with st.container(border=True, gap="xsmall"):
        _badges("Can this number be read?", finding.checks)
        st.markdown(quiet(f"{_answer(finding)} {passed} of {len(finding.checks)} checks passed."))


def _answer(finding: Finding) -> str:
    statuses = {check.status for check in finding.checks}
    if not finding.cohorts and finding.verdict == "not_shown":
        return "Not yet: nobody who took part can be compared yet."
    if "failed" in statuses:
        return "No: a check failed, so it is withheld."
    if finding.verdict == "too_few_to_tell":
        return "Not yet: too few people for a verdict."
    return "With care." if "warning" in statuses else "Yes."


def _badges(question: str, checks: Sequence[Check]) -> None:
    worst = sorted(checks, key=lambda check: _ORDER[check.status])[:MOST_BADGES]
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(f"**{question}**", width="content")
        for check in sorted(worst, key=lambda check: -_ORDER[check.status]):
            check_badge(check)
