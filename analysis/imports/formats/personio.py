"""Personio: headers in the language of the account, or as its interface names them."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

_COLUMNS = {
    "id": "employee_id",
    "employee_id": "employee_id",
    "Personalnummer": "employee_id",
    "hire_date": "hire_date",
    "Eintrittsdatum": "hire_date",
    "termination_date": "termination_date",
    "Austrittsdatum": "termination_date",
    "contract_end_date": "do not load",
    "Vertragsende": "do not load",
    "termination_type": "termination_type",
    "Kündigungsart": "termination_type",
    "employment_type": "worker_type",
    "Beschäftigungsart": "worker_type",
    "status": "employment_status",
    "Status": "employment_status",
    "position": "job_title",
    "Position": "job_title",
    "department": "department",
    "Abteilung": "department",
    "office": "location",
    "Standort": "location",
    "supervisor": "do not load",
    "Vorgesetzter": "do not load",
    "email": "email",
    "E-Mail": "email",
    "gender": "gender",
    "Geschlecht": "gender",
}
ENGLISH = Listing(
    "Personio employee list", "people", ("hire_date", "employment_type", "supervisor", "office"), _COLUMNS
)
GERMAN = Listing("Personio employee list", "people", ("Eintrittsdatum", "Beschäftigungsart", "Vorgesetzter"), _COLUMNS)
FORMATS = (format_of(ENGLISH), format_of(GERMAN))
