"""Words are functions: labels, numbers and sentences that every page, file and command line shares."""

from __future__ import annotations

import re

from analysis.findings.disclosure import DESCRIPTIVE, rounded
from analysis.findings.outcomes import DEFINITIONS, window
from analysis.findings.results import Finding, Outcome, Selection, Side, Verdict
from analysis.findings.verdict import RULES

MINUS = "\u2212"
# How `effects.headline` ends the sentence of a number that hides a cohort's harm.
_HARM = re.compile(r"On (?:its|their) own, .* evidence of harm\.")

SIDE_LABELS: dict[Side, str] = {"mentor": "Mentors", "mentee": "Mentees"}
SIDE_NOTES: dict[Side, str] = {"mentor": "junior colleagues", "mentee": "senior leaders"}
HEADER_LABELS = {
    "programme": "Programme",
    "cohort": "Cohort",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "level": "Level",
    "department": "Department",
    "location": "Location",
    "tenure_band": "Time in the company",
    "age_band": "Decade of birth",
    "performance_rating": "Performance rating",
    "promoted_last_year": "Promoted in the year before",
    "part_time": "Part time",
    "disability": "Disability",
    "lgbtq": "LGBTQ+",
    "generation": "Generation",
    "level_by_rating": "Level by rating",
}

_WAVES = {"pre": "Before", "mid": "Midway", "post": "After", "retro_pre": "Before, recalled", "pulse": "Pulse"}


def outcome_label(outcome: Outcome, months: int = 12) -> str:
    return DEFINITIONS[outcome].label.format(window=window(outcome, months))


def header_label(header: str) -> str:
    return HEADER_LABELS.get(header, header.replace("_", " ").capitalize())


def group_label(header: str, group: str) -> str:
    """A group's value as people read it: "non_binary" becomes "Non-binary"; cohorts and places stay as they are."""
    if header in ("cohort", "level", "department", "location") and group not in ("unknown", "other"):
        return group
    if header == "generation" and group != "unknown":
        return {"x": "Generation X", "z": "Generation Z"}.get(group, group.capitalize())
    return group.replace("non_", "non-").replace("_", " ").capitalize()


def narrowed_to(where: Selection) -> str:
    """What a view is narrowed to: "department Sales, level Manager"; empty for everybody."""
    return ", ".join(f"{header_label(header).lower()} {value}" for header, value in where.chosen.items())


def happened(outcome: Outcome, months: int = 12) -> str:
    """What happened to people, after their number: "stayed 12 months"."""
    return DEFINITIONS[outcome].happened.format(window=window(outcome, months))


class Whole(float):
    """A proportion, or a difference of two, that was rounded to whole percent before it was told; it is written so."""


def points(value: float) -> str:
    """A difference in percentage points, one decimal, signed: "+6.0", "−1.8", "0.0"; without one where it was rounded
    to whole points."""
    return signed(100.0 * value, 0 if isinstance(value, Whole) else 1)


def interval(low: float, high: float) -> str:
    return f"{points(low)} to {points(high)}"


def percent(rate: float) -> str:
    return f"{100.0 * rate:.{0 if isinstance(rate, Whole) else 1}f}%"


