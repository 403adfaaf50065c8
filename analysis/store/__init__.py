"""The store: numbered DuckDB files that are never changed once published. The only door to duckdb."""

from duckdb import DuckDBPyConnection as Cursor

from analysis.store.audit import (
    AuditCheck,
    CannotAudit,
    Event,
    audit_later,
    audit_path,
    audit_trouble,
    audited,
    check_audit,
    flush_audit,
    operating_user,
    read_audit,
    write_audit,
)
from analysis.store.held import hold_people, let_go_of_people
from analysis.store.store import (
    Draft,
    NoStore,
    Reader,
    Store,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreNewer,
    default_folder,
    older_versions,
)
from analysis.store.views import LONGEST_NAME, View, delete_view, save_view, saved_views

__all__ = [
    "LONGEST_NAME",
    "AuditCheck",
    "CannotAudit",
    "Cursor",
    "Draft",
    "Event",
    "NoStore",
    "Reader",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreNewer",
    "View",
    "audit_later",
    "audit_path",
    "audit_trouble",
    "audited",
    "check_audit",
    "default_folder",
    "delete_view",
    "flush_audit",
    "hold_people",
    "let_go_of_people",
    "older_versions",
    "operating_user",
    "read_audit",
    "save_view",
    "saved_views",
    "write_audit",
]
