"""A real HTTP server on loopback whose pages the tests write, and which remembers its requests."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

HTML = "text/html; charset=utf-8"


@dataclass
class Answer:
    """What the server says. A function as body writes to the connection itself, piece by piece.

    `raw` is said in place of status, headers and body.
    """

    body: bytes | str | Callable[[BaseHTTPRequestHandler], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str | None = HTML
    raw: bytes = b""


class Site:
    """The pages of a server by path; a list is worked off, its last answer repeated."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | list[Answer]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.on_request: Callable[[str], None] = lambda _path: None
        self.url = ""
        self._lock = threading.Lock()

    def __setitem__(self, path: str, answer: Answer | list[Answer] | str | bytes) -> None:
        self.pages[path] = Answer(answer) if isinstance(answer, str | bytes) else answer

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]

    @property
    def count(self) -> Counter[str]:
        return Counter(self.paths)

    def answer(self, path: str) -> Answer:
        with self._lock:
            page = self.pages.get(path)
            if isinstance(page, list):
                return page.pop(0) if len(page) > 1 else page[0]
        return page or Answer("not here", 404)

    def redirect(self, path: str, to: str, status: int = 301) -> None:
        self.pages[path] = Answer(status=status, headers={"Location": to})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests."""


@contextlib.contextmanager
def serve(tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with site._lock:
                site.requests.append((self.path, dict(self.headers.items())))
            site.on_request(self.path)
            answer = site.answer(self.path)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            if answer.raw:
                self.wfile.write(answer.raw)
                self.close_connection = True
                return
            self.send_response(answer.status)
            if answer.type is not None:
                self.send_header("Content-Type", answer.type)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if isinstance(body, bytes):
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
                self.end_headers()
                body(self)

        def log_message(self, *_: object) -> None:
            pass

    server = _Server((address, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.url = f"http{'s' if tls else ''}://{address}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
