"""What must not be loaded is known by its header and by its values; what is needed is let through."""

import random

import pytest

from analysis.imports.refuse import describe, refused_header, refused_values
from analysis.store.model import KINDS

REFUSED = {
    "pay": (
        "Salary", "MonthlyIncome", "HourlyRate", "Base Pay", "base_pay_change1", "base_pay_change18", "Comp Rate",
        "Annual Rt", "Bonus Amount", "Grundgehalt", "Bruttolohn", "Salaire annuel", "Salário", "Remuneração",
        "BASESALARY", "PercentSalaryHike", "StockOptionLevel", "Pay Rate", "Compensation Grade - Midpoint",
        "What is your annual salary?",
    ),
    "national or tax id": (
        "SSN", "SS#", "SocialSecurityNumber", "NINO", "SIN", "Aadhaar", "PAN", "Identifikationsnummer",
        "VersicherungsNr", "Passport Number", "driver's_license_no", "Tax ID", "National Insurance Number", "CPF",
        "Numéro de sécurité sociale", "Steuer-ID", "National ID", "Employee SSN",
    ),
    "bank details": ("IBAN", "Kontoinhaber", "Bank Account", "Sort Code", "Routing Number", "Kontonummer", "BIC"),
    "health or absence": (
        "BMI_RANGE", "DAILY_STRESS", "Sick Days", "Absences", "Maternity Leave", "workplace-injury", "Krankheitstage",
        "Leave of Absence Type", "Urlaubstage", "Grad der Behinderung", "Congés", "Disability Type",
    ),
    "family, status or belief": (
        "MaritalDesc", "Marital Status", "dependents", "Kirche", "Steuerklasse", "Religion", "union_status",
        "CitizenDesc", "Nationality", "Visa Status", "Staatsangehörigkeit", "Estado civil", "Veteran Status",
        "Familienstand", "Place of Birth",
    ),
    "contact details or address": (
        "Home Phone", "Mobile", "Mobile Number", "address_street_1", "Address1", "Zip", "ZIP Code", "Telefone",
        "Street", "Postal code", "Personal Email", "Home E-mail", "Email (home)", "Email Address (Personal)", "Wohnort",
        "Emergency Contact Name", "Endereço", "PERSONALEMAIL",
    ),
    "free text": (
        "Q2_TEXT", "Q2_1_TEXT", "My work is meaningful_COMMENT", "My work is meaningful_COMMENT_TOPICS",
        "I feel valued_SENSITIVE_COMMENT_FLAG", "Open-Ended Response", "biography", "Any additional notes", "Comments",
        "Other (please specify)", "Bemerkungen", "Goal Description", "Observações",
    ),
    "internet address or location": (
        "IPAddress", "IP Address", "IP-Adresse", "LocationLatitude", "LocationLongitude", "Network ID",
        "Q1_First Click", "Browser", "Breitengrad des Standorts",
    ),
    "name of a person": (
        "First Name", "Last Name", "Employee_Name", "RecipientLastName", "Vorname", "Nachname des Empfängers",
        "Nome completo", "Manager's Name", "Mentor Name", "Payroll Name", "LASTNAME", "Prénom", "Preferred First Name",
    ),
}  # fmt: skip
NEEDED = (
    "Pay Grade", "Salary Grade", "Job Grade", "Compensation Grade", "Pay Scale Group", "Tarifgruppe", "Entgeltgruppe",
    "Termination Reason", "Work Location", "Office", "City", "Country", "Employee Status", "On Leave", "Disability",
    "Long-term health condition", "LGBTQ+", "Sexual Orientation", "Email", "Work Email", "Endereço de e-mail",
    "Mentor Email Address", "RecipientEmail", "Company", "Date of Birth", "DOB", "Department Name", "Program Name",
    "Payroll ID", "Cost Center", "Business Partner", "Job Title", "Ethnicity", "Gender Identity", "Duration (min)",
    "Score", "Feedback Score", "Response", "Location Name", "Focus Area", "Account Id", "Data", "GeburtsDatum",
    "I feel my pay is fair", "My manager supports my mental health", "Concerns are addressed quickly",
    "Recruitment Source", "How many minutes did you meet?",
)  # fmt: skip


@pytest.mark.parametrize(("reason", "header"), [(why, name) for why, names in REFUSED.items() for name in names])
def test_headers_that_are_refused(reason, header):
    assert refused_header(header) == reason


@pytest.mark.parametrize("header", NEEDED)
def test_headers_that_are_needed(header):
    assert refused_header(header) is None


def test_no_canonical_header_is_refused():
    assert [name for kind in KINDS.values() for name in kind.headers if refused_header(name)] == []


def luhn(start):
    digits = [int(digit) * (1 + (place + 1) % 2) for place, digit in enumerate(reversed(start))]
    total = sum(number - 9 if number > 9 else number for number in digits)
    return f"{start}{-total % 10}"


