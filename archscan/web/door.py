"""What every request must pass, and what every answer must carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archscan.reasons import Reason
from archscan.web.refused import refused_page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""What the front page may load: its own script and style."""

CARRIED: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A print and its guidance are health data: no browser keeps a copy.
    "Cache-Control": "no-store",
}

WRONG_PLACE = Reason(
    "wrong-address",
    "This request was meant for another address.",
    "Open the address that archscan shows.",
)


class Door:
    """Turns away what comes under another name or from another site's page.

    A page anywhere on the web can make a browser send requests to this machine, under the
    machine's own address or, with a name server's help, under a name of its own. The first
    carry the other site's origin, the second its name.

    Parameters
    ----------
    inside
        The application.
    hosts
        The addresses the server goes by, with their port.
    """

    def __init__(self, inside: ASGIApp, hosts: frozenset[str]) -> None:
        self._inside = inside
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return

        async def carry(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in CARRIED.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._admits(Headers(scope=scope)):
            await self._inside(scope, receive, carry)
        else:
            await refusal(WRONG_PLACE, 421, scope["method"])(scope, receive, carry)

    def _admits(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        own = {f"http://{host}" for host in self._hosts}
        return headers.get("host") in self._hosts and (origin is None or origin in own)


def refusal(reason: Reason, status: int, method: str = "POST", back: str | None = None) -> Response:
    """Answer that something was not done.

    Parameters
    ----------
    reason
        Why, and what to do.
    status
        HTTP's.
    method
        The request's.
    back
        Where a person may go on from it.

    Returns
    -------
    starlette.responses.Response
        A page where a person went to an address, and an object for the page's script, which
        sends what it asks for.
    """
    if method == "POST":
        return JSONResponse(asdict(reason), status)
    return HTMLResponse(refused_page(reason, back), status)
