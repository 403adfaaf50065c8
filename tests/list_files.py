"""Lists as HR systems and mentoring platforms export them, with invented people: the same shapes, nobody's data."""

from __future__ import annotations

from collections.abc import Sequence

PEOPLE = 12


def csv_of(header: Sequence[str], lines: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in (delimiter, '"', "\n")) else text

    return "\n".join(delimiter.join(map(cell, line)) for line in (header, *lines)).encode()


def workday() -> bytes:
    header = [
        "Employee ID",
        "Worker",
        "Business Title",
        "Management Level",
        "Supervisory Organization",
        "Cost Center",
        "Hire Date",
        "Termination Date",
        "Primary Termination Reason",
        "Gender",
        "Race/Ethnicity",
        "Base Pay",
        "Email - Work",
        "Emp Typ",
    ]
    lines = [
        [
            f"00{number:04}",
            f"Person {number}",
            "Analyst",
            "7 Individual Contributor" if number % 3 else "5 Manager",
            "News (Lee)",
            "110000 News Operations",
            f"{number}/28/2019",
            "03/15/2026" if number == 4 else "",
            "Another position" if number == 4 else "",
            "Female" if number % 2 else "Male",
            "White (United States of America)",
            f"{40_000 + number * 137:,}.00",
            f"person{number}@example.org",
            "R" if number < 10 else "C",
        ]
        for number in range(1, PEOPLE + 1)
    ]
    return csv_of(header, lines)


def workday_history() -> bytes:
    groups = [f"{name}{number}" for number in (1, 2, 3) for name in ("effective_date", "business_process_reason")]
    groups += ["base_pay_change1", "base_pay_change2"]
    lines = [
        [
            f"E{number}",
            "2019-02-28",
            "Hire Employee > New Hire",
            "2022-05-01" if number % 2 else "",
            "Promote Employee > Promotion" if number % 2 else "",
            "",
            "",
            "3,000.00",
            "",
        ]
        for number in range(1, PEOPLE + 1)
    ]
    return csv_of(["Employee ID", *groups], lines)


def bamboohr() -> bytes:
    header = [
        "Employee #",
        "id",
        "Hire Date",
        "Status",
        "Job Title",
        "Department",
        "Division",
        "Location",
        "Reporting to",
    ]
    lines = [
        [str(100 + n), str(9000 + n), f"{n:02}/28/2020", "Active", "Nurse", "Ward 3", "Care", "York", f"Ann {n}"]
        for n in range(1, PEOPLE + 1)
    ]
    return csv_of(header, lines)


def bamboohr_job_information() -> bytes:
    header = ["Employee #", "Job Information: Date", "Change Reason", "Location", "Department", "Job Title"]
    reasons = ("Promotion", "New Hire", "Transfer")
    lines = [[str(100 + n), f"2023-{n:02}-28", reasons[n % 3], "York", "Ward 3", "Nurse"] for n in range(1, PEOPLE + 1)]
    return csv_of(header, lines)


def success_factors() -> bytes:
    header = ["STATUS", "USERID", "USERNAME", "FIRSTNAME", "GENDER", "EMAIL", "MANAGER", "DEPARTMENT", "HIREDATE"]
    labels = ["Status", "User ID", "Username", "First Name", "Gender", "Email", "Manager", "Department", "Hire Date"]
    lines = [
        [
            "Active" if n % 4 else "Inactive",
            f"u{n}",
            f"user{n}",
            f"Kim {n}",
            "MFUDO"[n % 5],
            f"u{n}@example.org",
            "NO_MGR" if n == 1 else "u1",
            "Sales",
            f"{n:02}/28/2018",
        ]
        for n in range(1, PEOPLE + 1)
    ]
    return csv_of(header, [labels, *lines])


def sap_personnel() -> bytes:
    header = [
        "Pers.no.",
        "Name",
        "Joining Date",
        "Employee Group",
        "Employee Subgroup",
        "Cost ctr",
        "Cost Center",
        "Personnel Area",
        "Gender Key",
        "Employment Status",
    ]
    lines = [
        [
            f"{467000 + n}",
            f"Person {n}",
            f"28.{n:02}.2017",
            "Active",
            "E1" if n % 2 else "E2",
            "4711",
            "Lab",
            "Bonn",
            "1" if n % 2 else "2",
            "Active",
        ]
        for n in range(1, PEOPLE + 1)
    ]
    return csv_of(header, lines)


