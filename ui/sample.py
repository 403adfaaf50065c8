"""The invented employer: built once from sample_data/ into a store of the user's own cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from filelock import FileLock

from analysis.load import load, read_folder
from analysis.store import Store

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_DATA = ROOT / "sample_data"
_KEPT = 3


class NoSample(Exception):
    """The sample employer can't be built; the message is a sentence for people."""


def cache_folder() -> Path:
    """Of this user alone: $XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "reverse-mentoring-impact"


@cache
def fingerprint(samples: Path) -> str:
    """Changes with any sample file and any line of the analysis, so that an old store is never taken for a new one."""
    digest = hashlib.sha256()
    sources = [path for path in (ROOT / "analysis").rglob("*") if path.suffix in (".py", ".sql", ".toml", ".json")]
    for folder, paths in ((ROOT, sources), (samples, [path for path in samples.glob("*") if path.is_file()])):
        for path in sorted(paths):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def sample_store() -> Store:
    """Where the sample store is, whether or not it has been built."""
    return Store(cache_folder() / fingerprint(SAMPLE_DATA) / "store")


def build_sample(progress: Callable[[str, int, int], None]) -> None:
    """Build the sample store unless it is there; a second session waits for the first. Raises NoSample."""
    store = sample_store()
    home = store.folder.parent
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(home / "building.lock"):
        if store.exists():
            return
        files = read_folder(SAMPLE_DATA)
        if not files:
            raise NoSample("The folder sample_data holds no files, so there is no invented employer to show.")
        reports = load(store, files, progress=progress)
        stopped = [report for report in reports if report.status not in ("loaded", "already_loaded")]
        if stopped:
            raise NoSample(f"The invented employer could not be loaded: {stopped[0].file}. {stopped[0].message}")
    _forget_older(home)


def _forget_older(newest: Path) -> None:
    others = [folder for folder in newest.parent.iterdir() if folder.is_dir() and folder != newest]
    for folder in sorted(others, key=lambda folder: folder.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
