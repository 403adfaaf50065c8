"""The stamp that every file carries: where it came from, its headline numbers, and a digest of each part.

It is a JSON object in Base64 behind a mark, so that it survives every format's escaping; a digest leaves out what a
load changes without changing a number (data version, loads, times).
"""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from analysis.findings import codec
from analysis.reports.content import Report
from analysis.reports.seal import MARK, MARKED, stamp_text

_OUTSIDE = frozenset({"data_version", "loads", "published_at", "published_version", "plan_hash"})
_LARGEST = 200_000_000  # bytes of one unpacked part


class NoStamp(ValueError):
    """A file that this application did not write, or that lost its stamp; the message is a sentence."""


def stamp_of(report: Report) -> dict[str, Any]:
    """The stamp, headline numbers by side and outcome (proportions and people), and a digest a part."""
    numbers = {
        f"{found.side}|{found.outcome}": [
            found.estimate, found.ci_low, found.ci_high, found.n_participants, found.n_comparators, found.verdict
        ]
        for found in report.headlines
    }  # fmt: skip
    parts = {
        item.name: digest(json.loads(codec.encode(getattr(report, item.name))))
        for item in fields(report)
        if item.name != "stamp"
    }
    return {**json.loads(json.dumps(asdict(report.stamp))), "numbers": numbers, "parts": parts}


def marked(report: Report, content: str | None = None) -> str:
    """The stamp as one word of letters and digits. content: the digest of what the file holds, as `seal` makes it."""
    text = json.dumps({**stamp_of(report), "content": content}, sort_keys=True, ensure_ascii=False).encode()
    return MARK + base64.urlsafe_b64encode(text).decode()


def digest(part: Any) -> str:
    return hashlib.sha256(json.dumps(_numbers_of(part), sort_keys=True).encode()).hexdigest()[:16]


def _numbers_of(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _numbers_of(value) for name, value in part.items() if name not in _OUTSIDE}
    return [_numbers_of(value) for value in part] if isinstance(part, list) else part


def read_stamp(path: Path) -> dict[str, Any]:
    """The stamp of a report of any format. Raises NoStamp."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NoStamp(f"{path} can't be read: {error.strerror}.") from None
    try:
        texts = [stamp_text(content), *_parts(path)] if content[:2] == b"PK" else [content]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        raise NoStamp(f"{path.name} is damaged and can't be opened.") from None
    for found in (found for text in texts for found in MARKED.finditer(text)):
        try:
            stamp = json.loads(base64.urlsafe_b64decode(found[1]))
        except ValueError:
            continue
        if isinstance(stamp, dict) and {"quarter", "audience", "loads", "numbers", "parts"} <= stamp.keys():
            return stamp
    raise NoStamp(f"{path.name} carries no stamp of this application, or it was damaged. Make the report again.")


def _parts(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        names = [item for item in archive.infolist() if item.filename.endswith(".xml") and item.file_size < _LARGEST]
        return [archive.read(item) for item in names]
