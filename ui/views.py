"""Saved views: the filters of a page under a name, in the sidebar of every page that has filters."""

from __future__ import annotations

import streamlit as st

from analysis.charts.format import moment
from analysis.findings.roles import NotAllowed, Role, Viewer, acts, may_open
from analysis.store import LONGEST_NAME, Store, StoreError, View, delete_view, save_view, saved_views
from ui import address, sign_in
from ui.navigation import link_to
from ui.text import note, plain

_NAME = "view_name"


def views_in_sidebar(store: Store, data_version: int) -> None:
    """The list with a link each, and a field to save what this page shows now.

    The address of a page says the same; a view also keeps what is set to its default today. Everybody sees the views of
    pages that are theirs to open, who is limited to a department those of that department; each may delete their own,
    administrators all.
    """
    viewer = sign_in.viewer()
    page, filters = address.shown()
    with st.sidebar.expander("Saved views", icon=":material/bookmarks:"):
        try:
            views = [view for view in saved_views(store) if _theirs(viewer, view)]
        except StoreError as error:
            st.error(plain(str(error)), icon=":material/block:")
            return
        for view in views:
            _entry(store, view, data_version, viewer)
        if not filters:
            note("This page has no filters to save.")
            return
        st.text_input("Name of this view", key=_NAME, max_chars=LONGEST_NAME, placeholder="Engineering, mentors")
        st.button("Save this view", key="view_save", on_click=_save, args=(store, page, filters, data_version))
        note("To share a view, copy the address of the page: it holds what was set.")


def _theirs(viewer: Viewer, view: View) -> bool:
    asked = [value for name, value in view.filters.items() if name in sign_in.FILTERS_OF_PEOPLE]
    limited = viewer.department is not None and any(value != viewer.department for value in asked)
    return may_open(viewer, view.page) and not limited


def _may_delete(viewer: Viewer, view: View) -> bool:
    return viewer.role is Role.ADMIN or view.saved_by == viewer.name


def _entry(store: Store, view: View, data_version: int, viewer: Viewer) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
        link_to(view.page, plain(view.name), ":material/bookmark:", view.filters)
        if _may_delete(viewer, view):
            st.button(
                "Delete",
                key=f"view_delete_{view.name}",
                icon=":material/close:",
                type="tertiary",
                help=f"Delete the view {plain(view.name)}",
                on_click=_delete,
                args=(store, view),
            )
    older = "" if view.data_version == data_version else f", over data version {view.data_version}"
    note(f"{moment(view.saved_at)}{older}")


def _save(store: Store, page: str, filters: dict[str, str], data_version: int) -> None:
    try:
        viewer = sign_in.viewer()
        acts(viewer, "save a view")
        by = viewer.name if viewer.session else ""
        save_view(store, st.session_state.get(_NAME) or "", page, filters, data_version, by)
        st.session_state[_NAME] = ""
    except (StoreError, NotAllowed) as error:
        st.toast(plain(str(error)), icon=":material/block:")


def _delete(store: Store, view: View) -> None:
    try:
        if _may_delete(sign_in.viewer(), view):
            delete_view(store, view.name)
    except (StoreError, NotAllowed) as error:
        st.toast(plain(str(error)), icon=":material/block:")
