"""Is there anybody to compare each participant with (PROTOCOL.md 1.4 b)?"""

from __future__ import annotations

from analysis.findings.checks.case import Case, colour
from analysis.findings.disclosure import DESCRIPTIVE, EFFECT
from analysis.findings.results import Check
from analysis.findings.words import group_label, header_label

NAME, LABEL = "support", "Someone to compare with"


def check(case: Case) -> Check | None:
    if not case.fitted:
        return None
    analysis, limits = case.analysis, case.plan.thresholds
    before = analysis.participants + analysis.excluded
    share = analysis.excluded / before if before else 0.0
    text = "Every participant has colleagues to be compared with."
    few = 0 < analysis.excluded < EFFECT
    if few:
        text = f"Fewer than {EFFECT} participants have no comparable colleague and are left out."
    elif analysis.excluded:
        named = ", ".join(
            f"{header_label(name)} {group_label(name, level)}"
            for name, level, people in analysis.excluded_reasons[:3]
            if people >= DESCRIPTIVE
        )
        text = f"{share:.0%} of participants have no comparable colleague and are left out"
        text += f" ({named})." if named else "."
    return Check(
        NAME,
        LABEL,
        colour(share, limits.excluded_amber, limits.excluded_red),
        text,
        None if few else share,  # with the number of participants, the exact share of a few is their count
        limits.excluded_amber if share <= limits.excluded_red else limits.excluded_red,
        "Colleagues of the same level and place who have not joined.",
    )
