"""What has to be asked about a survey, each question with what stands there and the likely answer."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from analysis.imports.columns import are_names
from analysis.imports.formats.lines import date_column
from analysis.imports.formats.scoring import counted
from analysis.imports.formats.shape import Request
from analysis.imports.formats.survey_columns import looks_back, looks_like_scale, measures, no_score
from analysis.imports.formats.survey_mapping import SAME, Mapped, is_question
from analysis.imports.formats.survey_shape import Survey
from analysis.imports.remember import NOT_LOADED, answer_id
from analysis.imports.report import FileFault, Question
from analysis.imports.table import Table
from analysis.store.model import CONSTRUCTS, SIDES, WAVES

LEAVE_OUT, KEEP = "leave_out", "keep"
_FROM_NAME = "from the name of the file"
# The first that fits the name of the file.
_WAVE_WORDS = (
    ("retro_pre", r"retro"),
    ("post", r"post|endline|follow.?up|after|closing|exit|wave.?2|nachher|final"),
    ("mid", r"mid|interim|halfway|checkpoint"),
    ("pulse", r"pulse|check.?in"),
    ("pre", r"pre|baseline|before|kick.?off|intake|wave.?1|vorher|onboarding"),
)
_SIDE = re.compile(r"(?<![a-z])(mentor|mentee)s?(?![a-z])", re.IGNORECASE)
_NOT_THE_NAME = re.compile(
    r"\.[a-z]{2,5}$|\(\d+[^)]*\)|\d{4}[-_. ]?\d\d[-_. ]?\d\d|\d{1,2}[.:]\d\d|\b(19|20)\d\d\b"
    r"|(january|february|march|april|may|june|july|august|september|october|november|december)\b[ _,\d]*"
    r"|\b(responses?|antworten|results?|export|final|copy|download)\b",
    re.IGNORECASE,
)
_SAMPLES = 6
# Below a question with such a word the answers may be names, and the same one may be given by many.
_SOMEBODY = re.compile(r"\b(mentor|mentee|partner|coach|manager|supervisor|leader|colleague|protégé)", re.IGNORECASE)


def ask(
    table: Table, request: Request, survey: Survey, said: Mapping[str, object], chosen: Mapped, usable: np.ndarray
) -> list[Question]:
    """Questions about the survey as a whole, and about each column that may be a question and of which nothing is
    known. Why the others are none is added to `chosen.fates`."""
    questions = _of_the_file(request, said, chosen)
    if not table.columns:
        return questions
    for place, header in enumerate(survey.names[0]):
        if place in chosen.items:
            questions += _looking_back(survey, said, chosen, place)
        elif is_question(place, survey, chosen):
            counts = counted(table.columns[place], usable)
            why = no_score(counts, survey.choices.get(place, ()))
            if why or not chosen.open:
                chosen.fates[place] = why or "not in the mapping"
            else:
                questions.append(_measure(header, survey.names[-1][place] or header, counts))
    return questions


def test_responses(said: Mapping[str, object], survey: Survey, usable: np.ndarray) -> tuple[np.ndarray, list[Question]]:
    """(which lines, shape (lines,), are previews, tests or spam; the question whether to leave them out).

    A mapping that a person wrote out and that says nothing of them leaves them out.
    """
    tests = usable & survey.tests if survey.tests is not None else np.zeros(len(usable), dtype=bool)
    answer = said.get("test_responses")
    if answer not in (None, LEAVE_OUT, KEEP):
        raise FileFault("mapping", f'The mapping gives test_responses as "{answer}". It can be {LEAVE_OUT} or {KEEP}.')
    items = said.get("items")
    written = isinstance(items, Mapping) and any(isinstance(item, Mapping) for item in items.values())
    if answer is not None or not tests.any() or (written and not said.get("remembered")):
        return tests, []
    count, of = int(tests.sum()), int(usable.sum())
    text = f"{count:,} of {of:,} responses are previews, tests or spam. Leave them out?"
    why = "Nobody meant these answers."
    return tests, [Question("test_responses", text, (LEAVE_OUT, KEEP), suggestion=LEAVE_OUT, why=why)]


def submitted(
    table: Table, survey: Survey, said: Mapping[str, object], chosen: Mapped
) -> tuple[pa.DictionaryArray | None, object, list[Question]]:
    """(the day of each response in the form 2024-03-31, the order of its date that was used, questions)."""
    place = chosen.columns.get("submitted_at")
    if place is None:
        return None, None, []
    header = survey.names[0][place]
    dates = said.get("dates")
    order = dates.get(header) if isinstance(dates, Mapping) else None
    return date_column(table.columns[place], header, order or survey.order, "submitted_at")


def suggested_wave(file: str) -> str | None:
    """The wave that the name of a file speaks of, or None."""
    name = file.lower()
    return next((wave for wave, words in _WAVE_WORDS if re.search(rf"(?<![a-z])(?:{words})", name)), None)


def suggested_name(file: str) -> str | None:
    """A name for the survey from that of its file, without wave, date and counts; the same for each wave."""
    name = _NOT_THE_NAME.sub(" ", file.replace("_", " "))
    for _, words in _WAVE_WORDS:
        name = re.sub(rf"(?<![a-z])(?:{words})\w*", " ", name, flags=re.IGNORECASE)
    slug = "_".join(re.findall(r"[^\W\d_]+", name.lower()))
    return slug[:40].strip("_") or None


def _of_the_file(request: Request, said: Mapping[str, object], chosen: Mapped) -> list[Question]:
    questions = []
    if not said.get("survey_id") and "survey_id" not in chosen.columns:
        name = suggested_name(request.file)
        text = "What is this survey called? Use the same word for each wave."
        questions.append(Question("survey_id", text, (), suggestion=name, why=_FROM_NAME if name else "", form="text"))
    if said.get("wave") not in WAVES and "wave" not in chosen.columns:
        wave = suggested_wave(request.file)
        why = _FROM_NAME if wave else ""
        questions.append(Question("wave", "When was it asked?", WAVES, suggestion=wave, why=why))
    if "side" not in said and "side" not in chosen.columns:
        found = {side.lower() for side in _SIDE.findall(request.file.replace("_", " "))}
        side = found.pop() if len(found) == 1 else None
        why = _FROM_NAME if side else ""
        questions.append(Question("side", "Who answered it?", (*SIDES, "both"), suggestion=side, why=why))
    return questions


def _measure(header: str, text: str, counts: Mapping[str, int]) -> Question:
    scale = looks_like_scale(counts)
    likely = measures(text) if scale else NOT_LOADED
    why = "" if likely is None else "by the words of the question" if scale else "its values are no scale"
    return Question(
        answer_id("items", header),
        f'What does "{text}" measure?',
        (*CONSTRUCTS, NOT_LOADED),
        header,
        samples=() if _SOMEBODY.search(text) and not scale and are_names(list(counts)) else _often(counts, scale),
        suggestion=likely,
        why=why,
    )


def _often(counts: Mapping[str, int], all_of_them: bool) -> tuple[str, ...]:
    """Values with their counts, most frequent first. What only one or two people wrote may be about one of them."""
    by_count = sorted(counts, key=lambda text: -counts[text])
    return tuple(f"{text} ({counts[text]:,})" for text in by_count if all_of_them or counts[text] > 2)[:_SAMPLES]


def _looking_back(survey: Survey, said: Mapping[str, object], chosen: Mapped, place: int) -> list[Question]:
    """A question that asks how things were before is a retrospective pre-test, and is kept apart."""
    item, header = chosen.items[place], survey.names[0][place]
    texts = [row[place] for row in survey.names if place < len(row)]
    if item.wave or said.get("wave") == "retro_pre" or not any(map(looks_back, texts)):
        return []
    return [
        Question(
            f"wave:{header}",
            f'Does "{texts[-1] or header}" ask how things were before the programme?',
            ("retro_pre", SAME),
            header,
            suggestion="retro_pre",
            why="by the words of the question",
        )
    ]
