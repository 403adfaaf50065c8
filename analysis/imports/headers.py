"""What a column may be, by its header: the same name, a name we know, an abbreviation of one, or one like it.

The names are in vocabulary.json: kind of file, canonical header (or e-mail address that stands for an id), synonyms.
A synonym that begins with "? " is known to mean different things in different systems: it is only ever suggested.
"do not load" lists headers that look like something needed and are not; "name" those that hold names of people.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

import numpy as np

from analysis.store.model import KINDS

Why = Literal["the same name", "a name we know", "an abbreviation", "a similar name"]

APPLY = 0.9
SUGGEST = 0.6
NAME = "name"
_SAME, _KNOWN, _ABBREVIATED = 1.0, 0.97, 0.92
_DOUBTFUL = 0.85  # a name we know, of which systems make different things
_AT_MOST = 0.89  # what is merely similar, or fits two targets equally, is never applied
_SILENT = "do not load"
_DOUBT = "? "
_WITHOUT_A_WORD = 0.75  # what two names must have in common letter by letter where they share no word
_COMMON_PAIRS = 0.5  # share of letter pairs in common below which no ratio is worth computing

# Groups of the vocabulary that serve several kinds.
_GROUPS: dict[str, tuple[str, ...]] = {
    "people": ("everybody", "person"),
    "job_events": ("everybody", "person"),
    "invitations": ("everybody", "person"),
    "pairs": ("everybody", "two people"),
    "sessions": ("everybody", "two people"),
    "goals": ("everybody",),
    "survey": ("everybody", "person"),
}
_SHORT_FOR = {
    "acad": "academic", "cat": "category", "center": "centre", "ctr": "centre", "cur": "current", "curr": "current",
    "canceled": "cancelled", "comp": "compensation", "dept": "department", "depart": "department",
    "desc": "description", "descr": "description", "div": "division", "dt": "date", "dur": "duration",
    "eff": "effective", "efft": "effective",
    "emp": "employee", "empl": "employee", "employ": "employee", "enrollment": "enrolment", "ethn": "ethnicity",
    "ft": "full time", "gen": "gender", "grd": "grade", "grp": "group", "ind": "indicator", "ldr": "leader",
    "loc": "location", "lvl": "level", "mgmt": "management", "mgr": "manager", "min": "minutes", "mins": "minutes",
    "nbr": "number", "no": "number", "nr": "number", "num": "number", "org": "organisation", "orig": "original",
    "organization": "organisation", "organizational": "organisational", "orgn": "organisation", "pct": "percent",
    "perc": "percent", "perf": "performance", "pers": "personnel", "pos": "position", "posn": "position",
    "prog": "programme", "program": "programme", "pt": "part time", "rsn": "reason", "rtg": "rating",
    "sess": "session", "spvr": "supervisor", "stat": "status", "strt": "start", "sup": "supervisory",
    "supv": "supervisor", "supvr": "supervisor", "term": "termination", "typ": "type", "vol": "voluntary",
    "wrkr": "worker", "yr": "year",
}  # fmt: skip
_FILLERS = frozenset(
    ("a", "d", "da", "das", "de", "del", "der", "des", "di", "do", "du", "el", "em", "en", "for", "im", "in", "is", "l",
     "la", "le", "of", "on", "the", "to", "von", "what", "your")
)  # fmt: skip
_BRACKETS = re.compile(r"\(([^()]*)\)")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERED = re.compile(r"[\s\d]*\d\s*$")
_OTHER_UNIT = re.compile(
    r"\b(hours?|hrs?|stunden|std|heures?|horas?|seconds?|secs?|sekunden|secondes?|segundos?|days?|hh mm|hh mm ss)\b"
)


@dataclass(frozen=True)
class Match:
    """One thing that a header may stand for. `score` is 0 to 1; from APPLY on it may be applied without asking."""

    target: str
    score: float
    why: Why


@dataclass(frozen=True)
class _Known:
    """The names of one kind, without spaces: what is sure, what is doubtful, what is known to be no use."""

    same: Mapping[str, str]
    sure: Mapping[str, str]
    expanded: Mapping[str, frozenset[str]]
    doubtful: Mapping[str, frozenset[str]]
    silent: frozenset[str]
    targets_of_text: Mapping[str, frozenset[str]]


def normalise(header: str) -> str:
    """The words of a header: no brackets, accents, punctuation, capitals or trailing digits (DATA.md section 8)."""
    text = words_of(header)
    return _NUMBERED.sub("", text) or text


@lru_cache(maxsize=20_000)
def words_of(header: str, brackets: bool = False) -> str:
    """As normalise(), with trailing digits, and with what stands in brackets where `brackets` is set."""
    text = _TAG.sub(" ", unicodedata.normalize("NFKC", header))
    outside = _BRACKETS.sub(" ", text)
    text = outside if not brackets and re.search(r"\w", outside) else text
    text = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    text = _HUMPS.sub(" ", text).replace("#", " number ").replace("%", " percent ")
    return _NOT_WORDS.sub(" ", text).strip().casefold()


@lru_cache(maxsize=20_000)
def matches(header: str, kind: str) -> tuple[Match, ...]:
    """What a header may stand for in a kind of file, best first; nothing below SUGGEST.

    A target is a canonical header of the kind, an e-mail address that stands for one of its ids, or "name" for the
    name of a person, which is never loaded. Only one target reaches APPLY. Raises KeyError for an unknown kind.
    """
    known = _known(kind)
    found = _by_name(header, known)
    if found is None:
        found = _alike(normalise(header), known)
    if "duration_min" in found and _OTHER_UNIT.search(words_of(header, brackets=True)):
        del found["duration_min"]  # read as minutes, hours would be wrong by a factor of sixty
    ordered = sorted((Match(target, *grounds) for target, grounds in found.items()), key=lambda one: -one.score)
    if len(ordered) > 1 and ordered[0].score == ordered[1].score:
        ordered = [Match(one.target, min(one.score, _AT_MOST), one.why) for one in ordered]
    return tuple(one for one in ordered if one.score >= SUGGEST)


@lru_cache(maxsize=20_000)
def is_wanted(header: str) -> bool:
    """Whether some kind of file has a use for a column of exactly this name; names of people are never wanted."""
    key = _squashed(normalise(header))
    full = _squashed(words_of(header))
    for kind in KINDS:
        known = _known(kind)
        targets = {known.same.get(one) or known.sure.get(one) for one in (key, full)} - {None}
        if targets and targets != {NAME}:
            return True
        if key in known.doubtful:
            return True
    return False


def is_name(header: str) -> bool:
    """Whether a column of this name holds names of people."""
    key = _squashed(normalise(header))
    return any(_known(kind).sure.get(key) == NAME for kind in _GROUPS)


def _by_name(header: str, known: _Known) -> dict[str, tuple[float, Why]] | None:
    """Targets whose names we know; empty for what is known to be no use, None for an unknown name."""
    full = _squashed(words_of(header))
    text = normalise(header)
    key = _squashed(text)
    repeated = key != full and full != f"{key}1"  # the second and later of numbered columns are not the column
    found: dict[str, tuple[float, Why]] = dict.fromkeys(known.doubtful.get(key, ()), (_DOUBTFUL, "a name we know"))
    expanded = _squashed(_expanded(text))
    if key in known.same:
        found[known.same[key]] = (_AT_MOST, "a similar name") if repeated else (_SAME, "the same name")
    elif full in known.sure:
        found[known.sure[full]] = (_KNOWN, "a name we know")
    elif key in known.sure:
        found[known.sure[key]] = (_AT_MOST, "a similar name") if repeated else (_KNOWN, "a name we know")
    elif found or key in known.silent:
        return found
    elif expanded in known.expanded:
        targets = known.expanded[expanded]
        if len(targets) > 1 or repeated:
            return dict.fromkeys(targets, (_AT_MOST, "a similar name"))
        return dict.fromkeys(targets, (_ABBREVIATED, "an abbreviation"))
    elif expanded in known.silent:
        return {}
    return found or None


def _alike(text: str, known: _Known) -> dict[str, tuple[float, Why]]:
    found: dict[str, tuple[float, Why]] = {}
    for name, ratio in _similar(text).items():
        for target in known.targets_of_text.get(name, ()):
            if ratio > found.get(target, (0.0,))[0]:
                found[target] = (ratio, "a similar name")
    return found


@lru_cache(maxsize=20_000)
def _similar(text: str) -> dict[str, float]:
    """Known names that are like this one: the larger of token Jaccard and SequenceMatcher, below APPLY."""
    names, sizes, rows = _letter_pairs()
    pairs = _pairs(text)
    counts = [rows[pair] for pair in pairs if pair in rows]
    if not counts:
        return {}
    common = np.sum(counts, axis=0, dtype=np.int16)
    near = np.flatnonzero(2 * common >= _COMMON_PAIRS * (sizes + len(pairs)))
    words = _content(text)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(text)
    found = {}
    for place in near:
        name = names[place]
        matcher.set_seq1(name)
        other = _content(name)
        jaccard = len(words & other) / max(1, len(words | other))
        ratio = max(jaccard, matcher.ratio() if matcher.real_quick_ratio() >= SUGGEST else 0.0)
        if ratio >= (SUGGEST if words & other else _WITHOUT_A_WORD):
            found[name] = round(min(ratio, _AT_MOST), 3)
    return found


@cache
def _letter_pairs() -> tuple[tuple[str, ...], np.ndarray, dict[str, np.ndarray]]:
    """All names, how many letter pairs each has, and for each letter pair which names have it."""
    names = tuple(sorted({name for kind in KINDS for name in _known(kind).targets_of_text}))
    of_name = [_pairs(name) for name in names]
    rows: dict[str, np.ndarray] = {}
    for place, pairs in enumerate(of_name):
        for pair in pairs:
            rows.setdefault(pair, np.zeros(len(names), np.int8))[place] = 1
    return names, np.array([len(pairs) for pairs in of_name]), rows


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset((text,))


@lru_cache(maxsize=20_000)
def _content(text: str) -> frozenset[str]:
    return frozenset(_expanded(text).split()) - _FILLERS


def _expanded(text: str) -> str:
    return " ".join(_SHORT_FOR.get(word, word) for word in text.split())


def _squashed(text: str) -> str:
    return text.replace(" ", "")


@cache
def _vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    text = (resources.files("analysis.imports") / "vocabulary.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@cache
def _known(kind: str) -> _Known:
    same = {_squashed(normalise(name)): name for name in KINDS[kind].headers}
    sure: dict[str, str] = {}
    expanded: dict[str, set[str]] = {}
    doubtful: dict[str, set[str]] = {}
    silent: set[str] = set()
    texts: dict[str, set[str]] = {normalise(name): {name} for name in KINDS[kind].headers}
    for target, entry in _entries(kind):
        # The name of a numbered column ("V1") is known with its number alone.
        text = words_of(entry.removeprefix(_DOUBT))
        if target == _SILENT:
            silent |= {_squashed(text), _squashed(_expanded(text))}
        elif entry.startswith(_DOUBT):
            doubtful.setdefault(_squashed(text), set()).add(target)
        else:
            sure[_squashed(text)] = target
            texts.setdefault(text, set()).add(target)
    for text, targets in texts.items():
        expanded.setdefault(_squashed(_expanded(text)), set()).update(targets)
    return _Known(
        same, sure, _frozen(expanded), _frozen(doubtful), frozenset(silent),
        {text: targets - {NAME} for text, targets in _frozen(texts).items()},
    )  # fmt: skip


def _entries(kind: str) -> Iterable[tuple[str, str]]:
    """Every (target, synonym) of a kind, with those of its groups."""
    for part in (*_GROUPS.get(kind, ()), kind):
        for target, entries in _vocabulary().get(part, {}).items():
            for entry in entries:
                yield target, entry


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(one) for name, one in sets.items()}
