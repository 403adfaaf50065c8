"""Values: what is known gets its meaning, what is not known is asked about, nothing means two things."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from analysis.imports import meanings
from analysis.imports.meanings import OPEN, levels_of, meaning, means_blank, normalised, without_code
from analysis.store.model import KINDS, NO_DATE

RAW = json.loads((Path(meanings.__file__).with_name("meanings.json")).read_text(encoding="utf-8"))
CHOICES = [(kind.name, column) for kind in KINDS.values() for column in kind.columns if column.choices]
GROUPS = {"gender": ("man", "woman", "non-binary", "declined"), "ethnicity": ("declined",)}

TABLE = {
    ("people", "termination_type"): {
        "voluntary": "Resigned|Career change|Another position|Eigenkündigung|DÉMISSION|Renuncia|Baja voluntaria|V|"
        "Voluntarily Terminated|Pedido de demissão|Terminate Employee > Voluntary > Better pay|Voluntary - any reason|"
        "Resignation / Career change",
        "involuntary": "Terminated for Cause|Performance|Redundancy|Layoff|Laid off|licenciement économique|Despido|"
        "Betriebsbedingte Kündigung|Involuntary: something of our own|no-call, no-show|Dispensa sem justa causa",
        "retirement": "Retired|Ruhestand|Départ à la retraite|Jubilación|Aposentadoria",
        "end_of_contract": "End of contract|Ende der Befristung|Fin de CDD|End of internship|Término de contrato",
        "death": "Death|Deceased|verstorben|Décès",
        "": "N/A-StillEmployed|N/A - Has not started yet|n/a|-|",
        "unknown": "Unknown|U",
        None: "Aufhebungsvertrag|Mutual agreement|Kündigung|Rupture conventionnelle|Voluntary redundancy|Yes|Regretted|"
        "Voluntary - Retirement|Voluntary/Involuntary|1|Our own reason",
    },
    ("job_events", "termination_type"): {"voluntary": "Resignation", "involuntary": "Dismissal"},
    ("people", "employment_status"): {
        "active": "Active|A|Aktiv|Employed|ACTIVE|A - Active|1 Active|Full-Time|Active - Payroll Eligible",
        "leave": "Leave of Absence|LOA|Elternzeit|On leave",
        "notice": "Garden Leave|Notice period|In Kündigungsfrist",
        "terminated": "Terminated|T|Inactive|Retired|ausgeschieden|Withdrawn|Terminated for Cause",
        "not_started": "Hired|Future hire|Not started",
        "unknown": "unknown",
        "": "null|#N/A",
        None: "3|De baja|Active / On leave",
    },
    ("people", "worker_type"): {
        "employee": "Regular|Permanent|FTE|R|Full-Time|Festangestellt|CDI|unbefristet",
        "contractor": "Contingent|Contingent Worker|Contractor|Leiharbeitnehmer|Prestataire",
        "intern_apprentice": "Intern|Apprentice|Werkstudent|Auszubildende/r|Stagiaire|Intern / Apprentice",
        "temporary": "Temp|T|Fixed term|Fixed-Term|befristet|CDD|Seasonal",
        None: "Executive|C|Regular/Temporary",
    },
    ("job_events", "event_type"): {
        "hire": "Einstellung|New Hire|Hire|Embauche",
        "rehire": "Wiedereinstellung|Re-hire",
        "promotion": "Promotion|Job Change > Promotion|Promote Employee|Promote Employee > Promotion > New role|"
        "Beförderung|Data Change > Promotion",
        "demotion": "Demotion|Demote Employee",
        "lateral": "Lateral Move|Change Job > Lateral Move > Other",
        "transfer": "Versetzung|Transfer|Internal transfer",
        "regrade": "Regrade|Umgruppierung",
        "leave": "Leave of Absence|Elternzeit",
        "return": "Return from Leave|Return",
        "termination": "Austritt|Terminate Employee > Voluntary > Career change|Resignation",
        "data_change": "Merit|Data Change|Merit increase|Gehaltserhöhung",
        None: "Job Change|Promotion - declined|Promotion / Demotion|Baja",
    },
    ("invitations", "side"): {
        "mentor": "Mentor|Mentor(a)|MENTORS|Mentorin",
        "mentee": "Mentee|Mentorado|Mentorado(a)|Protégé|Protegé(e)",
        None: "Both|Y|Mentor/Mentee|Mentore",
    },
    ("survey", "side"): {"mentor": "Mentora", "mentee": "mentees"},
    ("invitations", "response"): {
        "accepted": "Accepted|Yes|Matched-Active|Zugesagt",
        "declined": "Declined|No|Abgelehnt",
        "no_answer": "No answer|Pending|No response|no_answer",
        "not_drawn": "Not drawn|not_drawn",
        "waitlisted": "Unmatched|Match Request-Waiting|Wait-listed|Warteliste",
        None: "Maybe|Not selected|Withdrawn",
    },
    ("invitations", "method"): {
        "volunteer": "Volunteered|Self-nominated|Freiwillig",
        "nominated": "Nominated by manager|Nominiert",
        "lottery": "Random draw|Sorteio",
        "mandatory": "Compulsory",
        None: "Assigned",
    },
    ("pairs", "status"): {
        "active": "Matched-Active|In progress|Active|Laufend",
        "completed": "Matched-Duration Completed|Concluded|Completed|Abgeschlossen",
        "ended_early": "Cancelled|Canceled|Dropped out|abgebrochen",
        "paused": "On hold",
        "planned": "Match Request-Waiting|Proposed",
        None: "Closed|Unmatched",
    },
    ("pairs", "topic"): {
        "digital_skills": "AI|Digital literacy",
        "inclusion": "D&I|DEI|Diversity, Equity & Inclusion|Diversity and inclusion",
        "tech_support": "IT support",
        "social_media": "Social Media|LinkedIn",
        None: "Wine",
    },
    ("sessions", "topic"): {"career": "Career development", "other": "Sonstiges"},
    ("sessions", "status"): {
        "held": "Completed|Attended|Held|Took place",
        "cancelled": "Cancelled|Canceled|Abgesagt",
        "no_show": "No-show|no show|Did not attend",
        "scheduled": "Upcoming|Planned|Geplant",
        None: "Rescheduled",
    },
    ("sessions", "cancelled_by"): {
        "mentor": "Mentor|By the mentor|Mentor(a)",
        "mentee": "Mentee cancelled|Protégé",
        None: "Programme team",
    },
    ("goals", "kind"): {
        "smart": "SMART|SMART goal",
        "okr_objective": "Objective|OKR objective",
        "okr_key_result": "Key Result|KR",
    },
    ("goals", "status"): {
        "not_started": "Not started|To do",
        "on_track": "On track|In progress",
        "at_risk": "At risk|Behind schedule",
        "achieved": "Completed|Achieved|erreicht",
        "partly": "Partially achieved",
        "missed": "Not achieved",
        "dropped": "Cancelled",
        None: "Open",
    },
    ("survey", "wave"): {
        "pre": "Pre|Baseline|T0|Before|vorher|Pre-survey",
        "mid": "Mid|Midpoint|Mid-term",
        "post": "Post|After|Endline|T1|après",
        "retro_pre": "Retrospective pre|retro_pre|Then-test",
        "pulse": "Pulse",
        None: "Wave 1|1|Follow-up|Pre/Post",
    },
    ("survey", "reversed"): {"true": "TRUE|Yes|1|R", "false": "False|no|0", None: "2"},
    ("survey", "construct"): {"psychological_safety": "Psychological Safety|psychological_safety", None: "Joy"},
    ("people", "gender"): {
        "man": "M|Male|Mann|Homme|Man|männlich|H|Male (M)|1 - Male|Man / Male",
        "woman": "F|Female|Frau|Femme|W|Mujer|Feminino",
        "non-binary": "Non-binary|nonbinary|Non binary|NB|divers|Non-binary / third gender|genderqueer",
        "declined": "D|NO_GENDER",
        None: "0|1|2|X|O|Other|Male/Female|Transgender",
    },
    ("people", "ethnicity"): {None: "White|Asian (United Kingdom)|D|1"},
    ("people", "disability"): {
        "yes": "Yes|Ja|Oui|Sim|Sí|Yes, I have a disability|Yes, I have a disability, or have had one in the past|Y",
        "no": "No|Nein|Não|No, I don't have a disability|No disability|"
        "No, I do not have a disability and have not had one in the past",
        None: "1|0|None|D|No, I will not tell you|No, I don't wish to answer|Yes - prefer not to say",
    },
    ("people", "lgbtq"): {
        "yes": "Yes|Gay or lesbian|Bisexual|LGBTQ+|Gay/Lesbian|Queer",
        "no": "No|Heterosexual/Straight|Straight|Heterosexual (straight)|Heterosexuell",
        None: "Other|None|Prefer to self-describe|1",
    },
}
ROWS = [
    (kind, column, text, value)
    for (kind, column), by_value in TABLE.items()
    for value, texts in by_value.items()
    for text in texts.split("|")
]
DECLINES = """Prefer not to say|Prefer not to answer|PREFER NOT TO SAY.|I prefer not to say|I'd rather not say|
Decline to self-identify|Declined to self-identify|Declined to Specify|Decline to state|Not Specified|NSPEC|Undeclared|
Did not respond|I don't wish to answer|I do not wish to disclose this information|I don’t wish to answer|Keine Angabe|
Préfère ne pas répondre|Prefiero no decirlo|Prefiro não responder|Undisclosed|Withheld|Choose not to disclose|
I choose not to self-identify|Prefer not to say (United Kingdom)|9 - Prefer not to say|Prefer not to identify"""


@pytest.mark.parametrize(("kind", "column", "text", "value"), ROWS)
def test_values_of_every_column(kind, column, text, value):
    assert meaning(kind, column, text) == value
    assert meaning(kind, column, f"  {text.upper() if len(text) > 3 else text}\t") == value


@pytest.mark.parametrize("column", ["gender", "ethnicity", "disability", "lgbtq"])
@pytest.mark.parametrize("text", DECLINES.replace("\n", "").split("|"))
def test_declining_to_say_is_its_own_answer(column, text):
    assert meaning("people", column, text) == "declined"


@pytest.mark.parametrize("column", ["gender", "ethnicity", "disability", "lgbtq"])
@pytest.mark.parametrize("text", ["U", "Unknown", "N/A", "-", "", "Unbekannt"])
def test_unknown_is_blank_and_never_declined(column, text):
    assert meaning("people", column, text) == ""


def test_declining_is_no_answer_to_other_questions():
    assert meaning("people", "worker_type", "Prefer not to say") is None
    assert meaning("people", "department", "Undisclosed") is None


@pytest.mark.parametrize(("kind", "column"), CHOICES, ids=lambda part: part if isinstance(part, str) else part.name)
def test_every_choice_column_is_covered_and_its_own_values_mean_themselves(kind, column):
    assert (kind, column.name) in TABLE
    for value in column.choices:
        assert meaning(kind, column.name, value) == value
        assert meaning(kind, column.name, value.replace("_", " ").title()) == value


@pytest.mark.parametrize(("column", "group"), [(column, group) for column in GROUPS for group in GROUPS[column]])
def test_groups_mean_themselves(column, group):
    assert meaning("people", column, group) == group


@pytest.mark.parametrize("name", sorted(RAW["columns"]))
def test_no_text_means_two_things_and_every_meaning_exists(name):
    kind_name, _, column_name = name.rpartition(".")
    entry = {value: texts for value, texts in RAW["columns"][name].items() if isinstance(texts, list)}
    meant = defaultdict(set)
    for value, texts in entry.items():
        for text in [*texts, *([value] if value not in ("", "ask") else [])]:
            meant[normalised(text)].add(value)
    assert {text: values for text, values in meant.items() if len(values) > 1} == {}
    allowed = set(GROUPS.get(column_name, ()))
    for kind in [KINDS[kind_name]] if kind_name else KINDS.values():
        if column_name in kind.headers:
            allowed |= set(kind.column(column_name).choices)
    assert set(entry) - {"", "ask"} <= allowed


@pytest.mark.parametrize("name", sorted(RAW["columns"]))
def test_every_spelling_is_found(name):
    kind, _, column = name.rpartition(".")
    for value, texts in RAW["columns"][name].items():
        for text in texts if isinstance(texts, list) else ():
            assert meaning(kind, column, text) == (None if value == "ask" else value), text


def test_a_letter_is_read_by_its_company():
    assert meaning("people", "gender", "M", ["F", "M"]) == "man"
    assert meaning("people", "gender", "M", ["H", "M"]) == "woman"
    assert meaning("people", "gender", "D", ["m", "w", "d"]) == "non-binary"
    assert meaning("people", "gender", "D", ["M", "F", "U", "D", "O"]) == "declined"
    assert meaning("people", "employment_status", "Inactive", ["Active", "Inactive"]) == "terminated"
    assert meaning("people", "employment_status", "Inactive", ["Active", "Inactive", "Withdrawn"]) == "leave"
    assert meaning("people", "employment_status", "Inactive", ["Active", "Inactive", "Terminated"]) is None
    assert meaning("survey", "wave", "T1", ["T0", "T1"]) == "post"
    assert meaning("survey", "wave", "T1", ["T0", "T1", "T2"]) is None


def test_other_columns_keep_their_values():
    assert meaning("people", "department", "110000 News Operations") is None
    assert meaning("people", "department", "N/A") == ""
    assert {"gender", "ethnicity", "level", "department"} <= OPEN
    assert not {column.name for _, column in CHOICES} & OPEN


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("110000 News Operations", "News Operations"),
        ("White (United States of America)", "White"),
        ("CC1100 - Sales", "Sales"),
        ("42 - Finance", "Finance"),
        ("Sales (12345)", "Sales"),
        ("Sales (North)", "Sales (North)"),
        ("White (Not Hispanic or Latino)", "White (Not Hispanic or Latino)"),
        ("3M Team", "3M Team"),
        ("2nd Line Support", "2nd Line Support"),
        ("360 Marketing", "360 Marketing"),
        ("2024 Graduates", "2024 Graduates"),
        ("Grade 7", "Grade 7"),
        ("110000", "110000"),
        ("(Canada)", "(Canada)"),
        (" Sales ", "Sales"),
    ],
)
def test_codes_and_countries_come_off(text, name):
    assert without_code(text) == name


def test_grades_are_shown_in_a_readable_order():
    texts = ["Grade 10", "Grade 9", "grade 9", " Grade 9 ", "AA", "", "N/A", "Grade 10"]
    assert levels_of(texts) == ("AA", "Grade 9", "grade 9", "Grade 10")


@pytest.mark.parametrize("text", ["", " ", "-", "--", "N/A", "n/a", "#N/A", "NULL", "None", "(blank)", "?"])
def test_blank_in_any_column(text):
    assert means_blank(text)


@pytest.mark.parametrize("text", ["0", "No", "Unknown", *sorted(NO_DATE)])
def test_not_blank(text):
    assert not means_blank(text)
