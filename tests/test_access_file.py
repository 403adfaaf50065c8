"""The access file: who gets which role, and what is not understood lets nobody in."""

from __future__ import annotations

import pytest

from analysis.findings.access_file import BrokenAccess, Granted, read_access
from analysis.findings.roles import Role

FILE = """
[claims]
groups = "roles"

[[role]]
role = "admin"
people = ["Root@Example.com"]

[[role]]
role = "analyst"
groups = ["people-analytics", "hr"]

[[role]]
role = "viewer"
groups = ["leaders"]
department_claim = "department"

[[role]]
role = "viewer"
people = ["eve@example.com"]
department = "Finance"
"""


@pytest.mark.parametrize(
    ("claims", "granted"),
    [
        ({"email": "root@example.COM"}, Granted(Role.ADMIN)),
        ({"email": "root@example.com", "email_verified": True}, Granted(Role.ADMIN)),
        ({"email": "root@example.com", "email_verified": False}, None),
        ({"email": "root@example.com", "roles": ["leaders"], "department": "Sales"}, Granted(Role.ADMIN)),
        ({"email": "a@example.com", "roles": "hr"}, Granted(Role.ANALYST)),
        ({"email": "a@example.com", "roles": ["x", "hr"]}, Granted(Role.ANALYST)),
        ({"email": "a@example.com", "groups": ["hr"]}, None),  # another claim than the one that was named
        ({"email": "a@example.com", "roles": {"hr": True}}, None),
        ({"email": "a@example.com", "roles": ["HR"]}, None),
        ({"email": "b@example.com", "roles": ["leaders"], "department": "Sales"}, Granted(Role.VIEWER, "Sales")),
        ({"email": "b@example.com", "roles": ["leaders"], "department": " "}, None),
        ({"email": "b@example.com", "roles": ["leaders"]}, None),  # no department told is not all of them
        ({"email": "eve@example.com"}, Granted(Role.VIEWER, "Finance")),
        ({"email": ["root@example.com"]}, None),
        ({"preferred_username": "root@example.com"}, None),
        ({}, None),
    ],
)
def test_the_first_row_that_matches_counts_and_who_is_in_none_has_no_role(
    claims: dict[str, object], granted: Granted | None
) -> None:
    assert read_access(FILE).of(claims) == granted


def test_an_empty_file_lets_nobody_in() -> None:
    assert read_access("").of({"email": "root@example.com", "groups": ["hr"]}) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[role]\n", "line 1"),
        ("# a\n[[role", "line 2"),
        ("[claims]\ngroups = 1\n", "in line 1"),
        ("\n[claim]\n", "in line 2, claim is not known"),
        ("[role]\nrole='admin'\n", "two brackets"),
        ("\n\n[[role]]\nrole='boss'\npeople=['a']\n", "begins in line 3, role is one of viewer, analyst"),
        ("[[role]]\nrole='admin'\n", "nobody is named"),
        ("[[role]]\nrole='admin'\npeople='a'\n", "people is a list"),
        ("[[role]]\nrole='viewer'\npeople=['a']\ndepartement='X'\n", "departement is not known"),
        ("[[role]]\nrole='viewer'\npeople=['a']\ndepartment=''\n", "department is one text"),
        ("[[role]]\nrole='viewer'\npeople=['a']\ndepartment='X'\ndepartment_claim='d'\n", "not both"),
        ("[[role]]\nrole='viewer'\npeople=['a']\n[[role]]\nrole='steward'\npeople=['a']\ndepartment='X'\n", "line 4"),
    ],
)
def test_what_is_not_understood_says_where(text: str, says: str) -> None:
    with pytest.raises(BrokenAccess) as broken:
        read_access(text)
    assert says in str(broken.value)
