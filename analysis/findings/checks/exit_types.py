"""Is it known which exits were voluntary? Without types nobody seems to resign, which is no finding."""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.results import Check

NAME, LABEL = "exit_types", "Exits have a type"
REMEDY = "termination_type for every exit: voluntary or involuntary."
MOST_UNTYPED = 0.10


def check(case: Case) -> Check | None:
    exits, typed = case.data.exits, case.data.typed_exits
    if case.analysis.outcome not in ("voluntary_exit", "involuntary_exit") or typed is None or not exits:
        return None
    untyped = (exits - typed) / exits
    if not typed:
        return Check(NAME, LABEL, "failed", "No exit is marked as voluntary or involuntary.", 1.0, 0.0, REMEDY)
    text = f"{untyped:.0%} of exits are neither marked as voluntary nor as involuntary."
    status = "warning" if untyped > MOST_UNTYPED else "passed"
    return Check(NAME, LABEL, "warning" if status == "warning" else "passed", text, untyped, MOST_UNTYPED, REMEDY)
