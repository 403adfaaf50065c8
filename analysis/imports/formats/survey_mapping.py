"""What a mapping says about the columns of a survey: who answered, and what each question measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.imports.formats.scoring import Item
from analysis.imports.formats.shape import Request
from analysis.imports.formats.survey_shape import NOT_A_QUESTION, Survey
from analysis.imports.remember import NOT_LOADED, settled
from analysis.imports.report import FileFault
from analysis.store.model import CONSTRUCTS, KINDS, WAVES

SURVEY = KINDS["survey"]
# An e-mail address finds the person; it is not a column of the survey and is not stored with it.
TARGETS = (*SURVEY.headers, "email")
FILE_SETTINGS = ("survey_id", "wave", "side", "cohort")
_OF_THE_SURVEY = ("survey_id", "side", "cohort", "test_responses", "minimum_answered")
SAME = "same as the rest"
HALF = 0.5
_ITEM_SETTINGS = ("item", "construct", "scale_min", "scale_max", "reversed", "labels", "wave")
_HASHED = frozenset({"response_id", "employee_id", "email"})


@dataclass(frozen=True)
class Mapped:
    """The columns of a survey as the mapping and the format have them; positions in the file.

    `columns` is canonical header to position, `items` position to what is asked there, `left_out` the columns that a
    person left out, `by_person` those a person gave a meaning, `fates` why a column is not loaded, `gone` the headers
    of a remembered mapping that this file lacks. `open` says that columns without a word about them are to be asked.
    """

    columns: dict[str, int]
    items: dict[int, Item]
    left_out: frozenset[int]
    by_person: frozenset[int]
    fates: dict[int, str]
    gone: tuple[str, ...]
    open: bool


def said_of(request: Request, survey: Survey) -> tuple[dict[str, object], Mapped]:
    """What was said and remembered, settled, and what that makes of the columns. Raises FileFault.

    Two surveys of one tool share most headers. Where no question of the remembered one is here, this is another survey:
    what was remembered of the whole one is not said of it.
    """
    said = settled(request.mapping)
    chosen = mapped(said, survey)
    if said.get("remembered") and not any(not item.asked for item in chosen.items.values()):
        now = request.answers
        said = {name: value for name, value in said.items() if name not in _OF_THE_SURVEY or name in now}
    return said, chosen


def mapped(said: Mapping[str, object], survey: Survey) -> Mapped:
    """`said` is a settled mapping. Raises FileFault where it does not fit the file."""
    remembered = bool(said.get("remembered"))
    gone: list[str] = []
    columns = dict(survey.targets)
    left_out: set[int] = set()
    by_person: set[int] = set()
    for name, target in _part(said, "columns").items():
        place = _position(name, survey, gone if remembered else None)
        if place is None:
            continue
        columns = {known: at for known, at in columns.items() if at != place or known == target}
        by_person.add(place)
        if target == NOT_LOADED:
            left_out.add(place)
            continue
        _check_target(name, place, target, survey)
        columns[str(target)] = place
    items: dict[int, Item] = {}
    given = _part(said, "items")
    for name, item in given.items():
        place = _position(name, survey, gone if remembered else None)
        if place is None:
            continue
        if item == NOT_LOADED:
            left_out.add(place)
        elif place in survey.private:
            raise FileFault("mapping", f'The mapping loads "{name}", which is never loaded ({survey.fates[place]}).')
        else:
            items[place] = _item(survey.names[0][place], item, said)
    _refuse_one_item_twice(items, survey)
    fates = dict(survey.fates) | dict.fromkeys(left_out, "not loaded, as you said")
    written = any(isinstance(item, Mapping) for item in given.values())
    return Mapped(
        columns, items, frozenset(left_out), frozenset(by_person), fates, tuple(gone), remembered or not written
    )


def minimum_answered(said: Mapping[str, object]) -> float:
    """The share of a construct's questions that a response has to answer; half, where nothing is said."""
    text = said.get("minimum_answered", HALF)
    try:
        share = float(str(text))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise FileFault("mapping", "The mapping gives minimum_answered as something else than a share from 0 to 1.")
    return share


