"""HiBob: people with a lifecycle status; somebody "Hired" has not started yet."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

PEOPLE = Listing(
    name="HiBob people list",
    kind="people",
    known_by=("Display name", "Start date", "Reports to", "Site"),
    columns={
        "Employee ID": "employee_id",
        "ID": "employee_id",
        "Start date": "hire_date",
        "Original start date": "original_hire_date",
        "Termination date": "termination_date",
        "Termination type": "termination_type",
        "Status": "employment_status",
        "Lifecycle status": "employment_status",
        "Employment type": "worker_type",
        "Job title": "job_title",
        "Department": "department",
        "Site": "location",
        "Reports to": "do not load",
        "Email": "email",
    },
)
FORMATS = (format_of(PEOPLE),)
