"""The compound file format of old Office documents ([MS-CFB]): the streams in it by name."""

from __future__ import annotations

from struct import error as struct_error
from struct import unpack_from

import numpy as np

from analysis.imports.packages import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # numbers above are marks: free, end of chain
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """Streams by name. Raises FileFault for what is cut, or whose chains of sectors run in circles."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            shift, mini_shift = unpack_from("<HH", content, 30)
            if shift not in (9, 12) or mini_shift != 6:
                raise damaged()
            self._size = 1 << shift
            first, self._cutoff, mini_first = unpack_from("<I4xII", content, 48)
            self._fat = self._table(self._fat_sectors())
            directory = self._chain(first)
        except struct_error:
            raise damaged() from None
        self._places: dict[str, tuple[int, int]] = {}
        mini: tuple[int, int] | None = None
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = unpack_from("<HB", directory, at + 64)
            start, size = unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == _STREAM:
                self._places[name] = (start, size)
            elif kind == _ROOT:
                mini = (start, size)
        self._mini_fat = np.frombuffer(self._chain(mini_first), "<u4")
        self._mini = self._chain(mini[0])[: mini[1]] if mini else b""

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def read(self, name: str) -> bytes:
        """One stream, whole."""
        start, size = self._places[name]
        if size >= self._cutoff:
            data = self._chain(start)
        else:
            pieces, seen = [], 0
            while start < _LAST_SECTOR:
                seen += 1
                if start >= len(self._mini_fat) or seen > len(self._mini_fat):
                    raise damaged()
                pieces.append(self._mini[start * 64 : start * 64 + 64])
                start = int(self._mini_fat[start])
            data = b"".join(pieces)
        if len(data) < size:
            raise damaged()
        return data[:size]

    def _sector(self, number: int) -> bytes:
        # The header takes the place of one sector, whatever the sectors' size.
        start = (number + 1) * self._size
        piece = self._content[start : start + self._size]
        if not piece:
            raise damaged()
        return piece

    def _fat_sectors(self) -> list[int]:
        """Where the table of sectors stands: 109 places in the header, the others in a chain of their own."""
        following = unpack_from("<I", self._content, 68)[0]
        sectors = list(unpack_from("<109I", self._content, 76))
        limit = len(self._content) // self._size
        for _ in range(limit):
            if following >= _LAST_SECTOR:
                break
            piece = self._sector(following)
            numbers = unpack_from(f"<{len(piece) // 4}I", piece)
            sectors += numbers[:-1]
            following = numbers[-1]
        sectors = [number for number in sectors if number < _LAST_SECTOR]
        if len(sectors) > limit:
            raise damaged()
        return sectors

    def _table(self, sectors: list[int]) -> np.ndarray:
        data = b"".join(map(self._sector, sectors))
        return np.frombuffer(data[: len(data) // 4 * 4], "<u4")

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _LAST_SECTOR:
            if start >= len(self._fat) or len(pieces) > len(self._fat):
                raise damaged()
            pieces.append(self._sector(start))
            start = int(self._fat[start])
        return b"".join(pieces)