def signed(value: float, digits: int = 1) -> str:
    """A signed bare number: "+0.5", "−0.2", "0.0"."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return f"{'+' if value > 0 else MINUS}{text}"


def plain(value: float, digits: int = 2) -> str:
    """A bare number with a proper minus."""
    text = f"{abs(value):.{digits}f}"
    return text if value >= 0 or float(text) == 0 else MINUS + text


def people(count: int, one: str = "participant", many: str = "") -> str:
    return f"{count:,} {one}" if count == 1 else f"{count:,} {many or f'{one}s'}"


def verdict_label(verdict: Verdict, smallest_difference: float) -> str:
    """The verdict in words; the smallest difference that matters is a proportion."""
    if verdict == "exploratory":
        return "Exploratory"
    label = next(rule.label for rule in RULES if rule.verdict == verdict)
    return label.replace("than X", f"than {100 * smallest_difference:g} pp")


def relation(low: float, high: float) -> str:
    """Higher than, lower than, or not distinguishable from similar colleagues."""
    if low > 0:
        return "higher than similar colleagues"
    if high < 0:
        return "lower than similar colleagues"
    return "not distinguishable from similar colleagues"


def comparison_sentence(
    outcome: Outcome,
    months: int,
    rate1: float,
    rate0: float,
    low: float,
    high: float,
    rise: float | None,
    fall: float | None,
    smallest_difference: float,
) -> str:
    """Both rates and how they relate. Where it cannot be told, what could have been: first, where size is the limit.

    rise, fall: the smallest true changes that would probably have shown (positive proportions), None for none.
    """
    sentence = (
        f"{percent(rate1)} {happened(outcome, months)}, against an estimated {percent(rate0)} had they not joined "
        f"then: {relation(low, high)}."
    )
    if not low <= 0 <= high:
        return sentence
    if rise is None and fall is None:
        return f"Too small a study to show a rise or a fall in this outcome. {sentence}"
    shown = f"{changes(outcome, rise, fall)} would probably have shown."
    wanted = rise if DEFINITIONS[outcome].higher_is_better else fall
    if rise is None or fall is None or (wanted or 0.0) > smallest_difference:
        return f"Only {shown} {sentence}"
    return f"{sentence} {shown[:1].upper()}{shown[1:]}"


def brief_sentence(finding: Finding) -> str:
    """A finding's sentence cut to what a leader must know: both rates, harm to a cohort, and what it could not show.

    The whole sentence where there is no estimate: then it is the reason.
    """
    if finding.estimate is None or finding.rate_participants is None or finding.rate_comparators is None:
        return finding.sentence
    text = (
        f"{percent(finding.rate_participants)} {happened(finding.outcome, finding.horizon_months)}, against an "
        f"estimated {percent(finding.rate_comparators)} had they not joined then."
    )
    if finding.verdict == "cannot_tell" and finding.smallest_detectable is not None:
        text += f" A true difference under {100 * finding.smallest_detectable:.1f} points would hardly have shown."
    harm = _HARM.search(finding.sentence)
    return f"{text} {harm.group()}" if harm else text


def changes(outcome: Outcome, rise: float | None, fall: float | None) -> str:
    """Both directions, the better one first: "a true rise of at least 8.2 points or a fall of at least 9.4 points"."""
    sizes = [("rise", rise), ("fall", fall)]
    if not DEFINITIONS[outcome].higher_is_better:
        sizes.reverse()
    told = [f"{way} of at least {100 * size:.1f} points" for way, size in sizes if size is not None]
    return f"a true {' or a '.join(told)}"


def joined_later(share: float) -> str:
    """How many comparators joined after all; beside the headline, because it is joining then against not then."""
    return (
        f"Of the similar colleagues, {percent(share)} joined within the following year themselves, where those most "
        "like the participants count most."
    )


def in_people(outcome: Outcome, months: int, people_: int, difference: float, low: float, high: float) -> str:
    """The difference as people: "About 9 more of 140 stayed 12 months than expected (0 to 18)."."""
    middle, least, most = (round(people_ * value) for value in (difference, low, high))
    what = happened(outcome, months)
    if middle == 0:
        return f"As many of {people_:,} {what} as expected ({_counted(least)} to {_counted(most)})."
    if middle > 0:
        span = f"{least:,} to {most:,}" if least >= 0 else f"{_counted(least)} to {_counted(most)}"
    else:
        span = f"{-most:,} to {-least:,}" if most <= 0 else f"{_counted(most)} to {_counted(least)}"
    return f"About {_counted(middle)} of {people_:,} {what} than expected ({span})."


def _counted(value: int) -> str:
    return "0" if value == 0 else f"{abs(value):,} {'more' if value > 0 else 'fewer'}"


def too_few_sentence(outcome: Outcome, months: int, events: int, participants: int, needed: int) -> str:
    counted = f"{events} of {participants} {happened(outcome, months)}."
    if participants < needed:
        return f"{counted} {participants} of the {needed} participants a verdict needs."
    return f"{counted} There are too few comparable colleagues for a verdict."


def effect_alt_text(who: str, label: str, estimate: float, low: float, high: float) -> str:
    shown = abs(round(100 * estimate, 1))
    direction = "higher than" if estimate > 0 else "lower than"
    size = f"{shown:.1f} points {direction}" if shown else "no different from"
    return f"{who}, {label[0].lower()}{label[1:]}: {size} similar colleagues, 95% interval {interval(low, high)}."


def construct(name: str) -> str:
    """A construct inside a sentence: "digital skills", "eNPS"."""
    return "eNPS" if name == "enps" else name.replace("_", " ")


def at_least_few(number: int, fewest: int = 5) -> str:
    """A count of people in a sentence, which is not told where they are few: "1,204", "Fewer than 5"."""
    return f"{number:,}" if number >= fewest else f"Fewer than {fewest}"


def about(count: int) -> str:
    """Participants to the nearest five, because the exact counts of two views could be subtracted: "About 35
    participants", "A few participants"."""
    return f"About {people(rounded(count))}" if count >= DESCRIPTIVE else "A few participants"


def wave_label(wave: str) -> str:
    """ "Before", "Midway", "After"."""
    return _WAVES.get(wave, wave.replace("_", " ").capitalize())
