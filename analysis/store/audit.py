"""Who did what: an append-only file beside the store, one JSON line an event, each chained to the one before.

It holds nothing of the people in the data: no id, no content of a file. It stands beside the folder like the key, so
that undoing, erasing and putting back a version leave it. The chain shows that a line was changed, taken out or put in
between. Who may write the file can still cut off its end or write all of it anew, which only a digest that was noted
elsewhere shows.
"""

from __future__ import annotations

import atexit
import getpass
import hashlib
import json
import os
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.store.store import Store, StoreError

WHAT = ("load", "undo", "redo", "erasure", "finding", "report", "download", "claim registered", "claim withdrawn",
        "audit exported", "signed in", "signed out", "refused")  # fmt: skip
LONGEST = 2_000  # characters of what an event is about
BEGUN, DONE = "begun", "done"
_FIRST = "0" * 64  # what the first line is chained to
_SECONDS = 5.0
_GATHER = 0.1  # seconds
_TAIL = 65_536  # bytes: longer than any line


class CannotAudit(StoreError):
    """The audit file can't be written or read; the message is a sentence for people."""


@dataclass(frozen=True)
class Event:
    """One line. at: ISO, UTC. about: what was loaded, asked or taken away. outcome: begun, done, or why not."""

    number: int
    at: str
    who: str
    what: str
    about: str
    data_version: int
    outcome: str


@dataclass
class Doing:
    """An event that goes on; `outcome` is what its last line will say."""

    outcome: str = DONE


@dataclass(frozen=True)
class AuditCheck:
    """Whether the chain holds. lines: how many there are; digest: the last one's, to be noted elsewhere; problems: a
    sentence each, by line; unfinished: a sentence for each line that begins something of which no end is told, which is
    no fault of the file."""

    lines: int
    digest: str
    problems: tuple[str, ...]
    unfinished: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        if self.problems and not self.lines:
            return "The audit does not hold: not one line of it is there."
        if self.problems:
            return f"The audit file does not hold: {len(self.problems)} of {self.lines:,} lines are not as written."
        return f"The chain of {self.lines:,} lines holds. Last digest: {self.digest}."


def audit_path(store: Store) -> Path:
    return store.folder.with_name(store.folder.name + ".audit.jsonl")


def operating_user() -> str:
    """The name under which this program runs."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def write_audit(store: Store, what: str, about: str, outcome: str = DONE, who: str | None = None) -> None:
    """One line, on the disk when this returns. Raises CannotAudit."""
    _append(store, [_entry(store, what, about, outcome, who)], sync=True)


@contextmanager
def audited(store: Store, what: str, about: str, who: str | None = None) -> Iterator[Doing]:
    """A line before something is done and one after it: what is not audited does not happen.

    Raises CannotAudit before anything is done. Where the second line can't be written, the first one stands.
    """
    who = who or operating_user()
    write_audit(store, what, about, BEGUN, who)
    doing = Doing()
    try:
        yield doing
    except BaseException as error:
        doing.outcome = f"not done: {type(error).__name__}"
        raise
    finally:
        try:
            write_audit(store, what, about, doing.outcome, who)
        except CannotAudit as problem:
            _trouble[audit_path(store)] = str(problem)


def audit_later(store: Store, what: str, about: str, outcome: str = DONE, who: str | None = None) -> None:
    """One line, written beside what is being shown: who only reads does not wait for a disk. See audit_trouble."""
    _begin_writer()
    _waiting.put((store, _entry(store, what, about, outcome, who)))


def audit_trouble(store: Store) -> str | None:
    """Why the audit file can't be written; None where it can, as far as it can be told without writing."""
    path = audit_path(store)
    known = _trouble.get(path)
    if path.exists() or path.is_symlink():
        fine = path.is_file() and os.access(path, os.W_OK)
    else:
        fine = os.access(path.parent, os.W_OK) or not path.parent.exists()
    return known if fine else _cannot(path, "it is no file that this program may write")


def read_audit(store: Store) -> tuple[Event, ...]:
    """All events, oldest first; lines that are none are left out (check_audit names them). Raises CannotAudit."""
    found = (_read(line) for line in _lines(store))
    return tuple(one[0] for one in found if one is not None)


def check_audit(store: Store, noted: str | None = None) -> AuditCheck:
    """Whether every line is as it was written, and none is missing; `noted`: a last digest of before, which must still
    stand in the chain. Raises CannotAudit."""
    before, number, lines, noted_found = _FIRST, 0, 0, noted is None
    problems: list[str] = []
    open_ended: dict[tuple[str, str, str], list[tuple[int, str]]] = {}
    for lines, line in enumerate(_lines(store), start=1):
        one = _read(line)
        if one is None:
            problems.append(f"Line {lines} is not a line of this file: it was cut short or changed.")
            continue
        event, digest = one
        if digest != _digest(event, before):
            problems.append(f"Line {lines} was changed, or what stood before it was changed or taken out.")
        elif event.number != number + 1:
            problems.append(f"Line {lines} has the number {event.number}; {number + 1} was due.")
        before, number = digest, event.number
        noted_found = noted_found or digest == noted
        _follow(open_ended, lines, event)
    if not lines and store.exists():
        is_there = "is blank" if audit_path(store).exists() else "is missing"
        problems.append(
            f"The audit file {audit_path(store).name} {is_there}, though the store beside it has data: it was taken "
            "away, or the store was put here without it. Put it back from its backup; what is done from now on begins "
            "a new one."
        )
    if not noted_found:
        problems.append("The digest that was noted stands in no line: lines were cut off, or the file is another one.")
    unfinished = sorted(one for begun in open_ended.values() for one in begun)
    return AuditCheck(lines, before, tuple(problems), tuple(sentence for _, sentence in unfinished))


