"""Made-up reports: everything shown, everything suppressed, hostile names, and the most that a quarter can hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import lru_cache

from analysis.findings.health.results import (
    Cadence,
    Cell,
    CohortStates,
    Direction,
    Endings,
    Gap,
    Number,
    ProgrammeHealth,
    Quartiles,
    SessionCounts,
    Sessions,
)
from analysis.findings.health.shares import Share, hidden
from analysis.findings.health.summary import HealthSummary, HealthTile
from analysis.findings.results import EVERYBODY, Finding
from analysis.reports.content import Audience, Parts, Report, Stamp, compose
from analysis.reports.write import render
from tests import fabricated, fabricated_diversity, fabricated_evidence

STAMP = Stamp("2026Q3", "board", 17, "2026-10-31", "2026-10-31T06:12:00+00:00", "0.4.0", "4f9c21aa00bb", ("a", "b"))
POISON = {"estimate": 0.0777123, "ci_low": 0.0777456, "rate_participants": 0.7771789, "n_participants": 77713}
HOSTILE = ('=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "\u202eمبيعات", "+cmd|'/c calc'!A0")


def poisoned(finding: Finding) -> Finding:
    """Suppressed, and yet with numbers in it, as no finding should be."""
    return replace(fabricated.NOT_SHOWN, side=finding.side, outcome=finding.outcome, cohort=finding.cohort,
                   by=finding.by, group=finding.group, **POISON)  # type: ignore[arg-type]  # fmt: skip


SHARE = Share(0.84, 0.80, 0.87, 252, 300, 60)
FEW = hidden("Not shown: fewer than 5 pairs.")
STATES = tuple(
    Cell(name, count, None if count is not None else "Not shown: fewer than 5 pairs.", count is None)
    for name, count in (("planned", 0), ("active", 61), ("paused", None), ("completed", 30), ("ended_early", 9),
                        ("unknown", 0))
)  # fmt: skip
PROGRAMME = ProgrammeHealth(
    "2026Q3", "2026-09-30", None, EVERYBODY, fabricated.HEALTH, "61 pairs are running.", None,
    states=(CohortStates(None, 103, STATES, Number(0.91, 0.86, 0.97, 100)),),
    cadence=Cadence(SHARE, SHARE, Number(0.91, 0.86, 0.97, 100), Number(0.95, 0.9, 1.0, 100), 1.0,
                    Quartiles(31.0, 29.0, 34.0, 28.0, 40.0, 90), 30.0),
    sessions=Sessions(SessionCounts(None, 300, SHARE, FEW, FEW, FEW, FEW), (), Number(2.1, 1.4, 3.3, 60), FEW, 2),
    direction=Direction((Gap("level", SHARE, Quartiles(2.0, 2.0, 3.0, 1.0, 3.0, 90)),), (), (), "Most are junior."),
    endings=Endings(SHARE, (Cell("workload", 9), Cell("unknown", None, "Not shown: fewer than 5 pairs."))),
    notes=("A pair is one mentor and one mentee.",),
)  # fmt: skip


@lru_cache
def report(
    audience: Audience = "board", *, suppressed: bool = False, names: tuple[str, ...] = (), cohorts: int = 0
) -> Report:
    impact = fabricated.impact()
    details = tuple(fabricated.detail(finding) for finding in impact.headlines)
    if suppressed:
        impact = replace(
            impact,
            headlines=tuple(map(poisoned, impact.headlines)),
            by_cohort=tuple(map(poisoned, impact.by_cohort)),
        )
        details = tuple(
            replace(each, finding=found, methods=tuple(replace(row, estimate=0.0777123) for row in each.methods))
            for each, found in zip(details, impact.headlines, strict=True)
        )
    if cohorts:
        long = "A cohort with a very long name that somebody typed"
        rows = tuple(
            replace(fabricated.FINDING, by="cohort", group=f"{long} {n}", cohort=f"{long} {n}") for n in range(cohorts)
        )
        impact = replace(impact, by_cohort=rows)
    if names:
        found = impact.reach[0]
        rows = tuple(replace(found.rows[0], header="department", group=name) for name in names)
        spoken = tuple(replace(each, sentence=" ".join((each.sentence, *names))) for each in impact.headlines)
        levels = tuple(replace(each, group=names[0], cohort=names[0]) for each in impact.by_cohort)
        impact = replace(
            impact, reach=(replace(found, rows=(*found.rows, *rows)),), headlines=spoken, by_cohort=levels
        )  # fmt: skip
    tiles = (
        HealthTile("active_pairs", "Active pairs", True, 103.0, None, None, None, (79.0, 103.0), 24.0, "Pairs.", None),
        HealthTile("sessions_held", "Sessions held", False, None, None, None, None, (None,), None, "Held.", "too few"),
    )  # fmt: skip
    return compose(
        replace(STAMP, audience=audience),
        Parts(
            impact,
            details,
            (fabricated.curves(), fabricated.curves("promotion")),
            fabricated.surveys(),
            HealthSummary("2026Q3", ("2026Q2", "2026Q3"), tiles, 17),
            fabricated_evidence.changes(),
            (),
            PROGRAMME,
            (fabricated_diversity.found(),),
            (fabricated_diversity.leaders(),),
        ),
    )


@lru_cache
def made(form: str, audience: Audience = "board") -> bytes:
    """The plain report as a file: made once for all tests that only read it."""
    return render(report(audience), form)


def texts(content: bytes) -> str:
    """Everything in a file, unzipped, embedded workbooks too."""
    if content[:2] != b"PK":
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return "\n".join(texts(part) if part[:2] == b"PK" else part.decode("utf-8", "ignore") for part in parts)
