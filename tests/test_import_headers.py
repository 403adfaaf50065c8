"""Headers are recognised by their names; what is merely similar is only ever suggested."""

import json
import time
from pathlib import Path

import pytest

from analysis.imports.headers import APPLY, SUGGEST, is_wanted, matches, normalise
from analysis.imports.refuse import refused_header
from analysis.store.model import KINDS

VOCABULARY = json.loads(
    (Path(__file__).parent.parent / "analysis" / "imports" / "vocabulary.json").read_text(encoding="utf-8")
)
LISTS = ("people", "job_events", "invitations", "pairs", "sessions", "goals")


def best(header, kind):
    found = matches(header, kind)
    return (found[0].target, found[0].score, found[0].why) if found else None


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Hire Date (MM/DD/YYYY)", "hire date"),
        ("OrigHireDate", "orig hire date"),
        ("EmployeeID", "employee id"),
        ("USERID", "userid"),
        ("effective_date1", "effective date"),
        ("Q2_1", "q"),
        ("Número de empleado", "numero de empleado"),
        ("Datum der Maßnahme", "datum der massnahme"),
        ("\uff28\uff49\uff52\uff45 Date", "hire date"),
        ("  E-Mail  ", "e mail"),
        ("Employee #", "employee number"),
        ("% Complete", "percent complete"),
        ("<strong>Job Title</strong>", "job title"),
        ("(Name)", "name"),
        ("2024", "2024"),
        ("", ""),
    ],
)
def test_a_header_is_reduced_to_its_words(header, words):
    assert normalise(header) == words


@pytest.mark.parametrize("kind", KINDS)
def test_each_canonical_header_is_itself(kind):
    for header in KINDS[kind].headers:
        assert best(header, kind) == (header, 1.0, "the same name")


@pytest.mark.parametrize(
    ("header", "kind", "target"),
    [
        ("EMPLID", "people", "employee_id"),
        ("Pers.no.", "people", "employee_id"),
        ("Associate ID", "people", "employee_id"),
        ("Personalnummer", "job_events", "employee_id"),
        ("Matricule", "people", "employee_id"),
        ("DateofHire", "people", "hire_date"),
        ("Eintrittsdatum", "people", "hire_date"),
        ("Date d’embauche", "people", "hire_date"),
        ("Fecha de ingreso", "people", "hire_date"),
        ("Data de admissão", "people", "hire_date"),
        ("OrigHireDate", "people", "original_hire_date"),
        ("Austrittsdatum", "people", "termination_date"),
        ("Termination Reason", "people", "termination_type"),
        ("Lifecycle status", "people", "employment_status"),
        ("Supervisory Organization", "people", "department"),
        ("Compensation Grade", "people", "level"),
        ("Business Title", "people", "job_title"),
        ("Manager 1 Employee Id", "people", "manager_id"),
        ("GeburtsDatum", "people", "birth_year"),
        ("Geschlecht", "people", "gender"),
        ("Race/Ethnicity", "people", "ethnicity"),
        ("Work Email", "people", "email"),
        ("Performance Score", "people", "performance_rating"),
        ("Beschäftigungsgrad", "people", "fte"),
        ("EFFDT", "job_events", "effective_date"),
        ("Maßnahmenart", "job_events", "event_type"),
        ("Previous Grade", "job_events", "from_level"),
        ("Invitation Sent On", "invitations", "invited_on"),
        ("Você é?", "invitations", "side"),
        ("RSVP", "invitations", "response"),
        ("Mentor Email Address", "pairs", "mentor_email"),
        ("Mentee Email", "sessions", "mentee_email"),
        ("Program Name", "pairs", "programme_id"),
        ("Turma", "pairs", "cohort"),
        ("Matching Method", "pairs", "match_rule"),
        ("Meeting Status", "sessions", "status"),
        ("Quantos minutos durou o encontro?", "sessions", "duration_min"),
        ("Due Date", "goals", "due_on"),
        ("% Complete", "goals", "progress_pct"),
        ("_recordId", "survey", "response_id"),
        ("Carimbo de data/hora", "survey", "submitted_at"),
        ("ExternalReference", "survey", "employee_id"),
        ("First Name", "people", "name"),
        ("Mentor Name", "pairs", "name"),
    ],
)
def test_names_of_other_systems_are_known(header, kind, target):
    assert best(header, kind) == (target, 0.97, "a name we know")


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Orig Hire Dt", "original_hire_date"),
        ("Hire Dt", "hire_date"),
        ("Dept Descr", "department"),
        ("Empl Nbr", "employee_id"),
        ("Mgr ID", "manager_id"),
        ("Pos Title", "job_title"),
        ("Perf Rtg", "performance_rating"),
        ("Empl Grp", "worker_type"),
        ("Sup Org", "department"),
    ],
)
def test_abbreviations_are_spelt_out(header, target):
    found = matches(header, "people")
    assert (found[0].target, found[0].score, found[0].why) == (target, 0.92, "an abbreviation")


@pytest.mark.parametrize(
    ("header", "kind", "target"),
    [
        ("Date Hired", "people", "hire_date"),
        ("Employee Grade Name", "people", "level"),
        ("Terminaton Date", "people", "termination_date"),
        ("Job Levels", "people", "level"),
        ("Meeting Dates", "sessions", "session_date"),
    ],
)
def test_a_similar_name_is_suggested_and_never_applied(header, kind, target):
    name, score, why = best(header, kind)
    assert (name, why) == (target, "a similar name")
    assert SUGGEST <= score < APPLY


