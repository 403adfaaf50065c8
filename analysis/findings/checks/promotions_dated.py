"""Can promotions be recognised, and dated to before or after joining (rule R10)?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.nobody import counted_nobody
from analysis.findings.results import Check

NAME, LABEL = "promotions_dated", "Promotions dated"


def check(case: Case) -> Check | None:
    if case.analysis.outcome != "promotion":
        return None
    if not case.data.has_ladder:
        text = "There is no ladder of levels, so a promotion cannot be recognised."
        return Check(NAME, LABEL, "failed", text, remedy="A ladder file: level and rank.")
    if counted_nobody(case.analysis):
        return Check(NAME, LABEL, "could_not_run", "Nobody has been followed, so no promotion was looked for.")
    undated = case.analysis.figure.undated_rises
    text = "Every promotion counted has a date after joining."
    if undated:
        text = f"{undated:,} rises between two snapshots cannot be dated to before or after joining and are left out."
    remedy = "Job events with the dates of promotions."
    return Check(NAME, LABEL, "warning" if undated else "passed", text, float(undated), 0.0, remedy)
