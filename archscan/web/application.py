"""The page's few addresses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import resources

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from archscan.errors import OptionError
from archscan.reasons import Reason
from archscan.report.page import POLICY as RESULT_POLICY
from archscan.web.asked import asked
from archscan.web.door import Door, refusal
from archscan.web.front import TOO_LARGE_ADVICE, front_page
from archscan.web.keys import Keys
from archscan.web.measuring import FRONT, TOO_MANY, BusyError, Measurer
from archscan.web.results import Results

MOST_BYTES = 64 * 2**20
"""Of a photo: twice what the largest a phone takes come to."""

MOST_KEY_BYTES = 100
"""Of what should be a key."""

MOST_UPLOAD_SECONDS = 120.0
"""For a photo to arrive: half a megabyte a second, which any Wi-Fi at home reaches."""

DEVICE = "archscan-{port}"
"""The cookie by which a device is known; browsers share cookies between a machine's ports."""

NOT_LET_IN = Reason(
    "not-let-in",
    "This device has not been let in.",
    "Scan the code that the computer shows now; each code lets one device in.",
)

TOO_MANY_BYTES = Reason(
    "too-many-bytes",
    f"This file is larger than {MOST_BYTES // 2**20} megabytes.",
    TOO_LARGE_ADVICE,
)

TOO_SLOW = Reason("too-slow", "The photo did not arrive in time.", "Try again nearer the Wi-Fi.")

NO_PHOTO = Reason("no-photo", "No photo was chosen.", "Choose or take a photo first.")

GONE = Reason(
    "result-gone",
    "This result is no longer kept.",
    "Measure the photo again: results are held in memory only, and not for long.",
)

NOWHERE = Reason(
    "unknown-address",
    "There is nothing at this address.",
    "Open the address that archscan shows.",
)

Answer = Callable[[Request], Awaitable[Response]]


def application(hosts: frozenset[str], keys: Keys | None) -> Starlette:
    """Make the application.

    Parameters
    ----------
    hosts
        The addresses it goes by, with their port.
    keys
        Who may use it; ``None`` when only this machine reaches it.

    Returns
    -------
    starlette.applications.Starlette
        It keeps nothing but the last few results, in memory.
    """
    page = _Page(keys)
    return Starlette(
        routes=[
            Route(
                FRONT, _whole(front_page(MOST_BYTES, through_wifi=keys is not None), "text/html")
            ),
            Route("/front.css", _whole(_file("front.css"), "text/css")),
            Route("/front.js", _whole(_file("front.js"), "text/javascript")),
            Route("/enter", page.enter, methods=["POST"]),
            Route("/scan", page.let_in(page.measure), methods=["POST"]),
            Route("/result/{name}", page.let_in(page.result)),
        ],
        middleware=[Middleware(Door, hosts=hosts)],
        exception_handlers={404: _nowhere},
        lifespan=page.lifetime,
    )


class _Page:
    """What is answered, and to whom."""

    def __init__(self, keys: Keys | None) -> None:
        self.keys = keys
        self.measurer = Measurer()
        self.results = Results()

    @asynccontextmanager
    async def lifetime(self, _: Starlette) -> AsyncIterator[None]:
        self.measurer.warm()
        try:
            yield
        finally:
            self.measurer.close()

    def knows(self, request: Request) -> bool:
        return self.keys is None or self.keys.knows(request.cookies.get(_cookie(request), ""))

    def let_in(self, answer: Answer) -> Answer:
        async def checked(request: Request) -> Response:
            if self.knows(request):
                return await answer(request)
            return refusal(NOT_LET_IN, 403, request.method)

        return checked

    async def enter(self, request: Request) -> Response:
        # A link may be followed again, by a device that followed it before.
        if self.keys is None or self.knows(request):
            return Response(status_code=204)
        try:
            key = await _body(request, MOST_KEY_BYTES)
        except (TimeoutError, ClientDisconnect):
            key = None
        device = None if key is None else self.keys.enter(key.decode("utf-8", "replace"))
        if device is None:
            return refusal(NOT_LET_IN, 403)
        answer = Response(status_code=204)
        answer.set_cookie(_cookie(request), device, httponly=True, samesite="strict")
        return answer

    async def measure(self, request: Request) -> Response:
        try:
            wishes = asked(request.query_params.multi_items())
            with self.measurer.place():
                photo = await _body(request, MOST_BYTES)
                if photo is None:
                    return refusal(TOO_MANY_BYTES, 413)
                if not photo:
                    return refusal(NO_PHOTO, 400)
                page = await self.measurer.page(photo, wishes)
        except OptionError as error:
            return refusal(error.reason, 400)
        except TimeoutError:
            return refusal(TOO_SLOW, 408)
        except ClientDisconnect:
            return Response(status_code=400)
        except BusyError:
            return refusal(TOO_MANY, 503)
        return JSONResponse({"result": f"/result/{self.results.keep(page)}"}, 201)

    async def result(self, request: Request) -> Response:
        page = self.results.get(request.path_params["name"])
        if page is None:
            return refusal(GONE, 404, request.method, back=FRONT)
        # A page cannot say by itself that no other may frame it.
        policy = f"{RESULT_POLICY}; frame-ancestors 'none'"
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})


def _cookie(request: Request) -> str:
    return DEVICE.format(port=request.url.port)


def _file(name: str) -> str:
    return resources.files("archscan.web").joinpath(name).read_text("utf-8")


async def _nowhere(request: Request, _: Exception) -> Response:
    return refusal(NOWHERE, 404, request.method, back=FRONT)


def _whole(text: str, media_type: str) -> Answer:
    async def answer(_: Request) -> Response:
        return Response(text, media_type=media_type)

    return answer


async def _body(request: Request, most: int) -> bytes | None:
    """Read what was sent, or give up as soon as it is too much or too late."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        return None
    read = bytearray()
    async with asyncio.timeout(MOST_UPLOAD_SECONDS):
        async for part in request.stream():
            read += part
            if len(read) > most:
                return None
    return bytes(read)
