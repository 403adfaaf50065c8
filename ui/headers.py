"""The headers that every answer of the server carries: what a browser may load, and who may frame the page.

Streamlit's own page needs its inline styles and one inline script, which is allowed by its digest. Charts and tables
run without `eval`. Nothing is loaded from another host, so a browser refuses it if anything ever tried.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_AS_THEY_ARE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # an address holds the filters
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_FILES = ("/media/", "/_stcore/")  # downloads and what is asked: of no use to a cache on the way

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


@lru_cache(maxsize=1)
def policy() -> str:
    """The Content-Security-Policy, with the digests of the inline scripts of the Streamlit that is installed."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in _INLINE.findall(page))
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


class SafeHeaders:
    """ASGI middleware: adds the headers to every answer, and replaces what stood under their names."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = {"Content-Security-Policy": policy(), **_AS_THEY_ARE}
        if str(scope.get("path", "")).startswith(_FILES):
            ours["Cache-Control"] = "no-store"
        added = [(name.lower().encode(), value.encode()) for name, value in ours.items()]
        names = {name for name, _ in added}

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                others = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in names]
                message["headers"] = [*others, *added]
            await send(message)

        await self._app(scope, receive, sent)
