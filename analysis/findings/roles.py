"""Roles: who may open which page and do what. How much of an answer somebody may have is in access.py.

A role says how much, a department of whom. Nothing is remembered here: it is asked anew each time.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum


class Role(IntEnum):
    """Each may what those before it may."""

    VIEWER = 1
    ANALYST = 2
    STEWARD = 3
    ADMIN = 4

    @property
    def label(self) -> str:
        return self.name.lower()


class NotAllowed(Exception):
    """Somebody asks for what they may not have; the message is a sentence for people and holds nothing of the data."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who is there. name: as the audit tells it; department: the only one they see people of, None for
    everybody; ends: when their session does, in seconds since 1970, None for never; session: which sign-in it is."""

    name: str
    role: Role
    department: str | None = None
    ends: float | None = None
    session: str = ""

    @property
    def rounded(self) -> bool:
        """Whether numbers are told by the rules for publication: counts rounded to 5, nothing of fewer than 10."""
        return self.role < Role.ANALYST


# A page that is not named is for administrators. The words are those of SECURITY.md's table.
PAGES: dict[str, Role] = {
    "quarterly_impact": Role.VIEWER,
    "outcomes": Role.VIEWER,
    "diversity": Role.ANALYST,
    "evidence": Role.ANALYST,
    "surveys": Role.ANALYST,
    "programme_health": Role.ANALYST,
    "claims": Role.ANALYST,
    "uploads": Role.STEWARD,
    "audit": Role.ADMIN,
}
# Pages whose main question can be asked of one department.
OF_A_DEPARTMENT = frozenset({"outcomes", "diversity", "evidence", "surveys", "programme_health"})

DEEDS: dict[str, Role] = {
    "download": Role.VIEWER,
    "report": Role.VIEWER,
    "save a view": Role.VIEWER,
    "register a claim": Role.ANALYST,
    "load": Role.STEWARD,
    "undo": Role.STEWARD,
    "redo": Role.STEWARD,
    "read the audit": Role.ADMIN,
}
# What tells or changes something of all departments at once.
_OF_EVERYBODY = frozenset({"report", "register a claim", "load", "undo", "redo", "read the audit"})

ENDED = "Your session has ended. Sign in again."


def current(viewer: Viewer) -> Viewer:
    """The viewer, where their session still goes on. Raises NotAllowed."""
    if viewer.ends is not None and viewer.ends <= time.time():
        raise NotAllowed(ENDED)
    return viewer


def may_open(viewer: Viewer, page: str) -> bool:
    """Whether a page is theirs to open; page: the name of its file."""
    enough = viewer.role >= PAGES.get(page, Role.ADMIN)
    return enough and (viewer.department is None or page in OF_A_DEPARTMENT)


def open_page(viewer: Viewer, page: str, title: str) -> None:
    """Raises NotAllowed where a page is not theirs to open."""
    if may_open(current(viewer), page):
        return
    needed = PAGES.get(page, Role.ADMIN)
    if viewer.role < needed:
        raise NotAllowed(f"The page {title} is for {at_least(needed)}. Your role is {viewer.role.label}.")
    raise NotAllowed(f"The page {title} tells of everybody. You see people of the department {viewer.department} only.")


def see_department(viewer: Viewer, asked: Collection[str]) -> None:
    """Raises NotAllowed where one of these values of the filter is not the department that somebody is limited to."""
    if viewer.department is not None and any(each != viewer.department for each in asked):
        raise NotAllowed(other_people(viewer))


def may(viewer: Viewer, deed: str) -> bool:
    """Whether something is theirs to do."""
    everybody = deed in _OF_EVERYBODY and viewer.department is not None
    return viewer.role >= DEEDS.get(deed, Role.ADMIN) and not everybody


def acts(by: Viewer | str | None, deed: str) -> str | None:
    """The name under which something is done, for the audit. Raises NotAllowed.

    by: who is signed in; a name or None is the command line, where whoever has the store's files is its administrator.
    """
    if not isinstance(by, Viewer):
        return by
    if may(current(by), deed):
        return by.name
    needed = DEEDS.get(deed, Role.ADMIN)
    if by.role < needed:
        raise NotAllowed(f"To {deed} is for {at_least(needed)}. Your role is {by.role.label}. Nothing was done.")
    raise NotAllowed(
        f"To {deed} is about everybody. You see people of the department {by.department} only. Nothing was done."
    )


def at_least(role: Role) -> str:
    """ "stewards and administrators"."""
    named = [f"{each.label}s" for each in Role if each >= role]
    named[-1] = "administrators"
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def other_people(viewer: Viewer) -> str:
    """The sentence for a question that is not of their department alone."""
    return (
        f"This tells of other people too. You see people of the department {viewer.department} only, and what can be "
        "narrowed to it."
    )
