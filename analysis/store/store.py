"""A store is a folder of numbered DuckDB files, never changed once published, and a file `current` that
names the newest. One writer at a time; readers never wait (DESIGN.md, "The store")."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from analysis.store import migrate

KEPT_VERSIONS = 5
_DRAFT, _BEFORE = "draft.duckdb", "before.duckdb"
_ALONE = "alone"  # second line of `current`: no version before this one may be kept
_READ_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": os.environ.get("IMPACT_MEMORY_LIMIT", "4GB"),
    "lock_configuration": "true",
}
if _threads := os.environ.get("IMPACT_THREADS", ""):  # all cores without it
    _READ_SETTINGS["threads"] = _threads
# A load holds the rows of a file beside what the writing connection takes; what does not fit goes to disk for a while.
_WRITE_SETTINGS = _READ_SETTINGS | {
    "memory_limit": os.environ.get("IMPACT_MEMORY_LIMIT", "1200MB"),
    "lock_configuration": "false",
}


def default_folder() -> str:
    """The store that is meant where none is named: IMPACT_STORE, else ./impact_store."""
    return os.environ.get("IMPACT_STORE") or "impact_store"


class StoreError(Exception):
    """The store can't be used; the message is a sentence for people."""


class StoreBusy(StoreError):
    """Somebody else is writing to this store."""


class NoStore(StoreError):
    """The folder holds no published version yet."""


class StoreDamaged(StoreError):
    """The folder is there, and what it holds is not a store that can be read or written."""


class StoreNewer(StoreError):
    """A newer version of this application wrote the store: neither reading nor writing can be trusted."""


# One never-queried base connection a file; every caller gets a cursor of its own, because a DuckDB connection
# shared between threads returns wrong numbers without an error.
_bases: dict[Reader, duckdb.DuckDBPyConnection] = {}
_bases_lock = threading.Lock()


def _base(reader: Reader) -> duckdb.DuckDBPyConnection:
    with _bases_lock:
        if reader not in _bases:
            same = [known for known in _bases if known.path.parent == reader.path.parent]
            for older in {*same[: -KEPT_VERSIONS + 1], *(known for known in same if not known.path.exists())}:
                _bases.pop(older).close()
            try:
                _bases[reader] = duckdb.connect(str(reader.path), read_only=True, config=_READ_SETTINGS)
            except duckdb.Error:
                raise StoreDamaged(
                    f"{reader.path} can't be opened: it is damaged, or not a store. Put it back from its backup, or "
                    "write the name of an older version into the file current beside it."
                ) from None
        return _bases[reader]


def _close_removed() -> None:
    """What was removed takes its place on the disk until nobody holds it open."""
    with _bases_lock:
        for removed in [known for known in _bases if not known.path.exists()]:
            _bases.pop(removed).close()


@dataclass(frozen=True)
class Reader:
    """One published version, open for reading for as long as somebody holds it.

    `stamp` is when the file was published: a folder restored from a backup is not taken for the one before.
    """

    path: Path
    stamp: int

    @property
    def data_version(self) -> int:
        return int(self.path.stem.lstrip("v"))

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own; temporary tables made on it vanish with it."""
        cursor = _base(self).cursor()
        try:
            yield cursor
        finally:
            cursor.close()


def older_versions(reader: Reader) -> Iterator[Reader]:
    """Versions before this one that are still kept and have today's layout, newest first; opened one by one."""
    for path in sorted(reader.path.parent.glob("v*.duckdb"), reverse=True):
        if path.name >= reader.path.name:
            continue
        try:
            found = Reader(path, path.stat().st_mtime_ns)
            with found.cursor() as cursor:
                current = migrate.is_current(migrate.applied(cursor))
        except (OSError, duckdb.Error, StoreDamaged):
            continue  # gone meanwhile, or not to be read: what it held can't be told
        if current:
            yield found


@dataclass(frozen=True)
class Draft:
    """The version that is being written: a cursor on it and the number it will have."""

    connection: duckdb.DuckDBPyConnection
    data_version: int


@lru_cache(maxsize=64)
def _migrations_of(reader: Reader) -> frozenset[str]:
    """A published version never changes, so it is asked once."""
    with reader.cursor() as cursor:
        return migrate.applied(cursor)


