"""Pseudonyms: HMAC-SHA256 of ids and e-mail addresses with the store's key. Nothing un-hashed goes further."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.imports.report import LoadError

SHORTEST = 16  # characters of a key: a shorter one could be guessed
_BLOCK = 64  # bytes that SHA-256 takes at a time
LENGTH = 32  # hexadecimal digits kept: 128 bits, no collision among any number of people
_ADDRESS = re.compile(r"[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+")


@dataclass(frozen=True)
class Key:
    """The secret, and whether it was made just now and stands in no file yet."""

    secret: bytes
    fresh: bool = False

    @property
    def mark(self) -> str:
        """Tells one key from another without giving it away; the store remembers the one it was written with."""
        return hmac.digest(self.secret, b"reverse mentoring impact: key mark", "sha256").hex()[:16]


def find_key(path: Path, expected_mark: str | None, store_has_loads: bool) -> Key:
    """The key from IMPACT_KEY, else from its file, else a new one for a store without loads.

    Raises LoadError where the store's own key is lost, or where this is another key: the same person would
    become somebody else, and no file would join any more.
    """
    given = os.environ.get("IMPACT_KEY", "").strip()
    if given:
        key = Key(given.encode())
    elif path.exists():
        key = Key(_read(path))
    elif store_has_loads:
        raise LoadError(
            f"The key of this store is missing: there is no IMPACT_KEY and no file {path}. Put the key back from "
            "its backup; with a new one, people in new files would not be recognised."
        )
    else:
        return Key(secrets.token_hex(32).encode(), fresh=True)
    if expected_mark is not None and key.mark != expected_mark:
        raise LoadError(
            "The key found (IMPACT_KEY or the key file) is not the one this store was made with. Put the right "
            "key back from its backup; with this one, people in new files would not be recognised."
        )
    return key


def _read(path: Path) -> bytes:
    try:
        secret = path.read_text(encoding="ascii").strip().encode()
    except (OSError, UnicodeDecodeError):
        secret = b""
    if len(secret) < SHORTEST:
        raise LoadError(
            f"The key file {path} can't be read, or holds less than {SHORTEST} letters and digits. Put the key back "
            "from its backup."
        )
    return secret


def keep_key(key: Key, path: Path) -> None:
    """Write a new key to its file, readable by its owner alone. Raises LoadError where one is there by now."""
    if not key.fresh:
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise LoadError("Another load has just made the key of this store. Load the files again.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(key.secret)
        file.flush()
        os.fsync(file.fileno())


def address_in(text: str) -> str | None:
    """The e-mail address in a cell; None where there is none."""
    address = _ADDRESS.search(text)
    return address[0] if address else None


def tidy_id(text: str) -> str:
    """An id without what nobody sees: characters that only format (a byte order mark, a zero-width space) anywhere,
    blanks around it. An e-mail address in it is the same in capitals."""
    if not text.isascii():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    text = text.strip()
    return text.lower() if "@" in text and _ADDRESS.fullmatch(text) else text


class Pseudonyms:
    """Pseudonyms made with one key. `known` gives those that the store has for ids; it is asked only where an id is
    not written as tidy_id has it."""

    def __init__(self, key: Key, known: Callable[[], Set[str]] = frozenset) -> None:
        self._ask_known = known
        # HMAC step by step (RFC 2104): what depends on the key alone is worked out once, for a million ids of a large
        # file, in half of the time that copies of Python's own HMAC take.
        secret = key.secret if len(key.secret) <= _BLOCK else hashlib.sha256(key.secret).digest()
        block = secret.ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def of(self, text: str) -> str:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.hexdigest()[:LENGTH]

    @cached_property
    def _known(self) -> Set[str]:
        return self._ask_known()

    def of_id(self, text: str) -> str | None:
        """Of an id, however its e-mail address is capitalised and whatever invisible stands in it; None of nothing.

        An id that a store of before has as it stands here keeps the pseudonym of then, so that its links hold.
        """
        tidy = tidy_id(text)
        if tidy == text or not tidy:
            return self.of(text) if text and tidy else None
        as_written = self.of(text)
        return as_written if as_written in self._known else self.of(tidy)

    def of_email(self, text: str) -> str:
        return self.of(text.lower())


def made_up_id(parts: str) -> str:
    """An id for a pair, session or goal that came without one: the same parts always give the same id."""
    return hashlib.sha256(parts.encode()).hexdigest()[:16]
