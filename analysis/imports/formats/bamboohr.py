"""BambooHR: an employee list has two ids, of which the company's own is "Employee #"; job history is a table apart."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

_IDS = {"Employee #": "employee_id", "id": "do not load"}

EMPLOYEES = Listing(
    name="BambooHR employee list",
    kind="people",
    known_by=("Employee #", "Hire Date", "Reporting to"),
    columns={
        **_IDS,
        "Hire Date": "hire_date",
        "Original Hire Date": "original_hire_date",
        "Termination Date": "termination_date",
        "Termination Type": "termination_type",
        "Status": "employment_status",
        "Employment Status": "worker_type",
        "Job Title": "job_title",
        "Department": "department",
        "Division": "do not load",
        "Location": "location",
        "Reporting to": "do not load",
        "Work Email": "email",
    },
)
JOB_INFORMATION = Listing(
    name="BambooHR job information",
    kind="job_events",
    known_by=("Employee #", "Job Information: Date"),
    columns={
        **_IDS,
        "Job Information: Date": "effective_date",
        "Change Reason": "event_type",
        "Job Title": "do not load",
        "Department": "do not load",
        "Division": "do not load",
        "Location": "do not load",
        "Reporting to": "do not load",
    },
)
FORMATS = (format_of(JOB_INFORMATION), format_of(EMPLOYEES))
