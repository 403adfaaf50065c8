"""What is known of one survey export before any question is asked: its headers, its people, its dates, its tests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow.compute as pc

from analysis.imports import refuse
from analysis.imports.table import Table

FREE_TEXT = f"refused: {refuse.FREE_TEXT}"
PERSONAL = f"refused: {refuse.PERSON}"
ADDRESS = f"refused: {refuse.INTERNET}"
NOT_A_QUESTION = "not a question"
# Whatever vendor it comes from: headers of what is never loaded. They are matched as a whole.
_EVERYWHERE: tuple[tuple[str, str], ...] = (
    (r"ip[ -]?address|ip|adresse ip|ip-adresse|endereço ip|dirección ip|network id", ADDRESS),
    (r"(location)?(latitude|longitude|accuracy)|location (latitude|longitude|accuracy)|geolocation", ADDRESS),
    (
        r"((your|first|last|full|given|family|middle|recipient ?(first|last)) ?)?name|surname|vorname|nachname|nom"
        r"|prénom|nombre( completo)?|apellidos?|nome( completo)?|sobrenome|name \((vor|nach)name\)"
        r"|(your |home |mobile |work )?(tele)?phone( number)?|telefone?|teléfono|téléphone|mobile|handy(nummer)?"
        r"|(home |street |postal )?address|zip( code)?|post ?code|postleitzahl|plz|code postal|cep",
        PERSONAL,
    ),
    (r".*_text|.*_comment(_topics)?|.*_sensitive_comment_flag|.* - (parent )?topics|.* - sentiment.*", FREE_TEXT),
    (r"open-ended response|other \(please specify\)|comments?|(any )?(additional|other) (notes|comments).*", FREE_TEXT),
)
_NEVER = tuple((re.compile(pattern, re.IGNORECASE), why) for pattern, why in _EVERYWHERE)
# What a survey tool copies from its list of people, or asks beside the questions: the people list says it better.
_ABOUT = re.compile(
    r"(what is )?(your )?(gender|age( group| band| range)?|sex|department|division|business unit|team|location|country"
    r"|city|region|job title|job level|level|grade|tenure( group| band)?|generation|ethnicity|race(/ethnicity)?"
    r"|geschlecht|alter|abteilung|standort|genre|âge|service|género|edad|departamento|idade|gênero"
    r"|education( level)?|household income)\??",
    re.IGNORECASE,
)
ABOUT_THE_PERSON = "about the person: the people list has it"
# Whatever vendor it comes from: the person, where the header says no less.
_PERSON = re.compile(
    r"(emp(loyee)?|staff)[ _]?(id|no\.?|number)|exid|personalnummer|matricule|employee_id|id de empleado", re.IGNORECASE
)
_EMAIL = re.compile(
    r"(work |your )?e-?mail([ -]?address(es)?)?|e-mail-adresse|adresse (e-?mail|électronique)"
    r"|dirección de correo( electrónico)?|correo electrónico|endereço de e-mail|nome de usuário|username",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    """What a vendor's own headers mean, all in lower case: `targets` header to canonical header (or email), `metadata`
    what is never a question, `never` what is never loaded and why."""

    targets: Mapping[str, str] = field(default_factory=dict)
    metadata: frozenset[str] = frozenset()
    never: Mapping[str, str] = field(default_factory=dict)
    beside: re.Pattern[str] | None = None  # headers of columns that stand beside a question and carry no score


@dataclass(frozen=True)
class Survey:
    """One export, described.

    `names` are the header rows that a mapping may use, the first one without repeats. `targets` is canonical header
    to position. `fates` says of a position why it is no question; those in `private` are never loaded, whatever a
    mapping says. `choices` has what stands in a column for one box where that is ticked. `tests` (shape (lines,))
    marks previews, tests and spam. `partial` counts responses that were broken off. `made_from` are the canonical
    headers that make a response_id where the file has none. `order` is the order of its dates where that is known.
    """

    names: tuple[tuple[str, ...], ...]
    targets: Mapping[str, int]
    fates: Mapping[int, str]
    private: frozenset[int]
    choices: Mapping[int, Collection[str]] = field(default_factory=dict)
    tests: np.ndarray | None = None
    partial: int = 0
    made_from: tuple[str, ...] = ("submitted_at",)
    order: str | None = None


def described(header: Sequence[Sequence[str]], known: Known) -> Survey:
    """The survey as its headers describe it. The last of `header` is the text of the questions."""
    names = (tuple(without_repeats(header[0])), *(tuple(row) for row in header))
    targets: dict[str, int] = {}
    fates: dict[int, str] = {}
    private: set[int] = set()
    for place, title in enumerate(header[0]):
        lower, texts = title.lower(), [row[place].lower() for row in header]
        target = known.targets.get(lower) or _person(texts)
        why = known.never.get(lower) or next((why for pattern, why in _NEVER if pattern.fullmatch(lower)), None)
        why = why or next((f"refused: {found}" for text in texts if (found := refuse.refused_header(text))), None)
        if target is None and why:
            fates[place] = why
            private.add(place)
        elif target is not None and target not in targets:
            targets[target] = place
        elif target or lower in known.metadata or (known.beside and known.beside.search(title)):
            fates[place] = NOT_A_QUESTION
        elif any(_ABOUT.fullmatch(text) for text in texts):
            fates[place] = ABOUT_THE_PERSON
        elif not any(texts):
            fates[place] = "no header"
    return Survey(names, targets, fates, frozenset(private))


def fitted(table: Table) -> Table:
    """The table with header rows as wide as its lines, whatever is missing at their ends."""
    width = len(table.columns) or max(map(len, table.header))
    return replace(table, header=[[*row, *[""] * (width - len(row))][:width] for row in table.header])


def without_repeats(header: Sequence[str]) -> list[str]:
    """The headers, with each one that stands there several times numbered: "Other (1)", "Other (2)"."""
    times, seen = Counter(title.lower() for title in header if title), Counter[str]()
    result = []
    for title in header:
        seen[title.lower()] += 1
        result.append(f"{title} ({seen[title.lower()]})" if times[title.lower()] > 1 else title)
    return result


def plain(title: str) -> str:
    """A header without markup: <strong>You</strong> and *You* are You."""
    text = re.sub(r"<[^<>]{1,40}>", "", title)
    return re.sub(r"(?<!\w)([*_]{1,3})(\S(?:.*?\S)?)\1(?!\w)", r"\2", text).strip()


def marked(table: Table, place: int | None, words: re.Pattern[str]) -> np.ndarray:
    """Which lines, shape (lines,), have a text in this column that the pattern matches as a whole."""
    if place is None or not table.columns:
        return np.zeros(len(table.line), dtype=bool)
    cells = table.columns[place]
    hit = np.array([bool(words.fullmatch(text.strip())) for text in cells.dictionary.to_pylist()], dtype=bool)
    return np.asarray(hit[cells.indices.to_numpy()]) if len(hit) else np.zeros(len(table.line), dtype=bool)


def filled(table: Table, place: int) -> np.ndarray:
    """Which lines, shape (lines,), have anything in this column."""
    cells = table.columns[place]
    full = pc.not_equal(pc.utf8_trim_whitespace(cells.dictionary), "")
    return np.asarray(full.take(cells.indices).to_numpy(zero_copy_only=False), dtype=bool)


def place_of(names: Sequence[str], title: str) -> int | None:
    """Where a header stands, whatever its case."""
    return next((place for place, name in enumerate(names) if name.lower() == title.lower()), None)


def _person(texts: Sequence[str]) -> str | None:
    if any(_PERSON.fullmatch(text) for text in texts):
        return "employee_id"
    return "email" if any(_EMAIL.fullmatch(text) for text in texts) else None
