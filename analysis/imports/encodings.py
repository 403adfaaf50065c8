"""A text in two encodings, UTF-8 and Windows-1252: files joined without care, or a name pasted into an export.

Read as either, it would lose letters or refuse the whole file. Each letter is read as what it is instead, and the lines
are named. Letters of UTF-8 are two to four bytes that follow its rules; in Windows-1252 such bytes are a letter and a
sign that hardly ever stand together ("Ã©"). Where they may (an é, a hard space and a French quotation mark), the one
encoding that most of the file is in decides.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator

import numpy as np

from analysis.imports.report import Issue

Content = bytes | mmap.mmap

MOSTLY_UTF8, MOSTLY_CP1252 = "utf-8 + cp1252", "cp1252 + utf-8"
MIXED = (MOSTLY_UTF8, MOSTLY_CP1252)
MARK = b"\xef\xbb\xbf"
_ENOUGH = 20  # letters of other scripts that make a text UTF-8 without one letter with an accent
_LATIN = rb"\xc2[\xa0-\xbf]|[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x90-\xba]|\xe2\x82\xac"
_ANY = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_LATIN_LETTER, _LETTER = re.compile(_LATIN), re.compile(_ANY)
_EITHER = {
    MOSTLY_UTF8: re.compile(rb"(?:%s)|[\x80-\xff]" % _ANY),
    MOSTLY_CP1252: re.compile(rb"(?:%s)|[\x80-\xff]" % _LATIN),
}
_HIGH = bytes(range(128, 256))
_PIECE = 1 << 23


def mixture(content: Content) -> str | None:
    """Which of the two encodings most of a text is in that is not UTF-8 throughout; None where it has none of it."""
    if content[:3] == MARK:
        return MOSTLY_UTF8
    letters = others = 0
    latin = False
    for piece in _uncut(content, _PIECE):
        rest, found = _LETTER.subn(b"", piece)
        letters += found
        others += int((np.frombuffer(rest, np.uint8) > 127).sum())
        latin = latin or _LATIN_LETTER.search(piece) is not None
    mostly = letters > others and (latin or letters >= _ENOUGH)
    return MOSTLY_UTF8 if mostly else MOSTLY_CP1252 if latin else None


def in_utf8(content: Content, encoding: str, first: int) -> Iterator[bytes]:
    """The text in UTF-8, piece by piece, the first one of about `first` bytes and without the mark.

    Raises UnicodeDecodeError for a byte that is a letter in neither encoding.
    """
    for number, piece in enumerate(_uncut(content, first)):
        text = piece.removeprefix(MARK) if not number else piece
        yield _EITHER[encoding].sub(lambda found: found[0] if len(found[0]) > 1 else _from_cp1252(found[0]), text)


def told_of(content: Content, encoding: str) -> Issue:
    """In how many lines the other encoding stands, and in which one first."""
    lines, first, before = 0, 0, 1
    for piece in _uncut(content, _PIECE):
        spots = [found.start() for found in _EITHER[encoding].finditer(piece) if _is_other(found[0], encoding)]
        ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord("\n" if b"\n" in piece else "\r"))
        if spots:
            on_line = np.unique(np.searchsorted(ends, spots))
            first = first or before + int(on_line[0])
            lines += len(on_line)
        before += len(ends)
    most, other = ("UTF-8", "Windows-1252") if encoding == MOSTLY_UTF8 else ("Windows-1252", "UTF-8")
    where = f"{lines:,} lines, the first of them line {first:,}," if lines != 1 else f"line {first:,}"
    return Issue(
        first,
        None,
        "two-encodings",
        f"This file is written in two encodings: most of it in {most}, {where} in {other}, as when files are joined. "
        "Each letter was read as what it is. Check the names there, or export the file in one encoding.",
    )


def _is_other(letter: bytes, encoding: str) -> bool:
    return (len(letter) == 1) == (encoding == MOSTLY_UTF8) and letter != MARK


def _from_cp1252(letter: bytes) -> bytes:
    return letter.decode("cp1252").encode()


def _uncut(content: Content, first: int) -> Iterator[bytes]:
    """The bytes piece by piece; no letter is cut at a piece's end."""
    rest, start, size = b"", 0, first
    while start < len(content):
        piece = rest + bytes(content[start : start + size])
        start, size = start + size, _PIECE
        rest = piece[len(piece.rstrip(_HIGH)) :] if start < len(content) else b""
        yield piece[: len(piece) - len(rest)]
        release(content, start)


def release(content: Content, until: int) -> None:
    """What was read of a mapped file need not stay in memory; it is read again where it is needed again."""
    if isinstance(content, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        pages = min(until, len(content)) // mmap.PAGESIZE * mmap.PAGESIZE
        if pages:
            content.madvise(mmap.MADV_DONTNEED, 0, pages)