def flush_audit(seconds: float = _SECONDS) -> None:
    """Wait until what was to be written later is written."""
    if _writer is not None and _writer.is_alive():
        done = threading.Event()
        _waiting.put(done)
        done.wait(seconds)


_trouble: dict[Path, str] = {}
_waiting: queue.SimpleQueue[tuple[Store, Event] | threading.Event] = queue.SimpleQueue()
_writer: threading.Thread | None = None
_writer_lock = threading.Lock()
# Where the file ended after this process last wrote to it, with the number and digest of the last line there.
_ends: dict[Path, tuple[int, int, str]] = {}


def _entry(store: Store, what: str, about: str, outcome: str, who: str | None) -> Event:
    """Its number is given when it is written."""
    if what not in WHAT:
        raise ValueError(f"{what} is no event of the audit")
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Event(0, now, (who or operating_user())[:200], what, about[:LONGEST], _version(store), outcome[:200])


def _version(store: Store) -> int:
    try:
        return int(
            (store.folder / "current").read_text(encoding="utf-8").split()[0].removesuffix(".duckdb").lstrip("v")
        )
    except (OSError, ValueError, IndexError):
        return 0


def _follow(open_ended: dict[tuple[str, str, str], list[tuple[int, str]]], line: int, event: Event) -> None:
    """What was begun waits for its end: the next line of that person, kind and subject ends what was begun last."""
    begun = open_ended.setdefault((event.who, event.what, event.about), [])
    if event.outcome == BEGUN:
        sentence = (
            f"Line {line} begins {event.what}: {event.about[:100]} ({event.at[:19]}, {event.who}), and no line tells "
            "how it ended: it goes on, or was cut off."
        )
        begun.append((line, sentence))
    elif begun:
        begun.pop()


def _append(store: Store, events: list[Event], sync: bool) -> None:
    path = audit_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock"), timeout=_SECONDS):
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                number, before, torn = _end(path, handle)
                text = "\n" if torn else ""
                for event in events:
                    number += 1
                    told = {**asdict(event), "number": number}
                    before = _digest(Event(**told), before)
                    text += json.dumps({**told, "digest": before}) + "\n"
                content = text.encode("utf-8", "replace")
                if os.write(handle, content) != len(content):
                    raise OSError(None, "the disk did not take all of it")
                if sync:
                    os.fsync(handle)
                _ends[path] = (os.fstat(handle).st_size, number, before)
            finally:
                os.close(handle)
    except (OSError, Timeout) as error:
        why = "another program holds it" if isinstance(error, Timeout) else str(error.strerror).lower()
        _trouble[path] = _cannot(path, why)
        raise CannotAudit(_trouble[path]) from None
    _trouble.pop(path, None)


def _end(path: Path, handle: int) -> tuple[int, str, bool]:
    """Number and digest of the last whole line, and whether the file ends within a line."""
    size = os.fstat(handle).st_size
    known = _ends.get(path)
    if known is not None and known[0] == size:
        return known[1], known[2], False
    os.lseek(handle, max(0, size - _TAIL), os.SEEK_SET)
    tail = os.read(handle, _TAIL)
    for line in reversed(tail.split(b"\n")):
        one = _read(line.decode("utf-8", "replace"))
        if one is not None:
            return one[0].number, one[1], not tail.endswith(b"\n")
    return 0, _FIRST, bool(tail) and not tail.endswith(b"\n")


def _digest(event: Event, before: str) -> str:
    told = json.dumps(asdict(event), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}\n{told}".encode("utf-8", "replace")).hexdigest()


def _read(line: str) -> tuple[Event, str] | None:
    try:
        told = json.loads(line)
        digest = told.pop("digest")
        return Event(**told), str(digest)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _lines(store: Store) -> Iterator[str]:
    path = audit_path(store)
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from (line for line in file if line.strip())
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotAudit(f"The audit file {path.name} can't be read: {error.strerror}.") from None


def _cannot(path: Path, why: str) -> str:
    return (
        f"The audit file {path.name} beside the store can't be written: {why}. Until it can, nothing is loaded, "
        "undone, erased or taken away; pages can be read."
    )


def _begin_writer() -> None:
    global _writer
    if _writer is None or not _writer.is_alive():
        with _writer_lock:
            if _writer is None or not _writer.is_alive():
                _writer = threading.Thread(target=_write_on, name="impact audit", daemon=True)
                _writer.start()
                atexit.register(flush_audit)


def _write_on() -> None:
    """Lines as they come, those that wait together in one go."""
    while True:
        taken = [_waiting.get()]
        if not isinstance(taken[0], threading.Event):
            time.sleep(_GATHER)  # the page that asked goes on meanwhile, and most likely asks more
        while not _waiting.empty():
            taken.append(_waiting.get())
        by_store: dict[Path, tuple[Store, list[Event]]] = {}
        for one in taken:
            if not isinstance(one, threading.Event):
                by_store.setdefault(one[0].folder, (one[0], []))[1].append(one[1])
        for store, events in by_store.values():
            with suppress(CannotAudit):  # kept in _trouble: the next page says it
                _append(store, events, sync=False)
        for one in taken:
            if isinstance(one, threading.Event):
                one.set()
