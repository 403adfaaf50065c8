"""Oracle HCM: a report of workers. Its data loader files hold several kinds of record and are refused on reading."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

WORKERS = Listing(
    name="Oracle worker report",
    kind="people",
    known_by=("Person Number", "Assignment Status"),
    columns={
        "Person Number": "employee_id",
        "Assignment Number": "do not load",
        "Assignment Status": "employment_status",
        "Start Date": "hire_date",
        "Enterprise Hire Date": "hire_date",
        "Actual Termination Date": "termination_date",
        "Leaving Reason": "termination_type",
        "Person Type": "worker_type",
        "Grade": "level",
        "Job": "job_title",
        "Department": "department",
        "Location": "location",
        "Manager Person Number": "manager_id",
        "Work Email": "email",
    },
)
FORMATS = (format_of(WORKERS),)
