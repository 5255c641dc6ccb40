"""The HTTP server: the API under /v1, the control under /_double, the pages, and Stripe.js."""

import json
import socket
import socketserver
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from local.stripe_double import api, page
from local.stripe_double.calls import NoReply
from local.stripe_double.errors import StripeError, invalid

if TYPE_CHECKING:
    from local.stripe_double.double import StripeDouble

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
MAX_BODY_BYTES = 1_000_000
"""Longer requests get a 413."""

SCRIPT_PATHS = ("/v3", "/v3/", "/v3/stripe.js")
"""Another path of the script; `@stripe/stripe-js` requests `/<release>/stripe.js`."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Expose-Headers": "Request-Id, Idempotent-Replayed",
    "Access-Control-Max-Age": "300",
}


class Server(ThreadingHTTPServer):
    """Serves a double, each connection in a thread of its own."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], double: "StripeDouble") -> None:
        self.double = double
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind the socket without a look-up of the host's name."""
        # HTTPServer's own looks up the host's name, which can take seconds and is not used.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.socket.getsockname()[1]

    def add_connection(self, connection: socket.socket) -> None:
        """Remember an open connection, so that `close_connections` can end it."""
        with self._lock:
            self._open.add(connection)

    def remove_connection(self, connection: socket.socket) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.discard(connection)

    def close_connections(self) -> None:
        """Close the connections that clients left open."""
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client has closed it
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.add_connection(self.connection)

    def finish(self) -> None:
        self.server.remove_connection(self.connection)
        super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):  # the client closed the connection
            self.close_connection = True

    def version_string(self) -> str:
        return "stripe-double"

    def log_message(self, *_: Any) -> None:
        """Do not log requests: the double records calls and shows them on its page."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def do_OPTIONS(self) -> None:
        self._reply(204, b"", {**CORS})

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            self.close_connection = True
            self._json(413, {"error": {"message": "Too large", "type": "invalid_request_error"}})
            return
        body = self.rfile.read(int(length)).decode(errors="replace")
        try:
            if parts.path.startswith("/v1/"):
                self._call(api.Call(self.command, parts.path, parts.query, body, self._headers()))
            elif parts.path.startswith("/_double/"):
                self._control(parts.path, body)
            else:
                self._serve_page(parts.path, parts.query, body)
        except StripeError as error:
            self._json(error.status, error.body())

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    # /v1

    def _call(self, call: api.Call) -> None:
        double = self.server.double
        reply = double.answer(call)
        if call.method == "POST":
            double.wake_loops()
        if isinstance(reply, NoReply):
            self._end_without_a_response(reply)
        else:
            self._json(reply.status, reply.body, {**CORS, **reply.headers})

    def _end_without_a_response(self, reply: NoReply) -> None:
        self.close_connection = True
        if reply.kind == "timeout":
            self.server.double.wait(reply.seconds)
            return
        # With SO_LINGER of zero seconds, closing the socket sends a reset.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    # /_double

    def _control(self, path: str, body: str) -> None:
        double = self.server.double
        request: Any = {}
        if self.command == "POST":
            if self.headers.get_content_type() != "application/json":
                raise invalid("The body is JSON, with that content type.")
            try:
                request = json.loads(body or "{}")
            except json.JSONDecodeError as error:
                raise invalid(f"Not JSON: {error}") from error
            if not isinstance(request, dict):
                raise invalid("The body is a JSON object.")
        answer = double.control.answer(self.command, path, request)
        if self.command != "GET":
            double.wake_loops()
        self._json(200, answer)

    # Pages and scripts

    def _serve_page(self, path: str, query: str, body: str) -> None:
        double = self.server.double
        parameters = {name: values[-1] for name, values in parse_qs(query).items()}
        first, _, rest = path.strip("/").partition("/")
        if first == "3ds" and rest:
            if self.command == "POST":
                passed = parse_qs(body).get("outcome") == ["complete"]
                back = double.answer_challenge(rest, parameters, passed=passed)
                double.wake_loops()
                self._reply(303, b"", {"Location": back})
            else:
                self._html(double.challenge_page(rest, parameters))
        elif path in SCRIPT_PATHS or (rest == "stripe.js" and first.isalpha()):
            self._reply(200, self._stripe_js(), {**CORS, **_type("text/javascript")})
        elif path == "/page.js":
            self._reply(200, (HERE / "page.js").read_bytes(), _type("text/javascript"))
        elif path == "/":
            self._html(double.home_page())
        else:
            self._html(page.not_found(path), status=404)

    def _stripe_js(self) -> bytes:
        """The script, with the double's address under the host name of the request."""
        host = self.headers.get("Host", "")
        port = self.server.server_port
        known = host in (f"localhost:{port}", f"{LOOPBACK}:{port}")
        url = f"http://{host}" if known else self.server.double.url
        script = (HERE / "stripe.js").read_text(encoding="utf-8")
        return script.replace('"the double\'s address"', json.dumps(url), 1).encode()

    # Responses

    def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        text = json.dumps(body, indent=2).encode()
        self._reply(status, text, {**(headers or {}), **_type("application/json")})

    def _html(self, text: str, *, status: int = 200) -> None:
        self._reply(status, text.encode(), _type("text/html"))

    def _reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def _type(kind: str) -> dict[str, str]:
    return {"Content-Type": f"{kind}; charset=utf-8"}