@pytest.mark.parametrize(
    ("header", "kind", "target"),
    [
        ("Manager", "people", "manager_id"),
        ("Effective Date", "people", "as_of_date"),
        ("Cost Center", "people", "department"),
        ("Continuous Service Date", "people", "original_hire_date"),
        ("Vertragsende", "people", "termination_date"),
        ("Mentor", "pairs", "mentor_id"),
        ("Level 2", "people", "level"),
        ("Event Reason", "job_events", "event_type"),
    ],
)
def test_what_systems_use_differently_is_asked(header, kind, target):
    name, score, _ = best(header, kind)
    assert name == target
    assert SUGGEST <= score < APPLY


@pytest.mark.parametrize("kind", (*LISTS, "survey"))
def test_no_header_is_applied_to_two_targets(kind):
    for name in {header for other in KINDS.values() for header in other.headers} | {"Employee Subgroup", "Reason"}:
        assert sum(match.score >= APPLY for match in matches(name, kind)) <= 1


@pytest.mark.parametrize("header", ["Employee Subgroup", "Time Type", "Job Code", "Age Group", "Cost ctr", "Salary"])
def test_look_alikes_are_not_applied(header):
    assert all(match.score < APPLY for match in matches(header, "people"))


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ("Duration", True),
        ("Duration (min)", True),
        ("Duration (hours)", False),
        ("Duration (in seconds)", False),
        ("Hours", False),
        ("Dauer (Std.)", False),
    ],
)
def test_other_units_are_not_read_as_minutes(header, minutes):
    assert any(match.target == "duration_min" for match in matches(header, "sessions")) is minutes


@pytest.mark.parametrize("kind", (*LISTS, "survey"))
def test_each_synonym_stands_for_one_target_and_is_let_through(kind):
    links = {"email", "mentor_email", "mentee_email", "mentor_id", "mentee_id"}
    for target, synonyms in VOCABULARY[kind].items():
        assert target in {*KINDS[kind].headers, *links, "do not load"}
        for synonym in synonyms:
            header = synonym.removeprefix("? ")
            assert refused_header(header) is None, header
            found = matches(header, kind)
            if target == "do not load":
                assert found == (), header
            elif synonym == header:
                assert (found[0].target, found[0].score >= APPLY) == (target, True), header
            else:
                assert target in {match.target for match in found}, header


def test_numbered_names_are_known_by_their_number():
    assert best("V1", "survey") == ("response_id", 0.97, "a name we know")
    assert best("V2", "survey") is None


def test_names_of_people_are_no_wanted_columns():
    assert is_wanted("Email")
    assert is_wanted("Manager")
    assert not is_wanted("Last Name")
    assert not is_wanted("Salary")


QUESTIONS = (
    "I feel valued for the work that I do", "My manager gives me feedback that helps me improve",
    "I would recommend this organisation as a place to work", "I can be myself at work",
    "How satisfied are you with your team?", "It is safe to take a risk in this team",
    "I am confident using the digital tools my role needs", "Decisions are explained to people they concern",
    "How likely are you to look for another job in the next year?", "I have the time to learn new things",
    "My mentor listens to what I say", "My mentee takes my suggestions seriously",
    "How useful have your conversations been?", "I understand what younger colleagues expect of leaders",
    "Senior leaders are interested in different points of view", "I know what is expected of me",
    "How often do you use the new collaboration software?", "What did you enjoy most about the programme?",
    "What should we change?", "Which of these have you used in the last month?",
    "I see a future for myself here", "People here are treated fairly whatever their background",
    "My ideas are taken up", "I can speak openly with people above my level", "Meetings are run well",
    "How would you rate the matching?", "Did the kick-off tell you what you needed?",
    "I am proud to work here", "I get recognition when I do good work", "The pace of change is right",
    "My workload is manageable", "I have a friend in another department",
    "Our strategy makes sense to me", "I could explain our strategy to a customer",
    "Leaders here keep their promises", "I trust the people I work with",
    "How many hours did you spend preparing?", "Would you take part again?",
    "How well did the two of you get on?", "I know more about social media than I did before",
)  # fmt: skip


def test_survey_questions_are_rarely_taken_for_columns():
    assert len(QUESTIONS) == 40
    suggested = {(kind, question) for kind in LISTS for question in QUESTIONS if matches(question, kind)}
    assert len(suggested) <= 2
    assert not any(
        match.score >= APPLY for kind in LISTS for question in QUESTIONS for match in matches(question, kind)
    )
    assert not any(matches(question, "survey") for question in QUESTIONS)


def test_two_hundred_headers_are_matched_in_a_moment():
    for kind in LISTS:
        matches("warm", kind)
    headers = [f"{words} {chr(97 + number)}" for number in range(20) for words in (*QUESTIONS[:5], "Start dt", "Role")]
    headers += [f"Column {number} of the team" for number in range(60)]
    started = time.perf_counter()
    for header in headers[:200]:
        for kind in LISTS:
            matches(header, kind)
    assert time.perf_counter() - started < 0.5, "measured below 0.1 s; the rest is for a busy machine"


def test_an_unknown_kind_of_file_is_an_error():
    with pytest.raises(KeyError):
        matches("Status", "horoscopes")
