"""A zip of several files to the files inside it, before any of them is looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from analysis.imports.no_tables import added_by_a_computer, is_no_table
from analysis.imports.packages import PASSWORD, Package
from analysis.imports.report import FileFault, Issue, SourceFile
from analysis.imports.workbook import FIRST_BYTES, is_document

MAX_FILES = 200
_LOOKED_AT = 32 << 20  # bytes of a file whose name does not say what it is
MAX_UNPACKED = 200 << 20  # bytes of all files inside all zips of one command
_SIDECAR = ".mapping.json"
_NAMED = 12  # files that are passed over


@dataclass(frozen=True)
class Unreadable:
    """A zip, or a file inside one, that is refused before it becomes a file of its own."""

    name: str
    issues: tuple[Issue, ...]

    @property
    def message(self) -> str:
        """What is wrong and what to do, in a sentence."""
        return self.issues[0].message


def expand(sources: Sequence[SourceFile]) -> list[SourceFile | Unreadable]:
    """The same files in the same order, with each zip replaced by what it holds, named "outer.zip/inner.csv".

    Workbooks, which are zips too, stay as they are. What is no table is passed over, and named in a note of the first
    file. A mapping inside (inner.csv.mapping.json) becomes that file's own, else the zip's mapping serves. Never raises
    for what is in a file: what can't be unpacked safely is Unreadable.
    """
    found: list[SourceFile | Unreadable] = []
    room = MAX_UNPACKED
    for source in sources:
        package = _archive(source)
        if package is None:
            found.append(source)
            continue
        try:
            inner = _unpack(source, package, room)
        except FileFault as fault:
            found.append(Unreadable(source.name, fault.issues))
            continue
        room -= sum(len(one.content) for one in inner if isinstance(one, SourceFile))
        found += inner
    return found


def _archive(source: SourceFile) -> Package | None:
    """The zip; None for everything else, also what is broken: reading it as a file of its own says how."""
    if source.content[: len(FIRST_BYTES)] != FIRST_BYTES:
        return None
    try:
        package = Package(source.content[:])  # a file that is only mapped into memory is read here
        return None if is_document(package) else package
    except FileFault:
        return None


def _unpack(source: SourceFile, package: Package, room: int) -> list[SourceFile | Unreadable]:
    for name in package.entries:
        _check_path(name)
    names = [name for name in package.entries if not name.endswith(("/", "\\")) and not added_by_a_computer(name)]
    if any(package.entries[name].flag_bits & 1 for name in names):
        raise FileFault("password", PASSWORD.replace("This file", "This zip").replace("Save", "Pack"))
    files = sorted(name for name in names if not name.lower().endswith(_SIDECAR))
    passed = [name for name in files if is_no_table(name, partial(package.read, name, _LOOKED_AT))]
    files = [name for name in files if name not in passed]
    others = [*passed, *(name for name in package.entries if not name.endswith("/") and added_by_a_computer(name))]
    if not files:
        held = f"There is no table in this zip, but {_list(others)}." if others else "There is no file in this zip."
        raise FileFault("empty", f"{held} Pack the exports and load it again.")
    if len(files) > MAX_FILES:
        raise FileFault("too-large", f"This zip holds more than {MAX_FILES} files. Pack only the ones to load.")
    if sum(package.size(name) for name in files) > room:
        raise FileFault(
            "too-large",
            f"Unpacked, the files in this zip are larger than {MAX_UNPACKED >> 20} MB together. Unpack it and load the "
            "files by themselves.",
        )
    inner = [_inner(source, package, name, room) for name in files]
    first = next((place for place, one in enumerate(inner) if isinstance(one, SourceFile)), None)
    if others and first is not None:
        sentence = f"Beside the tables this zip holds {_list(others)}. Not read: no tables."
        note = Issue(1, None, "not-a-table", sentence)
        inner[first] = replace(cast(SourceFile, inner[first]), notes=(note,))
    return inner


def _list(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _inner(source: SourceFile, package: Package, name: str, room: int) -> SourceFile | Unreadable:
    shown = f"{source.name}/{name}"
    try:
        inner = SourceFile(shown, package.read(name, room), _mapping(source, package, name))
    except FileFault as fault:
        return Unreadable(shown, fault.issues)
    if _archive(inner) is None:
        return inner
    sentence = "This is a zip inside a zip. Unpack it and load the files inside."
    return Unreadable(shown, (Issue(1, None, "nested-zip", sentence),))


def _mapping(source: SourceFile, package: Package, name: str) -> Mapping[str, object] | None:
    beside = f"{name}{_SIDECAR}"
    if beside not in package:
        return source.mapping
    try:
        mapping = json.loads(package.read(beside).decode("utf-8"))
    except (ValueError, RecursionError):
        raise FileFault("mapping", f"{beside} is not valid JSON. Correct it or leave it out.") from None
    if not isinstance(mapping, dict):
        raise FileFault("mapping", f'{beside} is not a JSON object. A mapping has the form {{"kind": "survey", ...}}.')
    return mapping


def _check_path(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or not name.isprintable():
        raise FileFault(
            "unsafe-path", "This zip holds a file whose path leads out of the zip. Unpack it and load the files inside."
        )
