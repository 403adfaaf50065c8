"""Can the surveys be read? Five checks, from what the other survey findings already say."""

from __future__ import annotations

from analysis.findings import words
from analysis.findings.results import SIDES, Check, CheckStatus, HealthFinding
from analysis.findings.survey_item_results import SurveyItems
from analysis.findings.survey_response_results import SurveyResponse
from analysis.findings.survey_results import SurveyFinding

# Usual guides, not laws: below them the numbers stand, with the caution.
RESPONSE_GUIDE = 0.60  # of those asked after
ANONYMOUS_GUIDE = 0.10  # of all responses
ALPHA_GUIDE = 0.70  # Nunnally, Psychometric Theory, 1978


def survey_health(scored: SurveyFinding, items: SurveyItems, response: SurveyResponse) -> HealthFinding:
    """Response, waves, anonymous answers, reliability and colleagues: passed, take care, or not known."""
    checks = (
        _response(scored),
        _waves(scored),
        _anonymous(response),
        _reliability(items),
        _colleagues(scored),
    )
    passed = sum(1 for check in checks if check.status == "passed")
    care = [check.label[0].lower() + check.label[1:] for check in checks if check.status != "passed"]
    if not any(point.mean is not None for point in scored.waves):
        sentence = "There is nothing to read here: nobody answered, or too few people to show."
    elif not care:
        sentence = "These answers can be read."
    else:
        sentence = f"These answers can be read with care: {', '.join(care)}."
    return HealthFinding(checks, passed, len(checks), sentence)


def _response(scored: SurveyFinding) -> Check:
    after = [row for row in scored.responses if row.wave == "post" and row.rate is not None]
    if not after:
        return Check(
            "response",
            "Response after not known",
            "could_not_run",
            "Nobody has been asked after yet, or too few.",
            remedy="A survey after the programme with employee numbers.",
        )
    lowest = min(after, key=lambda row: row.rate or 0.0)
    told = ", ".join(f"{words.percent(row.rate or 0.0)} of {words.SIDE_LABELS[row.side].lower()}" for row in after)
    enough = (lowest.rate or 0.0) >= RESPONSE_GUIDE
    return Check(
        "response",
        f"{round(100 * (lowest.rate or 0.0))}% answered after",
        "passed" if enough else "warning",
        f"After the programme answered {told}. A usual guide is {RESPONSE_GUIDE:.0%}; whoever did not may differ.",
        lowest.rate,
        RESPONSE_GUIDE,
        "" if enough else "Reminders, and a survey that takes five minutes.",
    )


def _waves(scored: SurveyFinding) -> Check:
    told, complete = [], bool(scored.waves)
    for side in SIDES:
        waves = {point.wave for point in scored.waves if point.side == side}
        if not waves:
            continue
        missing = [name for name, some in (("before", {"pre", "retro_pre"}), ("after", {"post"})) if not waves & some]
        complete = complete and not missing
        told.append(f"{words.SIDE_LABELS[side]}: {'no answers ' + ' or '.join(missing) if missing else 'both'}")
    text = f"Asked before and after? {'; '.join(told)}." if told else "No survey has been loaded."
    recalled = any(point.wave == "retro_pre" for point in scored.waves)
    if recalled:
        text += " Some were asked afterwards how it was before: those answers are kept apart."
    label = "Asked before and after" if complete else "Waves missing"
    status: CheckStatus = "passed" if complete else "warning" if told else "could_not_run"
    return Check("waves", label, status, text, remedy="" if complete else "The survey of the missing wave.")


def _anonymous(response: SurveyResponse) -> Check:
    if not response.respondents or response.anonymous is None:
        text = "Told for everybody only: an answer that names nobody cannot be placed in a narrowed view."
        return Check("anonymous", "Anonymous share not known", "could_not_run", text)
    share = response.anonymous / response.respondents
    few = share <= ANONYMOUS_GUIDE
    return Check(
        "anonymous",
        "Answers can be linked" if few else f"{round(100 * share)}% of answers name nobody",
        "passed" if few else "warning",
        f"{words.percent(share)} of {response.respondents:,} responses name nobody: they count in scores by wave, and "
        "in no change.",
        share,
        ANONYMOUS_GUIDE,
        "" if few else "Answers with employee numbers, which are kept as pseudonyms only.",
    )


def _reliability(items: SurveyItems) -> Check:
    known = [row for row in items.reliability if row.alpha is not None]
    if not known:
        return Check(
            "reliability",
            "Reliability not known",
            "could_not_run",
            "No scale of three items or more was answered by enough people.",
            remedy="Scales of at least three questions.",
        )
    low = [row for row in known if (row.alpha or 0.0) < ALPHA_GUIDE]
    lowest = min(known, key=lambda row: row.alpha or 0.0)
    name = f"{words.SIDE_LABELS[lowest.side].lower()}, {words.construct(lowest.construct)}"
    return Check(
        "reliability",
        f"{len(low)} of {len(known)} scales unreliable" if low else "Scales hang together",
        "warning" if low else "passed",
        f"Lowest Cronbach's alpha {words.plain(lowest.alpha or 0.0)} ({name}). A usual guide is {ALPHA_GUIDE:.2f}.",
        lowest.alpha,
        ALPHA_GUIDE,
        "" if not low else "Questions that ask the same thing, or each question read by itself.",
    )


def _colleagues(scored: SurveyFinding) -> Check:
    compared = [change for change in scored.changes if change.against and change.against.low is not None]
    if compared:
        text = f"Colleagues who had not joined answered too: {len(compared)} of {len(scored.changes)} changes have one."
        return Check("colleagues", "Colleagues answered", "passed", text)
    return Check(
        "colleagues",
        "Nobody to compare with",
        "warning" if scored.changes else "could_not_run",
        "No or too few colleagues answered: a change may be regression to the mean, or the year everybody had.",
        remedy="The same survey from similar colleagues who have not joined.",
    )
