"""The table of lists that are known by their headers: HR systems and mentoring platforms, the most telling first."""

from __future__ import annotations

from analysis.imports.formats import (
    adp,
    bamboohr,
    check_ins,
    culture_amp_people,
    glint_people,
    hibob,
    mentoring,
    oracle,
    personio,
    sap,
    success_factors,
    ukg,
    workday,
)
from analysis.imports.formats.shape import Format

FORMATS: tuple[Format, ...] = (
    *success_factors.FORMATS,
    *workday.FORMATS,
    *bamboohr.FORMATS,
    *sap.FORMATS,
    *adp.FORMATS,
    *ukg.FORMATS,
    *oracle.FORMATS,
    *personio.FORMATS,
    *hibob.FORMATS,
    *culture_amp_people.FORMATS,
    *glint_people.FORMATS,
    *mentoring.FORMATS,
    *check_ins.FORMATS,
)
