"""Lists as mentoring platforms and programme offices keep them, with invented people."""

from __future__ import annotations

from tests.list_files import csv_of


def chronus() -> bytes:
    header = ["Mentor Email Address", "Mentee Email Address", "Mentoring Connection Name"]
    return csv_of(
        header, [[f"kim{n}@example.org", f"kim{n + 6}@example.org", f"Kim {n} and Kim {n + 6}"] for n in range(1, 7)]
    )


def pushfar() -> bytes:
    header = ["Program ID", "Email", "Mentoring Type", "Maximum mentees", "Categories"]
    kinds = ("mentor", "mentee")
    return csv_of(header, [["reverse", f"kim{n}@example.org", kinds[n % 2], "2", "2;88"] for n in range(1, 13)])


def qooper() -> bytes:
    header = ["Matching Status", "Program", "Mentor Email", "Registered", "Upcoming Meetings", "Completed Meetings"]
    return csv_of(
        header,
        [["Matched-Active", "2026 Spring", f"kim{n}@example.org", f"{n:02}-28-2025", "1", "3"] for n in range(1, 13)],
    )


def roster() -> bytes:
    header = [
        "first name",
        "last name",
        "email address",
        "both mentor and mentee",
        "job title",
        "grade",
        "organisation",
        "profession",
        "characteristics",
        "biography",
    ]
    lines = [
        [
            "Kim",
            f"Lee {n}",
            f"kim{n}@example.org",
            "no",
            "Analyst",
            "HEO",
            "Department of Joy",
            "Digital",
            "",
            f"My name is Kim number {n} and I have been here for a long and happy time.",
        ]
        for n in range(1, 13)
    ]
    return csv_of(header, lines)


def meeting_reports() -> bytes:
    """Both people of a pair report most meetings, a day or two apart."""
    header = [
        "Carimbo de data/hora",
        "Endereço de e-mail",
        "Nome completo",
        "Você é?",
        "1.2 Qual encontro",
        "1.3 Quantos minutos durou o encontro?",
        "1.4 De 0 a 10, que nota você dá para o encontro?",
    ]
    lines = [
        [
            f"{15 + late}/0{month}/2026 10:00:00",
            f"kim{who}@example.org",
            f"Kim {who}",
            "Mentor(a)" if who < 7 else "Mentorado(a)",
            str(month),
            "45",
            "9",
        ]
        for month in (2, 3)
        for who, late in ((1, 0), (7, 2), (2, 0))
    ]
    return csv_of(header, lines)


def people_of_pairs() -> bytes:
    """Canonical people with the addresses that pairs and reports give."""
    lines = [[f"E{n}", "2026-01-31", "2020-01-01", f"kim{n}@example.org"] for n in range(1, 13)]
    return csv_of(["employee_id", "as_of_date", "hire_date", "email"], lines)
