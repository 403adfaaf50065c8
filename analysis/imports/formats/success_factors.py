"""SAP SuccessFactors: the first row has the system's names, the second their labels; people follow from the third."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

USERS = Listing(
    name="SAP SuccessFactors user list",
    kind="people",
    known_by=("STATUS", "USERID", "MANAGER", "HIREDATE"),
    columns={
        "STATUS": "employment_status",
        "USERID": "employee_id",
        "EMPID": "do not load",
        "USERNAME": "do not load",
        "HIREDATE": "hire_date",
        "COMPANYEXITDATE": "termination_date",
        "EMAIL": "email",
        "MANAGER": "manager_id",
        "HR": "do not load",
        "DEPARTMENT": "department",
        "DIVISION": "do not load",
        "LOCATION": "location",
        "TITLE": "job_title",
        "JOBCODE": "do not load",
        "GENDER": "gender",
    },
    header_rows=2,
)
FORMATS = (format_of(USERS),)
