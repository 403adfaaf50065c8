"""Who did what with these data, for whoever answers for them: administrators alone."""

from datetime import date

import streamlit as st

from analysis.charts.format import count
from analysis.store.audit import WHAT
from ui import audit_events, data
from ui.filters import ALL, select
from ui.page import begin_page
from ui.text import note, plain

with begin_page("Audit", "Who loaded, undid, asked, took away, erased", reads=False) as page:
    store = data.own_store()
    events, check = audit_events.events_and_check(store)
    audit_events.show_check(check)
    if check.problems and not events:
        st.stop()
    if not events:
        audit_events.nothing(
            "Nothing was done yet",
            "The first load of your own files is the first line. What is asked of the invented employer is not written "
            "down.",
        )
        st.stop()
    first, last = (date.fromisoformat(event.at[:10]) for event in (events[0], events[-1]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = select("What", [ALL, *WHAT], "audit_what", lambda one: "Everything" if one == ALL else one, width=220)
        days = st.date_input("Days (UTC)", (first, last), min_value=first, max_value=last, key="audit_days", width=280)
    since, until = (days[0], days[-1]) if isinstance(days, tuple) and days else (first, last)
    shown = [
        event
        for event in events
        if what in (ALL, event.what) and since.isoformat() <= event.at[:10] <= until.isoformat()
    ]
    st.markdown(f"**{count(len(shown))} of {count(len(events))} events.**")
    if shown:
        audit_events.show_events(store, shown)
    note(
        plain(
            f"The file {audit_events.file_name(store)} stands beside the store. It holds no employee, no content of a "
            "file. It tells each finding once a session; what the page has asked for, not what somebody looked at."
        )
    )
