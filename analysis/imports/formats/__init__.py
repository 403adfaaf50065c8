"""The formats that can be read, one small file each. The first whose signature fits is taken."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.imports.answered import check_names
from analysis.imports.formats import canonical, listing, listings, surveys
from analysis.imports.formats.shape import Canonical, Format, Head, Request, answers_in
from analysis.imports.report import FileFault

FORMATS: tuple[Format, ...] = (
    *listings.FORMATS,
    *surveys.FORMATS,
    canonical.FORMAT,
    listing.FORMAT,  # takes whatever is left, and asks when the headers do not say what it is
)

__all__ = ["FORMATS", "Canonical", "Format", "Request", "answers_in", "check_mapping", "recognise"]

_SHAPES: dict[str, type] = {
    "kind": str,
    "columns": Mapping,
    "values": Mapping,
    "dates": Mapping,
    "items": Mapping,
    "programmes": Mapping,
    "answers": Mapping,
}


def check_mapping(mapping: Mapping[str, object]) -> None:
    """Raises FileFault for a mapping whose parts have another name or shape than the documented ones."""
    for name, shape in _SHAPES.items():
        if name in mapping and not isinstance(mapping[name], shape):
            wanted = "a word" if shape is str else "an object in curly brackets"
            raise FileFault(
                "mapping", f'The mapping gives "{name}" in another form than {wanted}. Correct the mapping.'
            )
    for name, value in answers_in(mapping).items():
        if not isinstance(value, str | int | float):
            raise FileFault("mapping", f'The mapping answers "{name}" with something else than a word or a number.')
    check_names(mapping, answers_in(mapping))


def recognise(head: Head, request: Request) -> Format:
    """The format of a file by its first three used records."""
    return next(form for form in FORMATS if form.recognises(head, request))
