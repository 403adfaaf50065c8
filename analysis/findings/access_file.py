"""The access file: which claims and e-mail addresses have which role, and which department they are limited to.

It is TOML. The first row that matches somebody counts; who is in no row has no role.

    [claims]
    groups = "groups"       # the claim that names somebody's groups or roles
    person = "email"        # the claim that names the person

    [[role]]
    role = "analyst"
    groups = ["people-analytics"]
    people = ["ann@example.com"]
    department = "Engineering"

What is not understood is an error, not an empty rule: a mistyped limit must not let somebody see everybody.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.findings.roles import Role

_ROLES = {role.label: role for role in Role}
_LIMITED = (Role.VIEWER, Role.ANALYST)
_CLAIMS = {"groups": "groups", "person": "email"}
_KEYS = ("role", "groups", "people", "department", "department_claim")
_HEADER = re.compile(r"^\s*\[\[\s*role\s*\]\]", re.MULTILINE)


class BrokenAccess(Exception):
    """The access file can't be understood; the message says where."""


@dataclass(frozen=True)
class Row:
    """Who is of any of these groups, or one of these people (in lower case), has the role. department limits what they
    see; department_claim names the claim that does."""

    role: Role
    groups: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    department: str | None = None
    department_claim: str | None = None


@dataclass(frozen=True)
class Granted:
    role: Role
    department: str | None = None


@dataclass(frozen=True)
class Access:
    """groups_claim and person_claim name the claims that rows are compared with."""

    groups_claim: str
    person_claim: str
    rows: tuple[Row, ...]

    def of(self, claims: Mapping[str, object]) -> Granted | None:
        """What somebody with these claims may; None for nothing."""
        person, groups = _person(claims, self.person_claim), _texts(claims.get(self.groups_claim))
        for row in self.rows:
            if person in row.people or groups & row.groups:
                if row.department_claim is None:
                    return Granted(row.role, row.department)
                department = claims.get(row.department_claim)
                known = isinstance(department, str) and department.strip()
                return Granted(row.role, str(department).strip()) if known else None
        return None


def read_access(text: str) -> Access:
    """What an access file says. Raises BrokenAccess."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        last = f"at the end, line {len(text.splitlines()) or 1}"
        raise BrokenAccess(f"it is not valid TOML: {str(error).replace('at end of document', last)}.") from None
    unknown = sorted(set(told) - {"claims", "role"})
    if unknown:
        raise BrokenAccess(f"{_line_of(text, unknown[0])}{unknown[0]} is not known here; there are claims and role.")
    claims = told.get("claims", {})
    if not isinstance(claims, dict) or not set(claims) <= set(_CLAIMS):
        raise BrokenAccess(f"{_line_of(text, '[claims')}[claims] takes {' and '.join(_CLAIMS)} only.")
    if not all(isinstance(name, str) and name for name in claims.values()):
        raise BrokenAccess(f"{_line_of(text, '[claims')}[claims] takes names of claims, each in quotes.")
    rows = told.get("role", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenAccess(f"{_line_of(text, 'role')}roles are rows that begin with [[role]], two brackets.")
    places = [text.count("\n", 0, found.end()) + 1 for found in _HEADER.finditer(text)]
    named = {**_CLAIMS, **claims}
    return Access(
        named["groups"],
        named["person"],
        tuple(_row(row, places[number] if number < len(places) else 0) for number, row in enumerate(rows)),
    )


def _row(told: Mapping[str, object], line: int) -> Row:
    where = f"in the row that begins in line {line}, " if line else ""
    unknown = sorted(set(told) - set(_KEYS))
    if unknown:
        raise BrokenAccess(f"{where}{unknown[0]} is not known; a row takes {', '.join(_KEYS)}.")
    role = _ROLES.get(str(told.get("role")))
    if role is None:
        raise BrokenAccess(f"{where}role is one of {', '.join(_ROLES)}.")
    for key in ("groups", "people"):
        given = told.get(key, [])
        if not isinstance(given, list) or not all(isinstance(each, str) and each.strip() for each in given):
            raise BrokenAccess(f'{where}{key} is a list of texts, such as ["one", "two"].')
    groups, people = _texts(told.get("groups")), _texts(told.get("people"))
    if not groups and not people:
        raise BrokenAccess(f"{where}nobody is named: give it groups or people.")
    limits = {key: told[key] for key in ("department", "department_claim") if key in told}
    for key, value in limits.items():
        if not isinstance(value, str) or not value.strip():
            raise BrokenAccess(f"{where}{key} is one text in quotes.")
    if len(limits) > 1:
        raise BrokenAccess(f"{where}give department or department_claim, not both.")
    if limits and role not in _LIMITED:
        raise BrokenAccess(f"{where}a {role.label} can't be limited to a department: loads are of everybody.")
    lower = frozenset(each.casefold() for each in people)
    return Row(role, groups, lower, *(_text(limits.get(key)) for key in ("department", "department_claim")))


def _person(claims: Mapping[str, object], claim: str) -> str | None:
    """The person as the list has them. An address that its provider says is not verified is nobody's."""
    value = claims.get(claim)
    if not isinstance(value, str) or not value.strip():
        return None
    if claim == "email" and claims.get("email_verified", True) not in (True, "true"):
        return None
    return value.strip().casefold()


def _texts(value: object) -> frozenset[str]:
    given = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return frozenset(each.strip() for each in given if isinstance(each, str) and each.strip())


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) else None


def _line_of(text: str, start: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().lstrip("[").startswith(start.lstrip("[")):
            return f"in line {number}, "
    return ""
