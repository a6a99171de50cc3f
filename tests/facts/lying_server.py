"""A chat-completions endpoint on this machine that answers what a test tells it to, also untruly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer: body as sent, `wait` seconds before it, `drip` seconds between its bytes."""

    body: bytes
    status: int = 200
    wait: float = 0.0
    drip: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Server:
    """Gives its replies in turn, the last one for ever, and remembers what it was asked."""

    replies: list[Reply]
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What a user would name."""
        return f"http://127.0.0.1:{self.port}/v1"

    def next(self) -> Reply:
        """The reply to the question just remembered."""
        return self.replies[min(len(self.asked), len(self.replies)) - 1]


def says(content: str, **how: Any) -> Reply:
    """The protocol around a model's words."""
    return Reply(
        json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode(), **how
    )


def proposes(*entries: Any, **how: Any) -> Reply:
    """A model that proposes these facts."""
    return says(json.dumps({"facts": entries}), **how)


@contextmanager
def serving(*replies: Reply) -> Iterator[Server]:
    """The server, for as long as the block runs."""
    state = Server(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append({"path": self.path, "headers": dict(self.headers), **asked})
            reply = state.next()
            time.sleep(reply.wait)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                if not reply.drip:
                    self.wfile.write(reply.body)
                for at in range(len(reply.body) if reply.drip else 0):
                    self.wfile.write(reply.body[at : at + 1])
                    time.sleep(reply.drip)
            except OSError:
                return  # the other side has hung up

        def log_message(self, format: str, *args: Any) -> None:
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
