"""What stands in a column that might be a question (a scale, ticked boxes, free text), and what it seems to measure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from analysis.imports.formats.labels import is_number
from analysis.imports.formats.scales import no_answer, readings
from analysis.imports.formats.survey_shape import ADDRESS, FREE_TEXT, PERSONAL
from analysis.imports.refuse import refused_values

TICKED = "not a score: a box that was ticked"
SEVERAL = "not a score: several boxes ticked"
BLANK = "blank"
_MANY = 5  # below this many answers a text may be anything
_LONG, _MOSTLY = 40, 0.8  # letters, and the share of different texts, above which texts are somebody's own words
_IP = re.compile(r"\d{1,3}(\.\d{1,3}){3}")
_AT = re.compile(r"\S+@\S+\.\S+")
_PARTS = re.compile(r";|, ")
# Words of a question that tell what it measures, the first that fits; tried on the question in small letters.
_HINTS: tuple[tuple[str, str], ...] = (
    ("enps", r"recommend|weiterempfehl|recommander|recomend"),
    ("psychological_safety", r"speak up|mistake|take a risk|feel safe|fehler machen|erreurs"),
    ("digital_skills", r"digital|technolog|software|social media|\bapps?\b|online tools?|computer"),
    ("role_clarity", r"expected of me|my role|responsibilit|klar.* aufgabe"),
    ("relationship_quality", r"my (partner|mentor|mentee)|mentoring (partner|relationship)|trust each other"),
    ("inclusion", r"inclu|belong|be myself|left out|are heard|respected|zugehörig|divers"),
    ("leadership", r"\blead|feedback|decision|delegate|führ"),
    ("confidence", r"confiden|\bsure\b|trust my own|believe in my|selbstvertrauen|confian"),
    ("satisfaction", r"satisf|zufrieden|insatisf"),
    ("engagement", r"engag|enthusias|look forward|proud|motivat|stay here|meaningful|valued|energ"),
)  # fmt: skip
_LOOKING_BACK = re.compile(
    r"before (the|this|my|your|our) (\w+ )?(programme|program|mentoring)|look(ing)? back|think(ing)? back|\bthen\)"
    r"|rückblick|vor (dem|diesem) (mentoring-?)?programm|avant le programme|rétrospectiv|antes del programa"
    r"|antes do programa|retrospecti",
    re.IGNORECASE,
)


def no_score(counts: Mapping[str, int], choices: Collection[str]) -> str | None:
    """Why the values of a column are no scores, as far as they tell; None where they may be.

    `counts` are the texts that stand there, `choices` what stands in this column where its one box was ticked.
    """
    if not counts:
        return BLANK
    answers = sum(counts.values())
    if any(_AT.fullmatch(text) for text in counts):
        return PERSONAL
    if all(_IP.fullmatch(text) for text in counts):
        return ADDRESS
    if refused := refused_values(list(counts)):
        return f"refused: {refused}"
    if len(counts) == 1 and next(iter(counts)).lower() in {choice.lower() for choice in choices}:
        return TICKED
    if all(is_number(text) for text in counts) or answers < _MANY:
        return None
    words = {text: count for text, count in counts.items() if not is_number(text) and not no_answer(text)}
    if not words or readings(words):
        return None
    if _several_ticked(words):
        return SEVERAL
    length = sum(len(text) * count for text, count in words.items()) / sum(words.values())
    different = len(words) / sum(words.values())
    if different > _MOSTLY or (length > _LONG and different > _MOSTLY / 2) or len(words) > 100:
        return FREE_TEXT
    return None


def looks_like_scale(counts: Mapping[str, int]) -> bool:
    """Whether the values are whole numbers of a short range, or the labels of one known scale."""
    words = [text for text in counts if not is_number(text) and not no_answer(text)]
    numbers = [float(text) for text in counts if is_number(text)]
    if words:
        return not numbers and bool(readings(words))
    return 1 < len(numbers) <= 11 and min(numbers) >= 0 and max(numbers) <= 100


def measures(text: str) -> str | None:
    """The construct that the words of a question speak for, or None."""
    lower = text.lower()
    return next((construct for construct, pattern in _HINTS if re.search(pattern, lower)), None)


def looks_back(text: str) -> bool:
    """Whether a question asks how things were before the programme (a retrospective pre-test)."""
    return _LOOKING_BACK.search(text) is not None


def _several_ticked(words: Mapping[str, int]) -> bool:
    """Whether texts are the same few choices joined in different ways."""
    joined = [text for text in words if _PARTS.search(text)]
    parts = {part.strip() for text in words for part in _PARTS.split(text) if part.strip()}
    repeated = sum(len([part for part in _PARTS.split(text) if part.strip()]) for text in words)
    return bool(joined) and len(words) >= 3 and len(joined) >= 0.3 * len(words) and repeated >= 2 * len(parts)
