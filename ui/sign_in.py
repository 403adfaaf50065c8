"""Who sits before the page: nobody, somebody who is signed in with a role, or whoever is at this machine.

Sign-in is set up by a section [auth] among Streamlit's secrets (docs/sign-in.md). Without it the application serves
this machine only, and whoever is at it is its administrator. With it nobody sees anything before they are signed in,
have a role by the access file, and only as long as their token says.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import deque
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

from analysis.findings.access_file import Access, BrokenAccess, read_access
from analysis.findings.roles import (
    ENDED,
    PAGES,
    NotAllowed,
    Role,
    Viewer,
    current,
    may_open,
    open_page,
    see_department,
)
from analysis.store import Store, audit_later, default_folder, operating_user
from ui import way_back
from ui.serving import set_up, this_machine_only
from ui.text import address, first_of_all, note, plain

PRODUCT = "Reverse mentoring impact"
FILTERS_OF_PEOPLE = ("department", "other_department")  # of the page, and of what it is compared with
NOBODY = "nobody"
_PAGES = Path(__file__).resolve().parent.parent / "pages"
_BOUND, _TOLD = "signed_in_as", "sign_in_told"
_MOST_OF_NOBODY, _HOUR = 200, 3600.0
_NOT_SIGNED_IN = "Sign in to see anything here."
_BROKEN_SECRETS = (
    "The file with the settings of the sign-in can't be read, so nobody can sign in and nothing is shown. Whoever runs "
    "the application finds the reason in its log."
)
_signed_out: dict[str, float] = {}  # sign-ins that ended before their token does
_announced: dict[str, float] = {}  # sign-ins that the audit has
_of_nobody: deque[float] = deque()
_lock = threading.Lock()


class NotSignedIn(NotAllowed):
    """Nobody is signed in, or no longer."""


class NoRole(NotAllowed):
    """Somebody is signed in, and no row of the access file is theirs."""


def claims() -> Mapping[str, object]:
    """What the provider says of whoever sits before the page; Streamlit has checked its signature."""
    told: Mapping[str, object] = st.user.to_dict()
    return told


def viewer() -> Viewer:
    """Whoever sits before the page, found anew each time. Raises NotAllowed where that is nobody with a role."""
    state = set_up()
    if state == "broken":
        raise NotAllowed(_BROKEN_SECRETS)
    if state == "no":
        return Viewer(operating_user(), Role.ADMIN if this_machine_only() else Role.STEWARD)
    told = claims()
    if told.get("is_logged_in") is not True:
        raise NotSignedIn(_NOT_SIGNED_IN)
    name, ends, session = _name(told), told.get("exp"), _session(told)
    if isinstance(ends, bool) or not isinstance(ends, int | float) or ends <= time.time() or session in _signed_out:
        raise NotSignedIn(ENDED)
    granted = _access().of(told)
    if granted is None:
        raise NoRole(
            f"You are signed in as {name}, and no role is given to you here. Ask whoever runs the application."
        )
    return current(Viewer(name, granted.role, granted.department, float(ends), session))


def goes_on(who: Viewer) -> Viewer:
    """Somebody whose page was made before, as a download is taken that it holds. Raises NotAllowed."""
    if who.session in _signed_out:
        raise NotSignedIn(ENDED)
    return current(who)


def still(before: Viewer) -> bool:
    """Whether the same somebody is here, and may the same."""
    try:
        return viewer() == before
    except NotAllowed:
        return False


def admit(page: str, title: str) -> Viewer:
    """The guard of every page: ends the run with a sentence and a line in the audit unless the page is theirs."""
    try:
        who = viewer()
        _bind(who)
        open_page(who, page, title)
        see_department(who, [st.query_params[name] for name in FILTERS_OF_PEOPLE if name in st.query_params])
    except NotAllowed as refusal:
        refused(page, refusal)
        _say(refusal, page)
        st.stop()
    _announce(who)
    _in_sidebar(who)
    return who


def refused(about: str, refusal: NotAllowed) -> None:
    """One line in the audit, once a session: who was refused, what and why."""
    told: set[tuple[str, str, str]] = st.session_state.setdefault(_TOLD, set())
    who, outcome = _by_name(), "not allowed"
    if isinstance(refusal, NoRole):
        outcome = "no role"
    elif isinstance(refusal, NotSignedIn):
        outcome = "not signed in" if who == NOBODY else "session ended"
    line = (about, who, outcome)
    if line not in told and (who != NOBODY or _room_for_nobody()):
        told.add(line)
        audit_later(Store(default_folder()), "refused", about, outcome, who)


def _by_name() -> str:
    """Who it was, for the audit, whether or not they are let in."""
    if set_up() == "no":
        return operating_user()
    said = claims()
    return _name(said) if said.get("is_logged_in") is True else NOBODY


def sign_out() -> None:
    """End this sign-in, in every tab, on the server too."""
    who = claims()
    if who.get("is_logged_in") is True:
        ends = who.get("exp")
        _remember(_signed_out, _session(who), float(ends) if isinstance(ends, int | float) else time.time() + _HOUR)
        audit_later(Store(default_folder()), "signed out", "", "done", _name(who))
    st.session_state.clear()
    st.logout()


def _bind(who: Viewer) -> None:
    """A session of the browser belongs to one person in one role: another one finds nothing that was kept in it."""
    mine = (who.name, who.role, who.department)
    if st.session_state.setdefault(_BOUND, mine) != mine:
        st.session_state.clear()
        st.session_state[_BOUND] = mine
        st.rerun()


def _announce(who: Viewer) -> None:
    if who.session and who.session not in _announced:
        _remember(_announced, who.session, who.ends or 0.0)
        limit = f", department {who.department}" if who.department else ""
        audit_later(Store(default_folder()), "signed in", f"{who.role.label}{limit}", "done", who.name)


def _remember(known: dict[str, float], session: str, ends: float) -> None:
    """Until the token ends by itself."""
    with _lock:
        known[session] = ends
        for old in [each for each, when in known.items() if when <= time.time()]:
            del known[old]


def _room_for_nobody() -> bool:
    """Whoever is not signed in can't fill the disk with lines: so many an hour are told."""
    with _lock:
        now = time.time()
        while _of_nobody and _of_nobody[0] <= now - _HOUR:
            _of_nobody.popleft()
        if len(_of_nobody) >= _MOST_OF_NOBODY:
            return False
        _of_nobody.append(now)
        return True


