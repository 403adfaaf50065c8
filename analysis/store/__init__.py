"""The store: numbered DuckDB files that are never changed once published. The only door to duckdb."""

from duckdb import DuckDBPyConnection as Cursor

from analysis.store.held import hold_people, let_go_of_people
from analysis.store.store import (
    Draft,
    NoStore,
    Reader,
    Store,
    StoreBusy,
    StoreDamaged,
    StoreError,
    default_folder,
    older_versions,
)
from analysis.store.views import LONGEST_NAME, View, delete_view, save_view, saved_views

__all__ = [
    "LONGEST_NAME",
    "Cursor",
    "Draft",
    "NoStore",
    "Reader",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "View",
    "default_folder",
    "delete_view",
    "hold_people",
    "let_go_of_people",
    "older_versions",
    "save_view",
    "saved_views",
]
