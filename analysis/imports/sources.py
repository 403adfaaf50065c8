"""Files as they are given: from a path with the mapping beside it, from a folder, out of a zip."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.imports.archive import expand
from analysis.imports.report import LoadError, SourceFile

MAPPED_FROM = 64 << 20  # bytes
FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "zip", "toml")


def unpacked(files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """The same files with each zip replaced by what it holds, so that each can be answered for by itself.

    A zip that can't be unpacked stays, and is refused when it is checked.
    """
    found: list[SourceFile] = []
    for source in files:
        inner = expand([source])
        whole = [one for one in inner if isinstance(one, SourceFile)]
        found += whole if len(whole) == len(inner) else [source]
    return tuple(found)


def read_folder(folder: Path) -> list[SourceFile]:
    """All data files of a folder, by name, each as `read_file` gives it; mappings and notes are passed over."""
    return [
        read_file(path)
        for path in sorted(folder.iterdir())
        if path.is_file()
        and path.suffix.lower().lstrip(".") in set(FILE_TYPES) - {"txt"}
        and not path.name.startswith((".", "~$"))
    ]


def read_file(path: Path) -> SourceFile:
    """A file with the mapping that stands beside it, if any: that of survey.csv is survey.csv.mapping.json.

    Raises LoadError for a mapping that is not a JSON object.
    """
    beside = path.with_name(f"{path.name}.mapping.json")
    return SourceFile(path.name, _content(path), read_mapping(beside) if beside.exists() else None)


def _content(path: Path) -> bytes | mmap.mmap:
    """A large file is mapped, so that it is never in memory as a whole."""
    if path.stat().st_size < MAPPED_FROM:
        return path.read_bytes()
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_mapping(path: Path) -> Mapping[str, object]:
    """A mapping from its file. Raises LoadError where that is not a JSON object."""
    try:
        mapping = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{path.name} is not valid JSON: {error}.") from None
    if not isinstance(mapping, dict):
        raise LoadError(f'{path.name} is not a JSON object. A mapping has the form {{"kind": "survey", ...}}.')
    return mapping
