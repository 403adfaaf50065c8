"""Add exports: drop files, see what each is taken for, answer, see what would change, load. Undo stands below."""

import streamlit as st

from ui import data, loading, uploads
from ui.history import show_history
from ui.page import begin_page

with begin_page(
    "Uploads", "Add exports, check them, then load. Nothing changes until the last step.", reads=False
) as page:
    store = data.own_store()
    if loading.loading(store):
        st.stop()
    place = st.empty()
    upload = uploads.given(store)
    reports = uploads.checked(upload, store) if upload else None
    with place:
        uploads.steps(reports)
    if upload and reports:
        for report in reports:
            uploads.show_report(report, upload)
        if uploads.ready(reports):
            loading.change_or_load(page, upload, reports, store)
    show_history(store)