def iban(country, account):
    text = account + country + "00"
    check = 98 - int("".join(str(int(sign, 36)) for sign in text)) % 97
    return f"{country}{check:02d}{account}"


def some(count, make, seed=1):
    draw = random.Random(seed)
    return list(dict.fromkeys(make(draw) for _ in range(count)))


def digits(draw, length):
    return "".join(str(draw.randrange(1, 10)) for _ in range(length))


SENTENCES = some(
    40,
    lambda draw: (
        f"We met {draw.randrange(99)} times and I learned how the {draw.choice(['older', 'newer'])} tools work, "
        f"which {draw.choice(['helped me', 'was fun'])} a lot."
    ),
)
SOCIAL_SECURITY = some(30, lambda draw: f"{draw.randrange(100, 600)}-{digits(draw, 2)}-{digits(draw, 4)}")
CARDS = some(30, lambda draw: luhn("5" + digits(draw, 14)))
STREETS = some(20, lambda draw: f"{draw.randrange(1, 400)} {draw.choice(['King Street', 'Elm Road'])}, Leeds")
UNITS = some(
    60,
    lambda draw: f"Global Product Engineering >> Platform and Tools {digits(draw, 3)} (Unit {digits(draw, 2)})",
)
REFUSED_VALUES = {
    "social security numbers": ("national or tax id", SOCIAL_SECURITY),
    "one social security number": ("national or tax id", ["412-55-6789"]),
    "national insurance numbers": ("national or tax id", some(30, lambda d: f"AB {digits(d, 2)} {digits(d, 2)} 56 C")),
    "Brazilian tax numbers": ("national or tax id", ["123.456.789-09", "987.654.321-00"]),
    "Spanish ids": ("national or tax id", ["12345678Z", "00000000T", "11111111H"]),
    "Canadian insurance numbers": ("national or tax id", ["046 454 286", "130 692 544"]),
    "ibans": ("bank details", some(20, lambda d: iban("DE", digits(d, 18)))),
    "ibans with spaces": ("bank details", ["DE89 3704 0044 0532 0130 00", "GB82 WEST 1234 5698 7654 32"]),
    "payment cards": ("bank details", CARDS),
    "payment cards with spaces": ("bank details", [" ".join(one[at:at + 4] for at in (0, 4, 8, 12)) for one in CARDS]),
    "internet addresses": ("internet address or location", ["130.92.34.66", "10.0.0.1", "192.168.1.20"]),
    "long internet addresses": ("internet address or location", ["2001:db8:85a3:0:0:8a2e:370:7334", "fe80::1:2:3"]),
    "places": ("internet address or location", ["47.1151, 7.2316", "40.7128, -74.0060"]),
    "money": ("pay", ["$52,000", "$61,500.50", "$48000"]),
    "money after": ("pay", ["52.000 €", "1.234,50 EUR", "900 EUR"]),
    "pay bands": ("pay", ["Under $25,000", "$25,000 - $50,000", "More than $50,000"]),
    "amounts": ("pay", ["45000.00", "61500.50", "1200.25"]),
    "amounts in groups": ("pay", ["45,000", "61,500", "112,250.75"]),
    "amounts with dots": ("pay", ["45.000,00", "61.500,50", "38.250,00"]),
    "phones abroad": ("contact details or address", ["+44 20 7946 0018", "+49 (30) 1234567", "+1-212-555-0134"]),
    "phones at home": ("contact details or address", ["(212) 555-0134", "212-555-0187", "212-555-0101"]),
    "German phones": ("contact details or address", ["030 1234567", "0171 2345678", "030/7654321"]),
    "British mobiles": ("contact details or address", ["07911123456", "07700900123"]),
    "postcodes": ("contact details or address", ["SW1A 1AA", "M1 1AE", "EC1A 1BB", "B33 8TH", "CR2 6XH"]),
    "streets": ("contact details or address", STREETS),
    "German streets": ("contact details or address", some(20, lambda d: f"Lindenstraße {d.randrange(1, 200)}")),
    "links": ("contact details or address", ["https://people.example/a", "https://people.example/b"]),
    "sentences": ("free text", SENTENCES),
}  # fmt: skip
LABELS = (
    "I strongly agree with this and would say so to a colleague",
    "I agree with this on the whole, with one or two doubts",
    "I neither agree nor disagree with what is being said here",
    "I disagree with this on the whole, with one or two doubts",
    "I strongly disagree with this and would say so to a colleague",
)
NEEDED_VALUES = {
    "ids": some(500, lambda d: digits(d, d.randrange(5, 9))),
    "ids that begin with zeros": some(200, lambda d: f"00{digits(d, 5)}"),
    "ids with a dash": some(200, lambda d: f"2019-{digits(d, 5)}"),
    "ids from a sheet": some(200, lambda d: f"{digits(d, 6)}.0"),
    "long ids": some(300, lambda d: digits(d, 15)),
    "few long ids": [luhn("4" + digits(random.Random(n), 14)) for n in range(3)],
    "hashes": some(200, lambda d: f"{d.getrandbits(128):032x}"),
    "capital hashes": some(200, lambda d: f"{d.getrandbits(128):032X}"),
    "tokens": some(200, lambda d: f"R_{d.getrandbits(60):x}"),
    "e-mails": some(200, lambda d: f"p{digits(d, 5)}@example.org"),
    "days": some(300, lambda d: f"20{d.randrange(10, 26)}-{d.randrange(1, 13):02d}-{d.randrange(1, 29):02d}"),
    "German days": some(300, lambda d: f"{d.randrange(1, 29):02d}.{d.randrange(1, 13):02d}.20{d.randrange(10, 26)}"),
    "American days": some(300, lambda d: f"{d.randrange(1, 13)}/{d.randrange(1, 29)}/{d.randrange(2010, 2026)}"),
    "times": some(300, lambda d: f"2017-07-18 08:{d.randrange(10, 60)}:{d.randrange(10, 60)}"),
    "clock times": ["08:28:09", "17:05:44"],
    "serials": some(300, lambda d: str(d.randrange(40000, 46000))),
    "years": [str(year) for year in range(1950, 2005)],
    "months": ["2019.01", "2019.02", "2019.12"],
    "ratings": ["1", "2", "3", "3.5", "4.25", "5"],
    "FTE": ["0.5", "0.75", "0.8", "0.875", "1.0", "1"],
    "FTE with commas": ["0,5", "0,875", "1,0", "1,00"],
    "percentages": ["12.50", "100.00", "87.25"],
    "decimals": ["12.345", "7.125", "45.678", "0.250"],
    "scores": some(200, lambda d: f"{d.random():.6f}"),
    "departments": ["Sales", "Research & Development", "Human Resources", "Information Technology", "Legal"] * 3,
    "units": UNITS,
    "titles": ["Senior Vice President, Global Human Resources", "Data Analyst", "Head of Road Safety", "Court Clerk"],
    "cost centres": some(100, lambda d: f"{digits(d, 6)} News Operations"),
    "grades": ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "E14", "P3"],
    "offices": ["London", "New York", "Berlin Mitte", "Building 7", "São Paulo"],
    "one street": ["1 King Street", "2 Queen Street"],
    "labels": list(LABELS),
    "repeated labels": list(LABELS) * 200,
    "ticked choices": [
        f"{one};{two}; {three}" for one in LABELS for two in LABELS for three in LABELS if len({one, two, three}) == 3
    ],
    "ethnic groups": ["White (United States of America)", "Black or African American", "Two or more races"],
    "yes and no": ["Yes", "No"],
    "blank": ["", " "],
    "nothing": [],
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_VALUES)
def test_values_that_are_refused(name):
    reason, values = REFUSED_VALUES[name]
    assert refused_values(values) == reason
    assert refused_values([*values, "", "n/a"] if len(values) > 20 else values) == reason


