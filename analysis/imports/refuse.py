"""What is never loaded, told by its header and by its values, before anything is written (DATA.md section 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from analysis.imports.headers import is_name, is_wanted, words_of

PAY = "pay"
NATIONAL_ID = "national or tax id"
BANK = "bank details"
HEALTH = "health or absence"
FAMILY = "family, status or belief"
CONTACT = "contact details or address"
FREE_TEXT = "free text"
INTERNET = "internet address or location"
PERSON = "name of a person"

_SAMPLE = 2_000
_MOST, _MANY = 0.9, 0.5
_FEW_ADDRESSES, _FEW_CARDS, _FEW_TEXTS = 5, 20, 10
_LONG_TEXT = 40
_STILL_AT_SCHOOL = 14  # dates that all lie further back than this many years may be birth dates

# Rules read words without accents and punctuation.
_EMAIL_ADDRESS = re.compile(
    r"\b(?:(?:e ?)?mail|courriel|correo(?: electronico)?) ?(?:address\w*|adress\w*|id)\b"
    r"|\b(?:adresse|direccion|endereco)(?: de)? (?:(?:e ?)?mail|correo(?: electronico)?)\b|\badresse electronique\b"
)
_GRADE = re.compile(
    r"\b(?:pay|salary|compensation|comp|wage|payroll)(?: scale)? (?:grade|band|level|scale|id|number|no|step)\b"
    r"(?!.*\b(?:amount|rate|min\w*|max\w*|mid ?point|value|range)\b)"
    r"|\b(?:entgelt|gehalts?|lohn)(?:gruppe|stufe|band)\b"
)
_OPINION = re.compile(r"(?:i|my|we|our|ich|mein\w*|wir|unser\w*|je|mon|ma|mes|nous|mi|mis|nuestr\w*|eu|meu|minha)\b")
_OPINION_FROM = 4  # words: "my salary" is a column, "my pay is fair" is an opinion

_STRONG: tuple[tuple[str, str], ...] = (
    (
        NATIONAL_ID,
        r"(?:sin|pan|tin|rg|nie|nif|dni|nir|nss|pis|rfc|curp|nin|cedula)(?: (?:number|no|id|card|nr))?$"
        r"|.*\b(?:ssn?(?: number)?|nino|itin|cpf|cnpj|pesel|aadhaa?r|social ?security\w*|social insurance|"
        r"national insurance|national ?id\w*|national identity|tax ?id\w*|tax (?:file )?(?:number|no|ref\w*)|"
        r"taxpayer\w*|steuer id\w*|steuer ?identifikations\w*|steuernummer|identifikationsnummer|"
        r"sozialversicherungs\w*|versicherungs ?(?:nr|nummer)|sv nummer|rentenversicherungs\w*|ahv|"
        r"securite sociale|seguridad social|seguro social|passport\w*|passeport|pasaporte|passaporte|reisepass\w*|"
        r"personalausweis\w*|driv(?:er|ers|ing|er s) licen[cs]e|fuhrerschein\w*|permis de conduire|"
        r"carteira de (?:identidade|motorista)|id card|government id|identity (?:card|number|document)|"
        r"work permit (?:number|no)|visa (?:number|no))\b",
    ),
    (
        BANK,
        r".*\b(?:iban|bic|swift|bank(?! holiday)\w*|routing number|sort code|account (?:number|no|holder)|kontoinhaber|"
        r"konto(?:nummer| nr)?|blz|direct deposit|credit card|card number|compte bancaire|banque|rib|"
        r"cuenta (?:bancaria|corriente)|banco|conta (?:bancaria|corrente))\b",
    ),
    (
        INTERNET,
        r"(?:ip|browser|cookie|refer+er)$|.*\b(?:ip (?:v )?(?:address|adresse)|ipaddress|(?:adresse|endereco) ip|"
        r"direccion ip|(?:location)?(?:latitude|longitude)|latitud|breitengrad|langengrad|location accuracy|"
        r"geo ?location|gps|user agent|browser (?:type|version|meta\w*|info)|operating system|device (?:id|type)|"
        r"network id|mac address|(?:first|last) click|page submit|click count|screen resolution)\b",
    ),
    (
        CONTACT,
        r"(?:mobile|mobil|cell|tel|fax|portable|celular|movil|zip|plz|cep)$"
        r"|.*\b(?:(?:personal|home|private|privat\w*|personnel|perso|pessoal|particular) ?(?:(?:e ?)?mail|courriel)|"
        r"correo (?:electronico )?(?:personal|privado)|"
        r"(?:(?:e ?)?mail|courriel) (?:personal|home|private|privat|personnel|perso|pessoal)|"
        r"\w*phones?|telefon\w*|mobile (?:number|no|nr)|mobilnummer|cell(?:ular)? (?:number|no)|handy\w*|"
        r"fax (?:number|no)|\w*address(?:es)?|adresse|anschrift|direccion|endereco|domicil(?:io|e)|wohn\w*|"
        r"street|strasse|hausnummer|zip ?code\w*|postal ?code|post ?code|postleitzahl|code postal|codigo postal|"
        r"home (?:city|town|state|country|county|location)|hometown|residen(?:ce|tial)|emergency|notfall\w*|"
        r"next of kin|linkedin|facebook|instagram|twitter|whatsapp|skype|photo|picture|lichtbild)\b",
    ),
    (
        FREE_TEXT,
        r"(?:note|bio|about|goal|objective|key result|feedback)$|.*\b(?:comments?|notes|remarks?|bemerkung\w*|"
        r"kommentare?|anmerkung\w*|commentaires?|remarques?|comentarios?|observac\w*|notas|open ended\w*|biograph\w*|"
        r"biografi\w*|free text|freitext|other please specify|please (?:specify|explain|describe|elaborate)|"
        r"additional (?:info\w*|details)|about (?:me|you|yourself)|personal statement|anything else|explanation|"
        r"justification|(?:goal|objective|key result) (?:text|title|name|description|statement)|"
        r"zielbeschreibung|written feedback|feedback text|text)$"
        r"|.*\b(?:comments?|comment topics|open ended response|biography|additional notes|sensitive comment flag)\b",
    ),
    (
        PERSON,
        r".*\b(?:firstname|lastname|fullname|surname|forename|vorname|nachname|familienname|prenom|sobrenome|apellidos?|"
        r"nickname|initials)\b"
        r"|.*\b(?:first|last|middle|given|family|maiden|full|legal|preferred|birth|display|manager|supervisor|mentor|"
        r"mentee|coach|employee|worker|staff|colleague|associate|participant|recipient|leader|sponsor|hrbp|approver|"
        r"recruiter|partner|contact|person|user full)(?: s)?(?: (?:first|last|full|middle|legal|preferred|display))? "
        r"names?\b",
    ),
)  # fmt: skip
_MILD: tuple[tuple[str, str], ...] = (
    (
        PAY,
        r".*\b(?:\w*salar(?:y|ies)|\w*wages?|pay|paid|payslip|payroll (?:cost|amount)|\w*income|"
        r"(?:hourly|daily|weekly|monthly|annual|yearly|comp|base|bill) (?:rate|rt)|rate of pay|compensation|"
        r"comp (?:amount|ratio|change)|compa ratio|range penetration|\w*bonus\w*|commissions?|remuneration|earnings|"
        r"gross (?:amount|annual|monthly)|stock|equity (?:grant|award|value)|rsus?|allowances?|stipend|cost to company|"
        r"ctc|\w*gehalt\w*|\w*lohn|lohnsumme|vergutung\w*|brutto\w*|netto\w*|entgelt|bezuge|pramien?|\w*salaire\w*|"
        r"primes?|sueldo|salario\w*|remunera\w*|bonificaci\w*|gratificac\w*)\b",
    ),
    (
        HEALTH,
        r".*\b(?:sick\w*|illness|absences?|absent\w*|absente\w*|health|medical|medication|diagnos\w*|bmi|stress|"
        r"injur(?:y|ies)|accidents?|maternity|paternity|parental leave|pregnan\w*|fmla|vaccin\w*|covid\w*|drug test|"
        r"smok(?:er|ing)|leave (?:balance|days|hours|taken|type|reason|of absence|accru\w*)|days (?:off|lost|absent)|"
        r"(?:annual|medical|disability) leave|disability (?:type|description|details?|category|benefits?)|"
        r"type of disability|grad der behinderung|behinderungsgrad|accommodations?|workers comp\w*|krank\w*|"
        r"fehl(?:zeit|zeiten|tage)|gesundheit\w*|mutterschutz|elternzeit|urlaubs?\w*|arbeitsunfall|maladie|conges?|"
        r"arret(?: de travail)?|sante|grossesse|enfermedad\w*|salud|ausencias?|licencia medica|baja medica|embarazo|"
        r"atestado\w*|licenca\w*|saude|faltas|gravidez|doenca\w*)\b",
    ),
    (
        FAMILY,
        r".*\b(?:marital\w*|married|spouse\w*|dependents?|dependants?|child|children|kids|family status|religio\w*|"
        r"church|kirche\w*|konfession|faith|beliefs?|steuerklasse|tax (?:class|status|code)|withholding|"
        r"familienstand|kinder\w*|union|gewerkschaft\w*|citizen\w*|nationalit\w*|nacionalidad\w*|visa|immigration|"
        r"work permit|staatsangehorigkeit|aufenthaltstitel|veterans?|military|political|criminal|convictions?|"
        r"(?:country|place|city) of birth|birth (?:country|place|city)|birthplace|geburtsort|geburtsland|"
        r"lieu de naissance|lugar de nacimiento|naturalidade|situation familiale|situation matrimoniale|etat civil|"
        r"enfants|syndicat\w*|estado civil|hijos|filhos|sindica\w*|caring|carer|caregiver)\b",
    ),
)  # fmt: skip
_RULES_ALWAYS = tuple((name, re.compile(pattern)) for name, pattern in _STRONG)
_RULES = tuple((name, re.compile(pattern)) for name, pattern in _MILD)


@lru_cache(maxsize=20_000)
def refused_header(header: str) -> str | None:
    """The class of what must not be loaded, in words for people, or None.

    A header that some kind of file needs by exactly that name is never refused; in brackets it may still say that it
    is private, as in "Email (home)".
    """
    if is_name(header):
        return PERSON
    whole = words_of(header, brackets=True)
    if is_wanted(header) and whole == words_of(header):
        return None
    text = _EMAIL_ADDRESS.sub("email", " ".join(re.sub(r"\d", " ", whole).split()))
    found = _class_of(text, _RULES_ALWAYS)
    if found or is_wanted(header) or (_OPINION.match(text) and len(text.split()) >= _OPINION_FROM):
        return found
    return _class_of(_GRADE.sub(" ", text), _RULES)


def _class_of(text: str, rules: Sequence[tuple[str, re.Pattern[str]]]) -> str | None:
    return next((name for name, pattern in rules if pattern.match(text)), None)


def refused_values(values: Sequence[str]) -> str | None:
    """The class of what stands in a column that must not be loaded, or None; the first 2,000 values are looked at.

    `values` are the distinct values of the column, or all of them. E-mail addresses and birth dates are not refused:
    they are hashed and cut to the year.
    """
    given = [text.strip() for text in values[:_SAMPLE] if text.strip()]
    if not (texts := list(dict.fromkeys(given))):
        return None
    for name, test, share, fewest in _VALUE_TESTS:
        if len(texts) >= fewest and sum(map(test, texts)) >= share * len(texts):
            return name
    if _are_amounts(texts):
        return PAY
    return FREE_TEXT if _is_prose(given, texts) else None


_SSN = re.compile(r"(?!000)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}")
_NINO = re.compile(r"(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]")
_CPF = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d\d")
_PAN = re.compile(r"[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]")
_FISCAL_CODE = re.compile(r"(?i)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]")
_DNI = re.compile(r"(?i)(\d{8})-?([A-Z])")
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_NIR = re.compile(r"(?i)([12]\d{2}(?:0[1-9]|1[0-2])\d[0-9AB]\d{6})(\d\d)")
_NORDIC = re.compile(r"(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]\d{4}")
_IBAN = re.compile(r"(?i)[A-Z]{2}\d\d[A-Z0-9]{11,30}")
_IPV4 = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?::\d+)?")
_IPV6 = re.compile(r"(?i)(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}")
_POINT = re.compile(r"\(?([+-]?\d{1,3}\.\d{2,})\s*[,; ]\s*([+-]?\d{1,3}\.\d{2,})\)?")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}(?:[ T].*)?")
_PHONE = re.compile(
    r"\+ ?\d[\d ()./-]{6,20}\d|00[1-9]\d?[ ()./-][\d ()./-]{6,18}\d|(?:\+?1[ .-]?)?\(\d{2,5}\)[ .-]?[\d .-]{5,11}\d"
    r"|(?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4}|07\d{9}|0[1-9]\d{0,4}[ /-][\d /-]{4,12}\d"
)
_POSTCODE = re.compile(r"(?i)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{5}-\d{4}|[A-Z]\d[A-Z] \d[A-Z]\d")
_STREET = re.compile(
    r"(?i)\d{1,5}[a-z]?,? +[\w.' -]*\b(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|"
    r"close|terrace|crescent|square|place|pl)\b.*"
    r"|[\w.' -]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ufer) *\d{1,4} ?[a-z]?(?:,.*)?"
    r"|\d{1,5}(?: bis| ter)?,? +(?:rue|avenue|boulevard|place|chemin|allée|impasse|quai|route)\b.*"
    r"|(?:calle|c/|avenida|avda\.?|av\.|plaza|paseo|carrera|rua|r\.|travessa|praça|alameda)[ ].*\d.*"
)
_LINK = re.compile(r"(?i)(?:https?://|www\.)\S+")
_SIGN = r"(?:[$€£¥₹]|R\$|CHF|EUR|USD|GBP|BRL|CAD|AUD|SEK|NOK|DKK|PLN|INR|JPY)"
_MONEY = re.compile(rf"(?i).*(?:(?<![a-z]){_SIGN} ?-?\d|\d ?k? ?{_SIGN}(?![a-z])).*")
_PLAIN_AMOUNT = re.compile(r"-?(\d{4,7})[.,](\d\d)")
_GROUPED_AMOUNT = re.compile(
    r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d\d)?|-?[1-9]\d{0,2}(?:[ '’\u00a0\u202f]\d{3})+(?:[.,]\d\d)?"
)
_DOTTED_AMOUNT = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+,\d\d|[1-9]\d{1,2}\.\d00|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d[.,](?:0[1-9]|1[0-2])")


def _national_id(text: str) -> bool:
    if any(pattern.fullmatch(text) for pattern in (_SSN, _NINO, _CPF, _PAN, _FISCAL_CODE, _NORDIC)):
        return True
    if spanish := _DNI.fullmatch(text):
        return _DNI_LETTERS[int(spanish[1]) % 23] == spanish[2].upper()
    if french := _NIR.fullmatch(text.replace(" ", "")):
        number = french[1].upper().replace("2A", "19").replace("2B", "18")
        return number.isdigit() and 97 - int(number) % 97 == int(french[2])
    # Canada's social insurance number: nine digits in threes that pass Luhn's test.
    return bool(re.fullmatch(r"\d{3}([ -])\d{3}\1\d{3}", text)) and _passes_luhn(re.sub(r"\D", "", text))


def _iban(text: str) -> bool:
    """ISO 13616: letters as numbers from 10, the first four signs last, remainder 1 by 97."""
    joined = text.replace(" ", "").upper()
    if not _IBAN.fullmatch(joined) or not joined.isascii():
        return False
    return int("".join(str(int(sign, 36)) for sign in joined[4:] + joined[:4])) % 97 == 1


def _payment_card(text: str) -> bool:
    digits = re.sub(r"[ -]", "", text)
    return digits.isascii() and digits.isdigit() and 13 <= len(digits) <= 19 and _passes_luhn(digits)


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B: from the right every second digit doubled, digits summed, divisible by ten."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _internet_address(text: str) -> bool:
    if four := _IPV4.fullmatch(text):
        return all(int(part) <= 255 for part in four.groups())
    return bool(_IPV6.fullmatch(text))


def _place_on_earth(text: str) -> bool:
    point = _POINT.fullmatch(text)
    return point is not None and abs(float(point[1])) <= 90 and abs(float(point[2])) <= 180


def _phone(text: str) -> bool:
    if _DATE.fullmatch(text) or not _PHONE.fullmatch(text):
        return False
    digits = sum(sign.isdigit() for sign in text)
    return 7 <= digits <= 15 and (digits >= 9 or text.startswith(("+", "(")) or "/" in text or " " in text)


_VALUE_TESTS: tuple[tuple[str, Callable[[str], bool], float, int], ...] = (
    (NATIONAL_ID, _national_id, _MANY, 1),
    (BANK, _iban, _MANY, 1),
    (BANK, _payment_card, _MOST, _FEW_CARDS),
    (INTERNET, _internet_address, _MANY, 1),
    (INTERNET, _place_on_earth, _MANY, 1),
    (PAY, lambda text: bool(_MONEY.fullmatch(text)), _MANY, 1),
    (CONTACT, _phone, _MOST, 2),
    (CONTACT, lambda text: bool(_LINK.fullmatch(text)), _MANY, 2),
    (CONTACT, lambda text: bool(_POSTCODE.fullmatch(text)), _MOST, _FEW_ADDRESSES),
    (CONTACT, lambda text: bool(_STREET.fullmatch(text)), _MANY, _FEW_ADDRESSES),
)


def _are_amounts(texts: Sequence[str]) -> bool:
    """Money without its sign: four to seven digits with two decimals, or in groups of three."""
    if all(_YEAR_AND_MONTH.fullmatch(text) for text in texts):
        return False
    patterns = (_PLAIN_AMOUNT, _GROUPED_AMOUNT)
    sure = sum(any(pattern.fullmatch(text) for pattern in patterns) for text in texts)
    # "45.500" may be a number with three decimals: counted only where most of them end like round amounts.
    dotted = sum(bool(_DOTTED_AMOUNT.fullmatch(text)) for text in texts)
    return sure + dotted >= _MOST * len(texts)


def _is_prose(given: Sequence[str], texts: Sequence[str]) -> bool:
    """Long, hardly repeated and written like sentences, unlike labels, ticked choices and names of units."""
    if len(texts) < _FEW_TEXTS or len(texts) <= 0.8 * len(given) or sum(map(len, texts)) <= _LONG_TEXT * len(texts):
        return False
    pieces = [piece.strip() for text in texts for piece in re.split(r"[;,|]", text)]
    return len(set(pieces)) > 0.3 * len(pieces) and sum(map(_is_sentence, texts)) >= _MANY * len(texts)


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    small = sum(word[0].islower() for word in words)
    return len(words) >= 3 and (2 * small >= len(words) or text.endswith((".", "!", "?")))


def describe(values: Sequence[str], distinct: int, total: int) -> str:
    """What stands in a column, without giving anybody away: "6 digits, no repeats", "7 different values".

    `values` are distinct values (or the first of them), `distinct` is how many there are, `total` how many cells are
    filled.
    """
    texts = [text.strip() for text in values[:_SAMPLE] if text.strip()]
    if not texts or not total:
        return "blank"
    days = [_day(text) for text in texts]
    if all(days):
        return _span([day for day in days if day])
    how_many = "no repeats" if 1 < total <= distinct else f"{distinct:,} different values"
    if distinct == 1:
        how_many = "the same value throughout" if total > 1 else "one value"
    what = _shape(texts)
    return f"{what}, {how_many}" if what else how_many


def _shape(texts: Sequence[str]) -> str:
    if all(_DATE.fullmatch(text) for text in texts):
        return "dates"
    if all(re.fullmatch(r"[^@\s]+@[^@\s]+", text) for text in texts):
        return "e-mail addresses"
    if all(text.isdigit() for text in texts):
        low, high = min(map(len, texts)), max(map(len, texts))
        return ("1 digit" if high == 1 else f"{high} digits") if low == high else f"{low} to {high} digits"
    if all(re.fullmatch(r"[+-]?[\d.,]*\d", text) for text in texts):
        return "numbers"
    if all(re.fullmatch(r"[A-Za-z0-9._/-]*\d[A-Za-z0-9._/-]*", text) for text in texts):
        return "letters and digits"
    return ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ].*)?", text) else None
    except ValueError:
        return None


def _span(days: Sequence[date]) -> str:
    """First and last day; of dates that may be birth dates only the years."""
    first, last = min(days), max(days)
    if first == last:
        return "one date throughout"
    if last.year <= date.today().year - _STILL_AT_SCHOOL:
        return f"dates, {first.year} to {last.year}"
    return f"dates, {first.isoformat()} to {last.isoformat()}"
