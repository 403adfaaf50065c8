"""Add exports: choose files, check them, answer what only a person can say, load. Undo stands below."""

import streamlit as st

from analysis.load import LoadError
from analysis.store.model import KINDS
from ui import data
from ui.page import begin_page
from ui.text import note, plain
from ui.uploads import FILE_TYPES, read_uploads, ready, run, show_history, show_report

with begin_page(
    "Uploads", "Add exports, check them, then load. Nothing changes until the last step.", reads=False
) as page:
    store = data.own_store()
    turn = st.session_state.setdefault("upload_turn", 0)
    uploaded = st.file_uploader(
        "HR, programme and survey exports", type=FILE_TYPES, accept_multiple_files=True, key=f"files_{turn}"
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        as_of = st.date_input(
            "As of (optional)",
            value=None,
            format="YYYY-MM-DD",
            help="The date of a list of people that has no date column.",
            width=180,
        )
        kind = st.selectbox(
            "Kind (optional)",
            [*KINDS, "plan"],
            index=None,
            placeholder="By its headers",
            format_func=lambda name: name.replace("_", " "),
            width=220,
        )
        check = st.button("Check", icon=":material/fact_check:", disabled=not uploaded)
    note(
        "Files that belong together are checked together, in any order. Over 200 MB, use the command line: "
        "`python -m analysis load FILE ...`"
    )

    if st.session_state.get("load_message"):
        st.success(st.session_state.pop("load_message"), icon=":material/check:")
    if uploaded:
        try:
            upload = read_uploads(uploaded, kind, as_of)
        except LoadError as error:
            st.error(plain(str(error)), icon=":material/block:")
            upload = None
        if upload and check:
            reports = run(upload, store, dry_run=True)
            st.session_state["checked"] = (upload.signature, reports) if reports else None
        checked = st.session_state.get("checked")
        if upload and checked:
            signature, reports = checked
            st.subheader("Check", anchor=False)
            for report in reports:
                show_report(report)
            if signature != upload.signature:
                note("Something was changed since the check. Press **Check** again.")
            elif ready(reports):
                rows = sum(report.loaded for report in reports if report.status == "dry_run")
                if st.button(f"Load {rows:,} rows", type="primary", icon=":material/check:"):
                    loaded = run(upload, store, dry_run=False)
                    if loaded and any(report.status == "loaded" for report in loaded):
                        data.want_sample(False)
                        total = sum(report.loaded for report in loaded if report.status == "loaded")
                        st.session_state["load_message"] = f"{total:,} rows were loaded. Every page shows them now."
                        st.session_state["upload_turn"] = turn + 1
                        st.session_state["checked"] = None
                        st.rerun()
                    for report in loaded or ():
                        show_report(report)
                note("Loading can be undone from the history below.")
    else:
        st.session_state["checked"] = None
    show_history(store)