def _access() -> Access:
    path = Path(os.environ.get("IMPACT_ACCESS") or Store(default_folder()).folder.with_name("access.toml"))
    try:
        told = path.stat()
        return _read(path, told.st_mtime_ns, told.st_size)
    except FileNotFoundError:
        raise NotAllowed(f"There is no access file {path.name}, so nobody has a role and nothing is shown.") from None
    except (OSError, UnicodeDecodeError):
        raise NotAllowed(f"The access file {path.name} can't be read, so nothing is shown.") from None
    except BrokenAccess as broken:
        raise NotAllowed(f"The access file {path.name} is not understood, so nothing is shown: {broken}") from None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> Access:
    return read_access(path.read_text(encoding="utf-8"))


def _name(told: Mapping[str, object]) -> str:
    for claim in ("email", "preferred_username", "name", "sub"):
        value = told.get(claim)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())[:200]
    return "signed in"


def _session(told: Mapping[str, object]) -> str:
    """Which sign-in it is: the same in every tab, another one after signing in again."""
    parts = [str(told.get(claim)) for claim in ("iss", "sub", "iat", "exp", "nonce")]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _say(refusal: NotAllowed, page: str) -> None:
    """What stands in place of the page."""
    if not isinstance(refusal, NotSignedIn | NoRole):
        st.title("Not shown here", anchor=False)
        st.error(plain(str(refusal)), icon=":material/block:")
        state = set_up()
        if state == "yes":
            _way_on()
        elif state == "no":
            note(
                "Others than this machine are served without sign-in, so nobody is known to be an administrator. Read "
                "the audit at the command line of the machine: `python -m analysis audit`."
            )
        return
    with st.container(width=440, key="sign_in"):
        st.title(PRODUCT, anchor=False)
        if isinstance(refusal, NoRole):
            st.error(address(str(refusal)), icon=":material/block:")
            _sign_out_button()
            return
        st.markdown(plain(str(refusal)))
        for provider, label in _providers():
            if st.button(label, type=first_of_all(), icon=":material/login:", key=f"sign_in_{provider or 'default'}"):
                way_back.remember(page, st.query_params.to_dict())
                _sign_in(provider)


def _providers() -> list[tuple[str | None, str]]:
    """The providers that are set up, with the words of their buttons."""
    auth = st.secrets["auth"]
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section]
    if "client_id" in auth or not named:
        return [(None, "Sign in")]
    return [(name, "Sign in" if len(named) == 1 else f"Sign in with {name.capitalize()}") for name in named]


def _sign_in(provider: str | None) -> None:
    try:
        st.login(provider)
    except StreamlitAPIException:
        st.error(
            "The sign-in is not set up completely. Whoever runs the application compares its secrets with "
            "docs/sign-in.md.",
            icon=":material/block:",
        )


def _way_on() -> None:
    """To what is theirs to see, and out."""
    try:
        who = viewer()
    except NotAllowed:
        _sign_out_button()
        return
    first = next((name for name in PAGES if may_open(who, name)), None)
    if first is not None:
        st.page_link(st.Page(_PAGES / f"{first}.py"), label="Go to what you may see", icon=":material/arrow_forward:")
    _in_sidebar(who)


def _in_sidebar(who: Viewer) -> None:
    if not who.session:
        return
    with st.sidebar.container(key="signed_in"):
        limit = f", {who.department} only" if who.department else ""
        note(address(f"{who.name} ({who.role.label}{limit})"))
        _sign_out_button()


def _sign_out_button() -> None:
    if st.button("Sign out", icon=":material/logout:", key="sign_out", type="tertiary"):
        sign_out()
        st.stop()  # until the browser has gone, the page would go on for nobody