def _item(name: str, item: object, said: Mapping[str, object]) -> Item:
    """An item as the mapping writes it out, or as it was answered: by its construct alone."""
    wave = said.get(f"wave:{name}")
    if isinstance(item, str) and item in CONSTRUCTS:
        turned = said.get(f"reversed:{name}")
        return Item(name, item, reversed=None if turned is None else turned == "yes", wave=_wave(wave), asked=True)
    if not isinstance(item, Mapping) or not item.get("item"):
        raise FileFault("mapping", f'The mapping gives "{name}" no item. Write {{"item": "a short name"}}.')
    wave = item.get("wave", wave)
    unknown = set(item) - set(_ITEM_SETTINGS)
    construct = item.get("construct") or None
    if unknown or construct not in (None, *CONSTRUCTS) or wave not in (None, SAME, *WAVES):
        raise FileFault(
            "mapping",
            f'The mapping of "{name}" has a setting that does not exist. Settings are {", ".join(_ITEM_SETTINGS)}; '
            f"a construct is one of {', '.join(CONSTRUCTS)}; a wave one of {', '.join(WAVES)}.",
        )
    labels = item.get("labels")
    turned = item.get("reversed")
    return Item(
        str(item["item"]),
        str(construct) if construct else None,
        _ends(name, item),
        None if turned is None else str(turned).lower() == "true",
        _wave(wave),
        labels if isinstance(labels, Mapping) else {},
    )


def _wave(value: object) -> str | None:
    return None if value is None else str(value)


def _ends(name: str, item: Mapping[str, object]) -> tuple[float, float] | None:
    low, high = item.get("scale_min"), item.get("scale_max")
    if low in (None, "") or high in (None, ""):
        return None
    try:
        ends = float(str(low)), float(str(high))
    except ValueError:
        ends = (0.0, 0.0)
    if ends[0] >= ends[1]:
        raise FileFault("mapping", f'The mapping gives "{name}" a scale whose ends are not two numbers, lowest first.')
    return ends


def _check_target(name: str, place: int, target: object, survey: Survey) -> None:
    if target not in TARGETS:
        known = ", ".join((*TARGETS, NOT_LOADED))
        raise FileFault("mapping", f'The mapping sends "{name}" to "{target}". It can be one of {known}.')
    address = survey.targets.get("email") == place
    if place in survey.private or (address and target not in _HASHED):
        why = survey.fates.get(place, "an e-mail address is used hashed, to find the person, and for nothing else")
        raise FileFault("mapping", f'The mapping loads "{name}" as {target}, which is never done ({why}).')


def _refuse_one_item_twice(items: Mapping[int, Item], survey: Survey) -> None:
    seen: dict[tuple[str, str | None], int] = {}
    for place, item in items.items():
        code = (item.code, None if item.wave == SAME else item.wave)
        if code in seen:
            first, second = survey.names[0][seen[code]], survey.names[0][place]
            raise FileFault(
                "mapping",
                f'Both "{first}" and "{second}" are to be the item {item.code}. Give one of them another name.',
            )
        seen[code] = place


def _position(name: str, survey: Survey, gone: list[str] | None) -> int | None:
    """Where a header stands, looked up in each header row in turn. What is gone from a remembered one is noted."""
    for row in survey.names:
        places = [place for place, cell in enumerate(row) if cell.lower() == name.strip().lower()]
        if len(places) == 1:
            return places[0]
        if places:
            raise FileFault(
                "mapping", f'The header "{name}" stands above {len(places)} columns. Make them different.', column=name
            )
    if gone is None:
        raise FileFault("mapping", f'The mapping names "{name}", and the file has no such header. Correct the mapping.')
    gone.append(name)
    return None


def _part(said: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = said.get(name)
    return {str(header): value for header, value in part.items()} if isinstance(part, Mapping) else {}


def is_question(place: int, survey: Survey, chosen: Mapped) -> bool:
    """Whether a column may be a question about which nothing is known yet."""
    known = {*chosen.columns.values(), *chosen.items, *chosen.left_out}
    return place not in known and place not in survey.fates and chosen.fates.get(place) != NOT_A_QUESTION
