"""The leaders' page: headlines, health strip and standing words put together from findings."""

from __future__ import annotations

from datetime import date

from analysis.findings.checks import lottery
from analysis.findings.context import Context
from analysis.findings.results import Check, CheckStatus, Finding, HealthFinding, ImpactPage, ReachFinding
from analysis.findings.survey_results import SurveyFinding
from analysis.findings.words import SIDE_LABELS, header_label

BADGES = 5
GOOD_RESPONSE = 0.60
_RANK: dict[CheckStatus, int] = {"failed": 0, "warning": 1, "could_not_run": 2, "passed": 3}


def compose(
    context: Context,
    quarter: str,
    cutoff: date,
    headlines: tuple[Finding, ...],
    by_cohort: tuple[Finding, ...],
    reached: tuple[ReachFinding, ...],
    survey: SurveyFinding,
) -> ImpactPage:
    """The page of one quarter from its parts."""
    return ImpactPage(
        quarter=quarter,
        cutoff=cutoff.isoformat(),
        data_as_of=context.data.data_as_of.isoformat() if context.data.data_as_of else "",
        health=health(headlines, survey),
        headlines=headlines,
        by_cohort=by_cohort,
        reach=reached,
        many_comparisons=_many_comparisons(headlines),
        standing_sentence=standing(headlines),
        data_version=context.data_version,
        plan_hash=context.plan.hash,
        published_at=context.published_at.isoformat() if context.published_at else "",
    )


def health(headlines: tuple[Finding, ...], survey: SurveyFinding) -> HealthFinding:
    """The worst of each check over all headlines; failed and amber ones first, five badges at most.

    All are counted; that places were not drawn by lot is what the standing sentence says, so it gets no badge.
    """
    worst: dict[str, Check] = {}
    for finding in (finding for finding in headlines if not finding.suppressed):
        for check in finding.checks:
            known = worst.get(check.name)
            if known is None or _RANK[check.status] < _RANK[known.status]:
                worst[check.name] = check
    response = _response(survey)
    checks = [*worst.values(), *([response] if response else [])]
    ordered = sorted((c for c in checks if c.name != lottery.NAME), key=lambda check: _RANK[check.status])
    passed = sum(check.status == "passed" for check in checks)
    return HealthFinding(tuple(ordered[:BADGES]), passed, len(checks), _answer(headlines, passed, len(checks)))


def _response(survey: SurveyFinding) -> Check | None:
    last = [row for row in survey.responses if row.wave == "post" and row.rate is not None]
    if not last:
        return None
    lowest = min(last, key=lambda row: row.rate or 0.0)
    rate = lowest.rate or 0.0
    return Check(
        "survey_response",
        f"Survey response {rate:.0%}",
        "passed" if rate >= GOOD_RESPONSE else "warning",
        f"{rate:.0%} of the {SIDE_LABELS[lowest.side].lower()} asked answered the last survey.",
        rate,
        GOOD_RESPONSE,
        "Answers from those who have not replied.",
    )


def _answer(headlines: tuple[Finding, ...], passed: int, total: int) -> str:
    states: dict[str, list[str]] = {}
    for side, label in SIDE_LABELS.items():
        own = [finding for finding in headlines if finding.side == side]
        states.setdefault(_state(own), []).append(label.lower())
    # What holds for both sides is said once.
    parts = [state.format(who=" and ".join(who)) for state, who in states.items()]
    if not total:
        return f"{' '.join(parts)} There are no checks, because none of the numbers is shown."
    return f"{' '.join(parts)} {passed} of the {total} kinds of check passed on every number of this page."


def _state(own: list[Finding]) -> str:
    """Whether the outcomes of a side can be read; {who} is still to be said."""
    withheld = sum(finding.verdict == "not_reliable_enough_to_read" for finding in own)
    unread = sum(finding.verdict in ("not_shown", "too_few_to_tell") for finding in own)
    if not any(finding.cohorts for finding in own):
        return "Not yet for {who}: nobody who took part can be compared yet."
    if unread == len(own):
        return "Not yet for {who}: too few people."
    if withheld:
        return f"For {{who}}, {withheld} of {len(own)} outcomes {'is' if withheld == 1 else 'are'} withheld."
    if unread:
        return f"For {{who}}, {unread} of {len(own)} outcomes {'has' if unread == 1 else 'have'} too few people."
    return "Readable, with care, for {who}."


def standing(headlines: tuple[Finding, ...]) -> str:
    """What every comparison of the page adjusts for; one with few participants may have had to leave something out."""
    used = [finding.settings.get("covariates") for finding in headlines if finding.estimate is not None]
    lists = [names for names in used if isinstance(names, list)]
    # The interaction needs no naming beside level and rating themselves.
    first = [name for name in lists[0] if name != "level_by_rating"] if lists else []
    shared = [name for name in first if all(name in names for names in lists)]
    if not shared:
        return "Taking part was not random, and we cannot see motivation."
    named = [header_label(name).lower() for name in shared]
    alike = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    return f"Taking part was not random. We compare people alike in {alike}; we cannot see motivation."


def _many_comparisons(headlines: tuple[Finding, ...]) -> str:
    compared = sum(finding.estimate is not None for finding in headlines)
    if compared < 2:
        return ""
    return (
        f"{compared} comparisons stand on this page. If none of them had a real effect, {0.05 * compared:.1f} "
        "would still look conclusive by chance. Numbers are rounded one by one, so a difference can seem off by 0.1."
    )
