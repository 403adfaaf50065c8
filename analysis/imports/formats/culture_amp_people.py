"""Culture Amp's employee file: ISO dates, and a workbook whose first sheet is instructions."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

EMPLOYEES = Listing(
    name="Culture Amp employee file",
    kind="people",
    known_by=("Employee Id", "Start Date", "Manager Email"),
    columns={
        "Employee Id": "employee_id",
        "Email": "email",
        "Date of Birth": "birth_year",
        "Start Date": "hire_date",
        "End Date": "termination_date",
        "Job Title Level": "level",
        "Job Title": "job_title",
        "Department": "department",
        "Location": "location",
        "Gender": "gender",
        "Race/Ethnicity": "ethnicity",
        "Employment Type": "worker_type",
        "Preferred Name": "do not load",
        "Manager Email": "do not load",
        "Language": "do not load",
    },
)
FORMATS = (format_of(EMPLOYEES),)
