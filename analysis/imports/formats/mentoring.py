"""Mentoring platforms and sheets: who takes part, who is paired with whom, and who met when."""

from __future__ import annotations

from analysis.imports.formats.listing import Listing, format_of

CHRONUS = Listing(
    name="Chronus connections",
    kind="pairs",
    known_by=("Mentor Email Address", "Mentee Email Address", "Mentoring Connection Name"),
    columns={
        "Mentor Email Address": "mentor_email",
        "Mentee Email Address": "mentee_email",
        "Mentoring Connection Name": "do not load",
    },
)
PUSHFAR = Listing(
    name="PushFar participants",
    kind="invitations",
    known_by=("Program ID", "Mentoring Type"),
    columns={
        "Program ID": "programme_id",
        "Mentoring Type": "side",
        "Maximum mentees": "do not load",
        "Email": "email",
    },
)
QOOPER = Listing(
    name="Qooper participants",
    kind="invitations",
    known_by=("Matching Status", "Program", "Mentor Email"),
    columns={
        "Matching Status": "response",
        "Program": "cohort",
        "Mentor Email": "email",
        "Registered": "applied_on",
        "Upcoming Meetings": "do not load",
        "Completed Meetings": "do not load",
    },
    constants={"side": "mentor"},
)
CIVIL_SERVICE = Listing(
    name="mentoring roster",
    kind="invitations",
    known_by=("email address", "both mentor and mentee", "grade"),
    columns={
        "email address": "email",
        "both mentor and mentee": "do not load",
        "job title": "do not load",
        "grade": "do not load",
        "organisation": "do not load",
        "profession": "do not load",
    },
)
FORMATS = tuple(format_of(listing) for listing in (CHRONUS, PUSHFAR, QOOPER, CIVIL_SERVICE))
