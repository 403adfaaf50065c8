"""ADP: a worker list by Associate ID, and a payroll export whose file numbers are unique only within a company code."""

from __future__ import annotations

from analysis.imports.formats.lines import joined
from analysis.imports.formats.listing import Listing, Prepare, format_of
from analysis.imports.headers import normalise
from analysis.imports.table import Table

_COMMON = {
    "Hire Date": "hire_date",
    "Hire / Rehire Date": "hire_date",
    "Termination Date": "termination_date",
    "Termination Reason Description": "termination_type",
    "Position Status": "employment_status",
    "Worker Category Description": "worker_type",
    "Job Title Description": "job_title",
    "Home Department Description": "department",
    "Location Description": "location",
    "Work Contact: Work Email": "email",
    "Position ID": "do not load",
    "Payroll Name": "do not load",
}
WORKERS = Listing(
    name="ADP worker list",
    kind="people",
    known_by=("Associate ID", "Position Status"),
    columns={**_COMMON, "Associate ID": "employee_id", "File Number": "do not load", "Co Code": "do not load"},
)


def _company_and_number(table: Table, header: list[str]) -> tuple[Table, list[str]]:
    """The company code and the file number together are the id."""
    names = [normalise(name) for name in header]
    code, number = names.index(normalise("Co Code")), names.index(normalise("File #"))
    return joined(table, header, (code, number), "Co Code and File #")


_PREPARE: Prepare = _company_and_number
PAYROLL = Listing(
    name="ADP payroll list",
    kind="people",
    known_by=("Co Code", "File #"),
    columns={**_COMMON, "Co Code and File #": "employee_id", "Employee Name": "do not load"},
    prepare=_PREPARE,
)
FORMATS = (format_of(WORKERS), format_of(PAYROLL))