class Store:
    """The folder. Raises StoreError: NoStore, StoreBusy, StoreDamaged, StoreNewer."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser().resolve()

    @property
    def key_path(self) -> Path:
        """The pseudonymising key stands beside the folder, never in it, so that a copy of one is not both."""
        return self.folder.with_name(self.folder.name + ".key")

    def exists(self) -> bool:
        return (self.folder / "current").is_file()

    def reader(self) -> Reader:
        """The newest published version, brought to today's schema first where it is older."""
        reader = self._newest()
        if not migrate.is_current(_migrations_of(reader)):
            with self.writing():
                pass
            reader = self._newest()
        return reader

    def _newest(self) -> Reader:
        try:
            name, _ = self._pointer()
        except OSError:
            self._refuse_headless()
            raise NoStore(f"No data has been loaded into {self.folder} yet.") from None
        path = self.folder / name
        if not name.startswith("v") or not path.is_file():
            raise StoreDamaged(
                f"The file current in {self.folder} does not name a version that is there. Write the name of the "
                "newest v*.duckdb file into it."
            )
        newest = Reader(path, path.stat().st_mtime_ns)
        if unknown := migrate.unknown(_migrations_of(newest)):
            raise StoreNewer(
                f"{self.folder} was written by a newer version of this application: its tables were changed by "
                f"{', '.join(unknown)}, which this version does not know. Nothing was read or changed. Start the newer "
                "version, or name another store (--store, or IMPACT_STORE)."
            )
        return newest

    def _pointer(self) -> tuple[str, bool]:
        """The name in `current`, and whether that version stands alone. Raises OSError."""
        lines = (self.folder / "current").read_text(encoding="utf-8").split()
        return (lines[0] if lines else "", lines[1:] == [_ALONE])

    def _refuse_headless(self) -> None:
        """Versions without `current`: starting over would write over them."""
        if self.folder.exists() and not self.folder.is_dir():
            raise StoreDamaged(f"{self.folder} is a file; a store is a folder. Name another one.")
        if any(self.folder.glob("v*.duckdb")):
            raise StoreDamaged(
                f"The file current is missing in {self.folder}. Write the name of the newest v*.duckdb file into it."
            )

    def finish_removing(self) -> None:
        """Remove what a writer that was cut off left behind: its drafts, and versions that were to go.

        Raises StoreBusy where somebody is writing, StoreDamaged.
        """
        if self.exists():
            with self._locked():
                pass

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The one writer, in a folder that holds nothing of a writer that was cut off."""
        lock = FileLock(self.folder / "lock")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise StoreBusy("Somebody else is loading data. Try again when that load has finished.") from None
        except OSError as error:
            raise StoreDamaged(f"{self.folder} can't be written to: {error.strerror}.") from None
        try:
            self._remove_drafts()
            if self.exists():
                name, alone = self._pointer()
                if alone and (self.folder / name).is_file():
                    self._remove_older(name, 1)
            yield
        except (OSError, duckdb.IOException) as error:
            reason = error.strerror if isinstance(error, OSError) else "the disk did not take what was written"
            raise StoreDamaged(f"{self.folder} can't be written to: {reason}. Nothing was changed.") from error
        finally:
            self._remove_drafts()
            lock.release()

    def _remove_drafts(self) -> None:
        for draft in (_DRAFT, _BEFORE):
            _remove(self.folder / draft)

    def _remove_older(self, newest: str, kept: int) -> None:
        """A version after `newest` may be there: its writer was cut off before it was published."""
        older = [path for path in sorted(self.folder.glob("v*.duckdb")) if path.name < newest]
        for old in older[: max(0, len(older) + 1 - kept)]:
            old.unlink()
        _close_removed()

    @contextmanager
    def writing(self, publish: bool = True, anew: bool = False) -> Iterator[Draft]:
        """A private copy of the newest version; published when the block ends well, gone when it does not.

        `publish` False: a copy that is only written to be looked at, and gone in any case. `anew`: an empty version
        with the newest one attached as `before`, to be read. What is not copied from there is in no byte of the new
        file, where a deleted row would be; and once it is published, all versions before it are removed.
        """
        if not self.exists():
            self._refuse_headless()
        draft_path, before_path = self.folder / _DRAFT, self.folder / _BEFORE
        with self._locked():
            number = 1
            if self.exists():
                newest = self._newest()
                number = newest.data_version + 1
                shutil.copyfile(newest.path, before_path if anew else draft_path)
            # What is attached is attached before everything outside is forbidden.
            settings = _WRITE_SETTINGS | {"enable_external_access": str(anew).lower()}
            connection = duckdb.connect(str(draft_path), config=settings)
            # A load tells its own steps. This setting can't be given while connecting, so the lock comes after it.
            connection.execute("set enable_progress_bar = false")
            if anew:
                quoted = str(before_path).replace("'", "''")
                connection.execute(f"attach '{quoted}' as before (read_only)")
                connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            try:
                migrate.migrate(connection)
                yield Draft(connection, number)
                if publish:
                    connection.execute("checkpoint")
            finally:
                connection.close()
            if publish:
                self._publish(draft_path, number, anew)

    def _publish(self, draft_path: Path, number: int, alone: bool) -> None:
        """`alone`: the older versions go; `current` says so, for whoever comes after a writer that was cut off here."""
        target = self.folder / f"v{number:06d}.duckdb"
        _sync(draft_path)
        draft_path.replace(target)
        pointer = self.folder / "current.new"
        pointer.write_text(f"{target.name}\n{_ALONE}" if alone else target.name, encoding="utf-8")
        _sync(pointer)
        pointer.replace(self.folder / "current")
        _sync(self.folder)
        self._remove_older(target.name, 1 if alone else KEPT_VERSIONS)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)  # where DuckDB puts what does not fit
