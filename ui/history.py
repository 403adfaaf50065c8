"""What was loaded, and the way back."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import count, day
from analysis.load import LoadError, LoadRecord, history, redo, undo
from analysis.store import Store, StoreBusy
from ui import data, sign_in
from ui.tables import Row, table
from ui.text import address, kept, note, plain, quiet


def show_history(store: Store) -> None:
    """What was loaded, newest first, and a way to undo or redo one load."""
    st.subheader("What was loaded", anchor=False)
    if st.session_state.get("history_message"):
        st.success(st.session_state.pop("history_message"), icon=":material/check:")
    records = history(store)
    if not records:
        note("Nothing has been loaded yet.")
        return
    table([_record_row(record) for record in records[:10]], "The newest loads")
    if len(records) > 10:
        with st.expander(f"{len(records) - 10} earlier loads"):
            table([_record_row(record) for record in records[10:]], "Earlier loads")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Undo or redo",
            records,
            index=None,
            placeholder="Choose a load",
            format_func=lambda record: f"{record.load_no}: {record.file_name}, {record.state}",
            key="history_choice",
            width=360,
        )
        undone = chosen is not None and chosen.state == "undone"
        pressed = st.button(
            "Redo" if undone else "Undo",
            icon=":material/redo:" if undone else ":material/undo:",
            disabled=chosen is None,
            key="history_button",
        )
    note("Undoing takes a load out of every number; its rows stay and can be brought back.")
    if pressed and chosen is not None:
        _undo_or_redo(store, chosen)


def _undo_or_redo(store: Store, record: LoadRecord) -> None:
    try:
        with st.spinner(f"Computing all findings again, {'with' if record.state == 'undone' else 'without'} this load"):
            (redo if record.state == "undone" else undo)(store, record.load_id, sign_in.viewer())
    except StoreBusy as busy:
        st.info(str(busy), title="Load in progress", icon=":material/sync:")
    except LoadError as error:
        st.error(str(error), icon=":material/block:")
    else:
        data.want_sample(False)
        done = "is counted again" if record.state == "undone" else "is no longer counted"
        st.session_state["history_message"] = f"{plain(record.file_name)} {done}."
        st.rerun()


def _by(record: LoadRecord) -> str:
    return quiet(f" by {address(record.loaded_by)}") if record.loaded_by else ""


def _record_row(record: LoadRecord) -> Row:
    """Three columns: more would not fit a phone."""
    undone = " :gray-badge[undone]" if record.state == "undone" else ""
    as_of = f", as of {day(record.as_of_date.isoformat())}" if record.as_of_date else ""
    kind = quiet(f"{record.kind.replace('_', ' ')}{as_of}")
    gone = f", {kept(f'{count(record.forgotten)} forgotten since')}" if record.forgotten else ""
    return {
        "File": f"{record.load_no}: {plain(record.file_name)}{undone} {kind}",
        "Rows": f"{kept(f'{count(record.loaded)} loaded')}, {kept(f'{count(record.rejected)} set aside')}{gone}",
        "When": f"{kept(day(record.loaded_at.isoformat()))} {kept(f'{record.loaded_at:%H:%M} UTC')}{_by(record)}",
    }
