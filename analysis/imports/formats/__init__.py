"""The formats that can be read, one small file each. The first whose signature fits is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.imports.formats import canonical, mapped_survey, microsoft_forms, qualtrics
from analysis.imports.formats.shape import Canonical, Format, answers_in

FORMATS: tuple[Format, ...] = (
    qualtrics.FORMAT,
    microsoft_forms.FORMAT,
    mapped_survey.FORMAT,
    canonical.FORMAT,  # takes whatever is left, and asks when the headers do not say what it is
)

__all__ = ["FORMATS", "Canonical", "Format", "answers_in", "recognise"]


def recognise(head: Sequence[Sequence[str]], kind: str | None, mapping: Mapping[str, object]) -> Format:
    """The format of a file by its first three used records. The vendors' shapes here are surveys."""
    if kind not in (None, "survey"):
        return canonical.FORMAT
    return next(form for form in FORMATS if form.recognises(head, mapping))
