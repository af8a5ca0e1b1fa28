"""The server: where it listens, and how a person learns the address."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import signal
import socket
from typing import TYPE_CHECKING

from archscan.errors import OptionError
from archscan.reasons import Reason
from archscan.web.application import MOST_UPLOAD_SECONDS, application
from archscan.web.keys import Keys

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

THIS_MACHINE = "127.0.0.1"

ELSEWHERE = ("192.0.2.1", 9)
"""An address that belongs to nobody (RFC 5737). Nothing is sent to it: asking how it would
be reached tells which of this machine's own addresses faces the network."""

USUAL_WEB_PORT = 80
"""Which browsers leave out when they name the server."""

MOST_AT_ONCE = 32
"""Connections; a browser opens six."""

MOST_SILENT_SECONDS = 10.0
"""From a connection's start or its last answer, for what is asked to arrive; browsers open
connections that they never use, and as many as may be open at once would keep everybody out."""


def home_address() -> str:
    """Find this machine's address in the network at home.

    Returns
    -------
    str
        For example ``"192.168.1.23"``.

    Raises
    ------
    OptionError
        If there is no network, or it is not a private one.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(ELSEWHERE)
            address = str(probe.getsockname()[0])
    except OSError:
        address = THIS_MACHINE
    known = ipaddress.ip_address(address)
    if known.is_loopback or known.is_unspecified:
        raise OptionError(
            Reason(
                "no-network",
                "This machine is in no network that a phone could share.",
                "Join the phone's Wi-Fi, or leave --phone out and use this machine.",
            )
        )
    if not known.is_private:
        raise OptionError(
            Reason(
                "public-network",
                f"This machine's address, {address}, is one of the open internet.",
                "Use --phone in a network at home only.",
            )
        )
    return address


def listening(address: str, port: int) -> socket.socket:
    """Open the server's socket.

    Parameters
    ----------
    address
        One of this machine's own.
    port
        0 for any that is free.

    Returns
    -------
    socket.socket
        Already listening: who connects now is answered once the server runs.

    Raises
    ------
    OptionError
        If the port is taken or not allowed.
    """
    try:
        return socket.create_server((address, port))
    except OSError as error:
        raise OptionError(
            Reason(
                "port-taken",
                f"Port {port} cannot be used: {error.strerror}.",
                "Choose another with --port, or 0 for any that is free.",
            )
        ) from error


def run(opened: socket.socket, keys: Keys | None) -> None:
    """Serve until interrupted.

    Parameters
    ----------
    opened
        From :func:`listening`; closed at the end.
    keys
        Who may use the page; ``None`` when only this machine reaches it.

    Raises
    ------
    KeyboardInterrupt
        When Ctrl-C or SIGTERM ends it, after everything is put away.
    """
    import uvicorn

    address, port = opened.getsockname()[:2]
    names = {address, "localhost"} if address == THIS_MACHINE else {address}
    hosts = {f"{name}:{port}" for name in names}
    if port == USUAL_WEB_PORT:
        hosts |= names
    server = uvicorn.Server(
        uvicorn.Config(
            application(frozenset(hosts), keys),
            # The same reader of requests everywhere, whatever else is installed.
            http=_ending_silent_ones(),
            log_config=None,
            # Whoever sends nonsense could fill the terminal with it, and with tracebacks.
            log_level=None if os.environ.get("ARCHSCAN_DEBUG") else "critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=1,
        )
    )
    # Uvicorn raises the signal that ended it once more at the end.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with opened:
        server.run(sockets=[opened])


def _ending_silent_ones() -> type[H11Protocol]:
    """Make connections that end where nothing is asked.

    Uvicorn's own watch begins after an answer, and a single byte ends it.
    """
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Connection(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self.loop.call_later(MOST_SILENT_SECONDS, self._end_if_silent, None)

        def on_response_complete(self) -> None:
            answered = self.cycle
            super().on_response_complete()
            # Who is refused may send the rest of a photo before reading why.
            arriving = self.conn.their_state is h11.SEND_BODY
            seconds = MOST_UPLOAD_SECONDS if arriving else MOST_SILENT_SECONDS
            self.loop.call_later(seconds, self._end_if_silent, answered)

        def _end_if_silent(self, answered: RequestResponseCycle | None) -> None:
            if self.cycle is answered:
                self.transport.close()

    return Connection