@pytest.mark.parametrize("name", NEEDED_VALUES)
def test_values_that_are_needed(name):
    assert refused_values(NEEDED_VALUES[name]) is None


def test_free_text_that_is_often_repeated_is_a_label():
    assert refused_values(SENTENCES) == "free text"
    assert refused_values(SENTENCES * 5) is None


def test_a_card_number_among_twenty_ids_is_chance():
    ids = some(40, lambda draw: "4" + digits(draw, 15))
    assert refused_values(ids) is None
    assert refused_values([luhn(text[:15]) for text in ids]) == "bank details"


def test_a_column_is_described_without_a_value_of_anybody():
    assert describe(["123456", "234567"], 2, 2) == "6 digits, no repeats"
    assert describe(["12345", "234567"], 2, 9) == "5 to 6 digits, 2 different values"
    assert describe(["Sales", "Legal", ""], 7, 90) == "7 different values"
    assert describe(["a.b@example.org", "c@example.org"], 2, 2) == "e-mail addresses, no repeats"
    assert describe(["E-12", "E-13"], 2, 2) == "letters and digits, no repeats"
    assert describe(["52000.5", "48000"], 2, 3) == "numbers, 2 different values"
    assert describe(["yes"], 1, 40) == "the same value throughout"
    assert describe(["", " "], 1, 0) == "blank"


def test_dates_are_described_by_their_span_and_birth_dates_by_years_alone():
    assert describe(["2019-05-11", "2026-01-04"], 2, 2) == "dates, 2019-05-11 to 2026-01-04"
    assert describe(["1961-05-11", "1999-01-04"], 2, 2) == "dates, 1961 to 1999"
    assert describe(["31.12.2019", "01.02.2020"], 2, 2) == "dates, no repeats"
    assert describe(["2019-02-30", "2019-05-11"], 2, 2) == "dates, no repeats"
