"""How every page begins: page set-up, the place for a guard, the store, the banner, and one door for errors."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.charts.figure import CONFIG, Figure
from analysis.charts.palette import Palette, palette
from analysis.findings import access, answers
from analysis.findings.roles import NotAllowed, Viewer, may_open
from analysis.load import LoadError
from analysis.store import NoStore, Reader, StoreBusy, StoreError
from ui import address, data, sign_in
from ui.audited import say_trouble, told, trouble
from ui.download import begin_downloads
from ui.navigation import ensure_navigation
from ui.sample import NoSample
from ui.serving import refuse_strangers
from ui.sign_in import PRODUCT
from ui.text import plain, quiet
from ui.views import views_in_sidebar

# Drawn here: for a Material symbol in the tab of the browser Streamlit asks a host of somebody else's.
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24"><path fill="#33475B" '
    'd="M16 17V10h-2v7h-3l4 4 4-4h-3zM9 3 5 7h3v7h2V7h3L9 3z"/></svg>'
)
WATCH_SECONDS = 3
NO_CHOICE = ("other", "unknown")  # groups of several places, or of nobody knows which
_log = logging.getLogger("impact.page")


@dataclass(frozen=True)
class Page:
    """What a page needs: what to read, in which colours to draw, and where the header has room."""

    shown: data.Shown | None
    palette: Palette
    corner: DeltaGenerator
    _subtitle: DeltaGenerator

    @property
    def reader(self) -> Reader:
        if self.shown is None:
            raise NoStore("This page reads no data.")
        return self.shown.reader

    @property
    def sample(self) -> bool:
        return self.shown is not None and self.shown.sample

    def subtitle(self, text: str) -> None:
        """The grey line under the title: what, which period, data as of when."""
        self._subtitle.markdown(quiet(text))

    def ask(self, answer: Callable[..., Any], *question: Any) -> Any:
        """An answer from analysis.findings.answers about the version that this page shows."""
        with told(self.shown, answer.__name__, question):
            return data.ask(answer, self.reader, *question)

    def can_ask(self, answer: Callable[..., Any], *question: Any) -> bool:
        """Whether whoever is here may have an answer: a part of a page that rests on it is left out where not."""
        return access.may_ask(sign_in.viewer(), answer, *question)

    def slowly(self, part: Callable[[], None], height: int = 240) -> None:
        """Show a part that may first have to be computed: beside the rest of the page, a skeleton in its place.

        What goes wrong in it is a sentence in its place; the rest of the page stands. Nothing may be written to
        containers of outside, and widgets in it run it alone.
        """

        @st.fragment(parallel=True)
        def beside() -> None:
            with _no_traceback(ends=False), st.skeleton(height=height):
                sign_in.viewer()  # it may run by itself, long after the page
                part()

        beside()

    def alone(self, part: Callable[[], None]) -> None:
        """Show a part whose widgets run it alone; what goes wrong in it is a sentence in its place."""

        @st.fragment
        def by_itself() -> None:
            with _no_traceback(ends=False):
                sign_in.viewer()
                part()

        by_itself()

    def chart(self, figure: Figure, alt: str, key: str, narrows: str | None = None) -> None:
        """Draw a figure. With `narrows` a click on a row of the figure sets that filter to the row's group."""
        look: dict[str, Any] = {"width": "stretch", "theme": "streamlit", "config": CONFIG, "alt": alt}
        if narrows is None:
            st.plotly_chart(figure, key=key, **look)
        else:
            st.plotly_chart(figure, key=key, on_select=partial(_narrow, key, narrows), selection_mode="points", **look)


@contextmanager
def begin_page(title: str, subtitle: str = "", reads: bool = True) -> Iterator[Page]:
    """The first statement of every page: `with begin_page("Outcomes") as page:`.

    `reads` False: the page opens no store, so it works where there is none yet.
    Stands on its own, because after a server start a page can run without app.py. Nothing of the data is read before
    the guard of the sign-in has let somebody in.
    """
    name = title.lower().replace(" ", "_")
    st.set_page_config(page_title=f"{title} · {PRODUCT}", page_icon=ICON, layout="wide")
    refuse_strangers()
    ensure_navigation()
    begin_downloads(name)
    address.begin()
    with _no_traceback():
        viewer = sign_in.admit(name, title)
        head = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", key="head")
        with head.container(gap="xxsmall", width="content"):
            st.title(title, anchor=False)
            line = st.empty()
        address.corrections_at(st.empty())
        corner = head.container(width=160)
        page = Page(data.open_data() if reads else None, palette(st.context.theme.type), corner, line)
        if subtitle:
            page.subtitle(subtitle)
        if data.shows_sample():
            _invented_banner(viewer)
        say_trouble()
        _watch(page.palette.name, data.version_now(), viewer, trouble())
        yield page
        if page.shown is not None:
            views_in_sidebar(data.store_shown(), page.reader.data_version)


def _narrow(chart: str, header: str) -> None:
    """A row of a chart was clicked: the filter of its header is set to its group."""
    points = st.session_state[chart].selection.points
    group = points[0].get("customdata") if points else None
    if isinstance(group, str) and group not in NO_CHOICE:
        address.change(header, group)


def _invented_banner(viewer: Viewer) -> None:
    how = " Load your own files on **Uploads**, or with `python -m analysis load`."
    st.info(
        "Nobody here exists: these are made-up files that come with the application."
        + (how if may_open(viewer, "uploads") else ""),
        title="An invented employer",
        icon=":material/theater_comedy:",
    )
    if data.own_store().exists() and st.button("Back to our own data", icon=":material/arrow_back:"):
        data.want_sample(False)
        st.rerun()


@st.fragment(run_every=WATCH_SECONDS)
def _watch(theme: str, version: Reader | None, viewer: Viewer, problem: str | None) -> None:
    """Run the page again when the theme was switched (figures carry their colours), new data were published, the audit
    can't be written any more or can again (a download that was refused for it has no words of its own), or whoever is
    here may see something else or nothing any more: then what is on the screen goes."""
    with _no_traceback():
        same = palette(st.context.theme.type).name == theme and data.version_now() == version and trouble() == problem
        if not same or not sign_in.still(viewer):
            st.rerun()


@contextmanager
def _no_traceback(ends: bool = True) -> Iterator[None]:
    """Expected trouble in its own words; anything else as one sentence with a reference, details in the log.

    ends: the run of the page ends there. A part beside the page only ends itself.
    """
    try:
        yield
        return
    except StoreBusy as busy:
        st.info(
            f"{busy} You see the version before until it is done.", title="Load in progress", icon=":material/sync:"
        )
    except (StoreError, NoSample, LoadError, NotAllowed, answers.UnknownChoice, answers.UnknownQuarter) as known:
        st.error(plain(str(known)), icon=":material/block:")
    except Exception as error:  # noqa: BLE001 the last door: a page never shows a traceback
        reference = secrets.token_hex(4)
        place = traceback.extract_tb(error.__traceback__)[-1]
        # The type and the place only: a message may quote data.
        _log.error("%s: %s at %s:%s", reference, type(error).__name__, place.filename, place.lineno)
        st.error(
            f"This {'page' if ends else 'part'} could not be shown. Nothing was changed. Whoever runs the application "
            f"finds the cause in its log under the reference {reference}.",
            icon=":material/block:",
        )
    if ends:
        st.stop()
