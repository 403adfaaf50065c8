"""SAP HCM: the personnel list, and the monthly list of moves ("Maßnahmen") below a title and a date."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

PERSONNEL = Listing(
    name="SAP personnel list",
    kind="people",
    known_by=("Pers.no.", "Joining Date"),
    columns={
        "Pers.no.": "employee_id",
        "Joining Date": "hire_date",
        "Leaving Date": "termination_date",
        "Employee Group": "worker_type",
        "Employee Subgroup": "level",
        "Cost ctr": "do not load",
        "Cost Center": "do not load",
        "Organizational Unit": "department",
        "PSubarea": "do not load",
        "Personnel Subarea": "do not load",
        "PA": "do not load",
        "Personnel Area": "location",
        "Position": "job_title",
        "Gender Key": "gender",
        "Employment Status": "employment_status",
    },
    values={"worker_type": {"Active": "employee", "External": "contractor"}},
)
MOVES = Listing(
    name="SAP list of moves",
    kind="job_events",
    known_by=("Personalnummer", "Maßnahmenart"),
    columns={
        "Personalnummer": "employee_id",
        "Datum der Maßnahme": "effective_date",
        "Maßnahmenart": "event_type",
        "Maßnahmengrund": "termination_type",
        "Kostenstelle": "do not load",
        "Abteilung": "do not load",
        "Vorgesetzter": "do not load",
    },
)
FORMATS = (format_of(MOVES), format_of(PERSONNEL))
