"""Made-up reports: everything shown, everything suppressed, hostile names, and the most that a quarter can hold."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from analysis.findings.health.summary import HealthSummary, HealthTile
from analysis.findings.results import Finding
from analysis.reports.content import Audience, Report, Stamp, compose
from tests import fabricated, fabricated_evidence

STAMP = Stamp("2026Q3", "board", 17, "2026-10-31", "2026-10-31T06:12:00+00:00", "0.4.0", "4f9c21aa00bb", ("a", "b"))
POISON = {"estimate": 0.0777123, "ci_low": 0.0777456, "rate_participants": 0.7771789, "n_participants": 77713}
HOSTILE = ('=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "\u202eمبيعات", "+cmd|'/c calc'!A0")


def poisoned(finding: Finding) -> Finding:
    """Suppressed, and yet with numbers in it, as no finding should be."""
    return replace(fabricated.NOT_SHOWN, side=finding.side, outcome=finding.outcome, cohort=finding.cohort,
                   by=finding.by, group=finding.group, **POISON)  # type: ignore[arg-type]  # fmt: skip


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
        impact,
        details,
        (fabricated.curves(), fabricated.curves("promotion")),
        fabricated.surveys(),
        HealthSummary("2026Q3", ("2026Q2", "2026Q3"), tiles, 17),
        fabricated_evidence.changes(),
        (),
    )


def texts(content: bytes) -> str:
    """Everything in a file, unzipped, embedded workbooks too."""
    if content[:2] != b"PK":
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    return "\n".join(texts(part) if part[:2] == b"PK" else part.decode("utf-8", "ignore") for part in parts)
