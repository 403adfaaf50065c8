"""A zip package opened with care: nothing in it is believed before it was read, and nothing is read without a limit."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from struct import error as struct_error
from struct import unpack_from

from analysis.imports.report import FileFault

MAX_ENTRIES = 10_000
MAX_SHEET = 256 << 20  # bytes of one sheet or of all shared texts, unpacked
MAX_OTHER = 32 << 20  # bytes of any other part of a workbook, unpacked
PASSWORD = "This file has a password. Save it without one, or as CSV (UTF-8), and load it again."
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 18


class Package:
    """The parts of a zip file by name. Raises FileFault for what is no whole zip file."""

    def __init__(self, content: bytes) -> None:
        # Counted before the list is read: a list of millions of entries is an attack by itself.
        if content.count(_ENTRY) > MAX_ENTRIES:
            raise FileFault("too-large", f"This file packs more than {MAX_ENTRIES:,} others. Load the ones you need.")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct_error, OverflowError):
            raise damaged() from None
        self._content = content
        self.entries = {entry.filename: entry for entry in entries}
        # Letter case and the direction of slashes differ between writers, and readers do not mind.
        self._found = {_plain(name): entry for name, entry in self.entries.items()}
        if len(self._found) < len(entries):
            raise FileFault(
                "not-text", "This file holds two parts of the same name, so it can't be read. Save it again."
            )

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._found

    def size(self, name: str) -> int:
        """The unpacked bytes that the file states for a part."""
        entry = self._found.get(_plain(name))
        return entry.file_size if entry else 0

    def read(self, name: str, limit: int = MAX_OTHER) -> bytes:
        """One part, whole. Raises FileFault where it is absent, damaged or larger than `limit` bytes."""
        return b"".join(self.chunks(name, limit))

    def chunks(self, name: str, limit: int = MAX_OTHER) -> Iterator[bytes]:
        """One part in pieces. Its real size decides: the size that the file states for it is only checked."""
        entry = self._found.get(_plain(name))
        if entry is None:
            raise damaged()
        if entry.flag_bits & 1:
            raise FileFault("password", PASSWORD)
        if entry.file_size > limit:
            raise too_large()
        size = check = 0
        for chunk in _unpacked(self._packed(entry), entry.compress_type):
            size += len(chunk)
            if size > limit:
                raise too_large()
            if size > entry.file_size:
                raise damaged()
            check = zlib.crc32(chunk, check)
            yield chunk
        if size != entry.file_size or check != entry.CRC:
            raise damaged()

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        start = entry.header_offset
        if self._content[start : start + 4] != b"PK\x03\x04" or start + 30 > len(self._content):
            raise damaged()
        name, extra = unpack_from("<HH", self._content, start + 26)
        start += 30 + name + extra
        packed = memoryview(self._content)[start : start + entry.compress_size]
        if len(packed) < entry.compress_size:
            raise damaged()
        return packed


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower()


def damaged() -> FileFault:
    """The fault of a file that is cut or broken."""
    return FileFault(
        "not-text", "This file can't be opened: a part of it is missing or damaged. Export it again, or save it as CSV."
    )


def too_large() -> FileFault:
    """The fault of a file that would fill the machine's memory once unpacked."""
    return FileFault(
        "too-large",
        "This file is small only because it is packed: unpacked, it is too large to open safely. Save the sheet "
        "that you need as CSV (UTF-8) and load that.",
    )


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _CHUNK):
            yield bytes(packed[start : start + _CHUNK])
        return
    if method != zipfile.ZIP_DEFLATED:
        raise FileFault("not-text", "This file is packed in an unusual way. Unpack it and load the files inside.")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    try:
        while not inflate.eof:
            chunk = inflate.decompress(waiting, _CHUNK)
            waiting = inflate.unconsumed_tail
            if not chunk and not waiting:
                break
            yield chunk
    except zlib.error:
        raise damaged() from None
    if not inflate.eof:
        raise damaged()
