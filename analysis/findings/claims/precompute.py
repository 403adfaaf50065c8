"""The claims that are counted over all pairs and sessions: for the load to store, because the grid opens with them."""

from __future__ import annotations

from analysis.findings import codec
from analysis.findings.claims.asks import Share
from analysis.findings.claims.counted import of_share
from analysis.findings.claims.requirements import REQUIREMENTS
from analysis.findings.claims.tested import ClaimResult
from analysis.findings.context import Context
from analysis.store import Cursor
from analysis.study import claims as study


def grid_shares() -> tuple[Share, ...]:
    """What the grid counts, together, because the pairs and sessions are read once for all."""
    asked = (ask for requirement in REQUIREMENTS.values() for ask in requirement.asks)
    return tuple(dict.fromkeys(ask for ask in asked if isinstance(ask, Share) and not ask.slow))


def counted_now(cursor: Cursor, context: Context, asked: tuple[Share, ...]) -> dict[Share, ClaimResult]:
    """The result of each share as of the newest quarter. There must be one that can be asked for."""
    cutoff = context.cutoff(cursor, context.quarter(None))
    names = [(ask.name, ask.variant) for ask in asked]
    parts = study.shares(cursor, context.plan, names, cutoff, surveys=any(ask.surveys for ask in asked))
    return {ask: of_share(ask, found, context.plan) for ask, found in zip(asked, parts, strict=True)}


def claims_bundle(cursor: Cursor, context: Context) -> dict[str, str]:
    """Key to result as JSON. There must be a quarter that can be asked for."""
    return {share_key(ask): codec.encode(found) for ask, found in counted_now(cursor, context, grid_shares()).items()}


def share_key(ask: Share) -> str:
    return "|".join(["claim_share", ask.name, ask.variant, ask.expects, f"{ask.mark:g}", ask.things, ask.what])
