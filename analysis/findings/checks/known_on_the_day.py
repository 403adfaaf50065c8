"""Are people compared on what was known on the day, or on what they became later?"""

from __future__ import annotations

from analysis.findings.checks.case import Case
from analysis.findings.nobody import counted_nobody
from analysis.findings.results import Check

NAME, LABEL = "covariates_as_of_time_zero", "Known on the day"


def check(case: Case) -> Check:
    if counted_nobody(case.analysis):
        return Check(NAME, LABEL, "could_not_run", "Nobody is compared yet.")
    if case.data.has_snapshots:
        text = "People are compared on what was known on the day the cohort started."
        return Check(NAME, LABEL, "passed", text)
    return Check(
        NAME,
        LABEL,
        "warning",
        "Only a master list is held: department, location, rating and hours on the day are not known.",
        remedy="Dated snapshots of everyone, at least one before each cohort.",
    )