def sap_moves() -> bytes:
    kinds = ("Einstellung", "Versetzung", "Austritt", "Wiedereinstellung")
    rows = [
        ["", "Personalmaßnahmen", "", "", "", "", "", "", ""],
        ["", "Stand: 31.10.2026", "", "", "", "", "", "", ""],
        ["", "", "", "", "", "", "", "", ""],
        ["", "", "", "", "", "", "", "", ""],
        [
            "",
            "Datum der Maßnahme",
            "Personalnummer",
            "Mitarbeiter",
            "Kostenstelle",
            "Abteilung",
            "Vorgesetzter",
            "Maßnahmenart",
            "",
        ],
    ]
    rows += [
        ["", f"{n + 12}.10.2026", f"{5000 + n}", f"Person {n}", "4711", "Lab", "Lee", kinds[n % 4], ""]
        for n in range(1, 13)
    ]
    return "\r\n".join(";".join(row) for row in rows).encode("cp1252")


def adp() -> bytes:
    header = [
        "Associate ID",
        "Position ID",
        "Payroll Name",
        "File Number",
        "Co Code",
        "Position Status",
        "Worker Category Description",
        "Hire Date",
        "Termination Date",
    ]
    lines = [
        [
            f"A{n:05}",
            f"P{n}",
            f"Lee, Kim {n}",
            str(n),
            "XYZ",
            "Active" if n != 3 else "Terminated",
            "Regular Full-Time",
            f"{n:02}/28/2016",
            "10/30/2026" if n == 3 else "",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def adp_payroll() -> bytes:
    header = ["Co Code", "File #", "Employee Name", "Hire Date", "Annual Rt"]
    lines = [
        [code, str(n), f"Lee, Kim {n}", f"{n:02}/28/2016", "40,000.00"] for code in ("XYZ", "ABC") for n in range(1, 7)
    ]
    return csv_of(header, lines)


def ukg() -> bytes:
    header = [
        "Employee Id",
        "Account Id",
        "Employee Status",
        "SS#",
        "Date Hired",
        "Manager 1 Employee Id",
        "Org Level 1",
        "Org Level 2",
    ]
    lines = [
        [f"{n:03}", f"77{n:03}", "Active", f"123-45-{6700 + n}", f"{n:02}/28/2015", "001", "Stores", "North"]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def oracle() -> bytes:
    header = [
        "Person Number",
        "Assignment Number",
        "Assignment Status",
        "Start Date",
        "Actual Termination Date",
        "Person Type",
        "Grade",
        "Department",
    ]
    lines = [
        [
            str(30000 + n),
            f"E{30000 + n}",
            "Active - Payroll Eligible",
            f"2014/{n:02}/28",
            "4712/12/31",
            "Employee",
            "G7",
            "Tax",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def personio() -> bytes:
    header = [
        "Vorname",
        "Nachname",
        "Personalnummer",
        "Eintrittsdatum",
        "Austrittsdatum",
        "Beschäftigungsart",
        "Abteilung",
        "Standort",
        "Vorgesetzter",
        "Geschlecht",
        "Grundgehalt",
    ]
    lines = [
        [
            "Kim",
            f"Lee{n}",
            str(n),
            f"28.{n:02}.2021",
            "",
            "Festangestellt",
            "Vertrieb",
            "Köln",
            "Lee",
            "weiblich" if n % 2 else "männlich",
            "50.000,00",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines, ";")


def hibob() -> bytes:
    header = ["Employee ID", "Display name", "Start date", "Status", "Department", "Site", "Reports to", "Job title"]
    lines = [
        [
            str(n),
            f"Kim {n}",
            f"28/{n:02}/2022",
            "Employed" if n < 11 else "Hired",
            "Design",
            "Berlin",
            "Kim 1",
            "Designer",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def culture_amp() -> bytes:
    header = [
        "Name",
        "Preferred Name",
        "Employee Id",
        "Email",
        "Date of Birth",
        "Start Date",
        "End Date",
        "Language",
        "Manager Email",
        "Job Title Level",
        "Gender",
        "Race/Ethnicity",
        "Employment Type",
    ]
    lines = [
        [
            f"Kim {n}",
            "Kim",
            str(n),
            f"kim{n}@example.org",
            f"19{70 + n}-05-28",
            f"2020-{n:02}-28",
            "",
            "en",
            "kim1@example.org",
            "Lead" if n % 2 else "Staff",
            "Woman",
            "Prefer not to say",
            "Full-time",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def leavers() -> bytes:
    lines = [[f"E{n}", f"2024-{n:02}-28"] for n in range(1, 13)]
    return csv_of(["EMP ID", "Termination Date"], lines)
