"""Views that people saved: a name for a page with its filters. They stand in a file of their own beside the versions
of the data, hold nothing of any person, and outlive the data that they were saved over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.store.store import Store, StoreBusy, StoreError

LONGEST_NAME = 60
MOST = 100
_SECONDS = 5


@dataclass(frozen=True)
class View:
    """filters: the raw values as they stand in an address. data_version: the one it was saved over; saved_at: UTC;
    saved_by: who was signed in, "" where nobody had to be."""

    name: str
    page: str
    filters: dict[str, str]
    saved_at: str
    data_version: int
    saved_by: str = ""


def saved_views(store: Store) -> tuple[View, ...]:
    """All views by name; none where nothing was saved. Raises StoreError for a file that is no list of views."""
    path = _path(store)
    if not path.exists():
        return ()
    try:
        views = tuple(View(**entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise StoreError(
            f"{path.name} in the store's folder can't be read as saved views; delete it or put it back."
        ) from None
    return tuple(sorted(views, key=lambda view: view.name.casefold()))


def save_view(
    store: Store, name: str, page: str, filters: dict[str, str], data_version: int, saved_by: str = ""
) -> View:
    """Keep a view under a name; one's own of the same name gives way. Raises StoreError for a name that will not do."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise StoreError(f"A view needs a name of 1 to {LONGEST_NAME} characters.")
    view = View(tidy, page, dict(filters), datetime.now(UTC).isoformat(timespec="seconds"), data_version, saved_by)

    def added(views: list[View]) -> list[View]:
        same = [known for known in views if known.name.casefold() == tidy.casefold()]
        if any(known.saved_by not in ("", saved_by) for known in same):
            raise StoreError("Somebody else has a view of this name. Choose another one.")
        others = [known for known in views if known not in same]
        if len(others) >= MOST:
            raise StoreError(f"{MOST} views are saved already: delete one first.")
        return [*others, view]

    _rewrite(store, added)
    return view


def delete_view(store: Store, name: str) -> None:
    """Forget the view of this name, if there is one."""
    _rewrite(store, lambda views: [view for view in views if view.name != name])


def _path(store: Store) -> Path:
    return store.folder / "views.json"


def _rewrite(store: Store, change: Callable[[list[View]], list[View]]) -> None:
    path = _path(store)
    if not store.folder.is_dir():
        raise StoreError("There is no store yet to save a view beside.")
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_SECONDS):
            views = change(list(saved_views(store)))
            draft = path.with_suffix(".draft")
            draft.write_text(
                json.dumps([asdict(view) for view in views], ensure_ascii=False, indent=1), encoding="utf-8"
            )
            draft.replace(path)
    except Timeout:
        raise StoreBusy("Somebody else is saving a view.") from None
    except OSError:
        raise StoreError("The view could not be saved: the store's folder can't be written to.") from None
