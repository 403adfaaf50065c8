"""UKG Ready and UKG Pro: employees with two ids, of which Employee Id is the company's."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

EMPLOYEES = Listing(
    name="UKG employee list",
    kind="people",
    known_by=("Employee Id", "Employee Status", "Org Level 1"),
    columns={
        "Employee Id": "employee_id",
        "Account Id": "do not load",
        "Employee Status": "employment_status",
        "Date Hired": "hire_date",
        "Date Started": "hire_date",
        "Date Terminated": "termination_date",
        "Termination Reason": "termination_type",
        "Employee Type": "worker_type",
        "Default Jobs (HR)": "job_title",
        "Org Level 1": "department",
        "Org Level 2": "do not load",
        "Org Level 3": "do not load",
        "Org Level 4": "do not load",
        "Manager 1 Employee Id": "manager_id",
        "Primary Email": "email",
    },
)
FORMATS = (format_of(EMPLOYEES),)
