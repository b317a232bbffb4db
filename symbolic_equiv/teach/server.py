"""The server of the lesson: pages, and answers to the lines that a learner types.

It listens on loopback, answers only requests that name it as their host and come from its own pages, reads no more
than ``MAX_BODY`` bytes of one, and keeps nothing.  What is read is parsed as mathematics and never executed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.teach import render, replies

MAX_BODY = 64_000
"""The longest request, in bytes."""

MAX_SECONDS = 20.0
"""How long a reply may take; what was not decided by then is said to be undecided."""

MAX_WAIT = 10.0
"""How long a request may take to arrive, in seconds."""

AT_ONCE = 2
"""How many requests are worked on at once: the others wait."""

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses requests that were not meant for this server, or are too long; puts the headers on all that is sent."""

    def __init__(self, app: Any, hosts: frozenset[str]) -> None:
        self.app, self.hosts = app, hosts

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() != b"cache-control"]
                message["headers"] = kept + [(key.lower().encode(), value.encode()) for key, value in HEADERS.items()]
            await send(message)

        refused = self._refused(Request(scope))
        return await (refused or self.app)(scope, receive, sending)

    def _refused(self, request: Request) -> Response | None:
        if self.hosts and request.headers.get("host", "").lower() not in self.hosts:
            return PlainTextResponse("This server does not answer to that name.", 421)
        if request.method in ("GET", "HEAD"):
            return None
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        if request.headers.get("origin", "").lower() != own.lower():
            return PlainTextResponse("Only the pages of this server may ask it.", 403)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return PlainTextResponse("Send JSON.", 415)
        return None


def application(hosts: frozenset[str] = frozenset()) -> Any:
    """The lesson as an ASGI application, which answers to ``hosts`` only (``127.0.0.1:8000``), if there are any."""
    threads = Threads()
    routes = [
        Route("/", lambda request: RedirectResponse("/read/")),
        Route("/read/", _page(threads, lambda request: render.contents())),
        Route("/read/{name}", _page(threads, lambda request: render.chapter(request.path_params["name"]))),
        Route("/play", _page(threads, lambda request: render.play())),
        Route("/prove/", _page(threads, lambda request: render.exercises())),
        Route("/prove/{name}", _page(threads, lambda request: render.exercise(request.path_params["name"]))),
        Route("/favicon.ico", lambda request: Response(status_code=204)),
        Mount("/assets", StaticFiles(packages=[("symbolic_equiv.teach", "assets")])),
        *(Route(f"/api/{name}", _reply(threads, answer), methods=["POST"]) for name, answer in replies.ALL.items()),
    ]
    handlers = {HTTPException: _failed, 500: _broken}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), hosts)


def _page(threads: Threads, written: Callable[[Request], str]) -> Callable[[Request], Any]:
    async def page(request: Request) -> Response:
        try:
            return HTMLResponse(await threads.run(written, request))
        except ScriptError as problem:
            raise HTTPException(404, str(problem)) from None

    return page


def _reply(threads: Threads, answer: Callable[[dict[str, Any], float], dict[str, Any]]) -> Callable[[Request], Any]:
    async def reply(request: Request) -> Response:
        try:
            asked = json.loads(await _body(request))
        except (ValueError, RecursionError):
            raise HTTPException(400, "not JSON") from None
        if not isinstance(asked, dict):
            raise HTTPException(400, "a JSON object is wanted")
        try:
            return JSONResponse(await threads.run(answer, asked, MAX_SECONDS))
        except ScriptError as problem:
            raise HTTPException(400, str(problem)) from None

    return reply


async def _body(request: Request) -> bytes:
    """The body of a request: no more of it than may be, and no later."""
    body = b""
    with anyio.move_on_after(MAX_WAIT):
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                raise HTTPException(413, f"more than {MAX_BODY} bytes")
        return body
    raise HTTPException(408, f"it did not arrive within {MAX_WAIT:g} seconds")


class Threads:
    """Runs what takes time beside the server, ``AT_ONCE`` at once."""

    def __init__(self) -> None:
        self._limiter: anyio.CapacityLimiter | None = None

    async def run(self, work: Callable[..., Any], *args: Any) -> Any:
        """What ``work`` gives, when it is its turn."""
        if self._limiter is None:  # not before there is an event loop
            self._limiter = anyio.CapacityLimiter(AT_ONCE)
        return await anyio.to_thread.run_sync(work, *args, limiter=self._limiter)


async def _failed(request: Request, problem: Any) -> Response:
    return _message(request, problem.status_code, str(problem.detail))


async def _broken(request: Request, problem: Exception) -> Response:
    return _message(request, 500, "Something went wrong here.")


def _message(request: Request, status: int, words: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status)
    return HTMLResponse(render.message(words), status)


def serve(port: int, host: str = "127.0.0.1", browser: bool = True) -> None:
    """Serve the lesson until it is stopped; port 0 takes a free one."""
    import socket
    import webbrowser

    import uvicorn

    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()  # from now on a browser waits, and is not turned away
    port = listener.getsockname()[1]
    names = {host, "localhost", "127.0.0.1", "[::1]"} if is_loopback(host) else {host}
    address = f"http://{'[' + host + ']' if ':' in host else host}:{port}/"
    print(f"the lesson is at {address} (stop it with Ctrl-C)", flush=True)
    if browser:
        webbrowser.open(address)
    hosts = frozenset() if host in ("0.0.0.0", "::") else frozenset(f"{name}:{port}" for name in names)
    config = uvicorn.Config(
        application(hosts),
        log_level="warning",
        server_header=False,
        limit_concurrency=64,
        timeout_keep_alive=10,
        h11_max_incomplete_event_size=MAX_BODY,
    )
    uvicorn.Server(config).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own, and reached from nowhere else."""
    from ipaddress import ip_address

    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
