"""The HTTP server, and the double as a whole."""

import json
import socket
import socketserver
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from local.stripe_double import api, intents, page
from local.stripe_double.control import Control, run_task
from local.stripe_double.errors import Json, StripeError, invalid
from local.stripe_double.faults import CallFault, Faults
from local.stripe_double.loop import Loop
from local.stripe_double.session import Session, Timing
from local.stripe_double.store import Store, Transaction
from local.stripe_double.webhooks import Endpoint, WebhookDispatcher

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
MAX_BODY_BYTES = 1_000_000
RECORDED_CALLS = 500

SCRIPT_PATHS = ("/v3", "/v3/", "/v3/stripe.js")
"""Another path of the script; `@stripe/stripe-js` requests `/<release>/stripe.js`."""

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Expose-Headers": "Request-Id, Idempotent-Replayed",
    "Access-Control-Max-Age": "300",
}


class StripeDouble:
    """The whole double: it listens from `start` to `stop`, or inside a `with`.

    `state` is the directory of its data; `port` 0 chooses a free one. `retry_after` is the first
    pause, in seconds, after a delivery that was not accepted; it doubles up to a minute.
    """

    def __init__(
        self,
        state: Path,
        *,
        port: int = 0,
        secret_key: str = "sk_test_double",  # noqa: S107 - a test key of no real account
        publishable_key: str = "pk_test_double",
        webhook: Endpoint | None = None,
        timing: Timing | None = None,
        retry_after: float = 1,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.secret_key = secret_key
        self.publishable_key = publishable_key
        self.faults = Faults()
        self._timing = timing or Timing()
        self._clock = clock
        self._store = Store(state / "stripe.sqlite3")
        self._dispatcher = WebhookDispatcher(
            self._store, clock=clock, first_pause_seconds=retry_after
        )
        if webhook is not None:
            self._dispatcher.send_to(webhook)
        self._calls: deque[Json] = deque(maxlen=RECORDED_CALLS)
        self.api = api.Api(
            self._store,
            secret_key=secret_key,
            publishable_key=publishable_key,
            clock=clock,
            session_for=self._session,
        )
        self.control = Control(
            self._store,
            faults=self.faults,
            dispatcher=self._dispatcher,
            clock=clock,
            session_for=self._session,
            calls=lambda: list(self._calls),
        )
        self.ending = threading.Event()
        self._server = _Server((LOOPBACK, port), self)
        self._listener = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._loops = (
            Loop("deliveries", self._dispatcher.step),
            Loop("tasks", self._run_due_tasks),
        )

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def start(self) -> Self:
        self._listener.start()
        for loop in self._loops:
            loop.start()
        return self

    def stop(self) -> None:
        self.ending.set()
        self._server.shutdown()
        self._listener.join()
        self._server.close_connections()
        self._server.server_close()
        for loop in self._loops:
            loop.end()
        self._store.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wake_loops(self) -> None:
        """Wake the loops, so that they look for due work now."""
        for loop in self._loops:
            loop.wake()

    def record_call(self, method: str, path: str, status: int | None, note: str | None) -> None:
        """`status` is None where there was no response; `note` is the error or the fault."""
        self._calls.append(
            {"at": self._clock(), "method": method, "path": path, "status": status, "note": note}
        )

    def home_page(self) -> str:
        """The page at /."""
        with self._store.transaction() as transaction:
            payments = transaction.newest("payment_intent", limit=50, where={})
            refunds = transaction.newest("refund", limit=50, where={})
        return page.home(
            payments=payments,
            refunds=refunds,
            events=self.control.events()[:50],
            webhook=self.control.webhook()["url"],
            faults=self.faults.state(),
        )

    def challenge_page(self, id_: str, query: dict[str, str]) -> str:
        """The bank's page, for an intent that was not confirmed in the browser."""
        with self._store.transaction() as transaction:
            intent = self._challenged(transaction, id_, query)
        return page.challenge(intent)

    def answer_challenge(self, id_: str, query: dict[str, str], *, passed: bool) -> str:
        """Answer the challenge. Returns the address to redirect the browser to."""
        with self._store.transaction() as transaction:
            intent = self._challenged(transaction, id_, query)
            back = intent["next_action"]["redirect_to_url"]["return_url"]
            intent = intents.authenticate(self._session(transaction), id_, passed=passed)
        outcome = "succeeded" if intent["status"] in ("succeeded", "processing") else "failed"
        joint = "&" if "?" in back else "?"
        return (
            f"{back}{joint}payment_intent={id_}"
            f"&payment_intent_client_secret={intent['client_secret']}&redirect_status={outcome}"
        )

    def _challenged(self, transaction: Transaction, id_: str, query: dict[str, str]) -> Json:
        intent = self._session(transaction).get(id_, "payment_intent", param="intent")
        action = intent["next_action"] or {}
        if query.get("client_secret") != intent["client_secret"] or "redirect_to_url" not in action:
            raise invalid("This PaymentIntent has no challenge.")
        return intent

    def _session(
        self,
        transaction: Transaction,
        request_id: str | None = None,
        idempotency_key: str | None = None,
    ) -> Session:
        return Session(
            transaction=transaction,
            now=self._clock(),
            timing=self._timing,
            faults=self.faults,
            url=self.url,
            request_id=request_id,
            idempotency_key=idempotency_key,
        )

    def _run_due_tasks(self) -> float | None:
        with self._store.transaction() as transaction:
            task = transaction.take_scheduled_task(due=self._clock())
            if task is not None:
                run_task(self._session(transaction), task)
            due = transaction.next_task_due()
        if task is not None:
            self._loops[0].wake()
        return None if due is None else max(0, due - self._clock())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], double: StripeDouble) -> None:
        self.double = double
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own looks up the host's name, which can take seconds and is not used.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.socket.getsockname()[1]

    def add_connection(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)

    def remove_connection(self, connection: socket.socket) -> None:
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
    server: _Server
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
        fault = double.faults.next_for(call.method, call.path)
        kind = fault.kind if fault else None
        if fault and fault.when == "before" and kind != "slow":
            double.record_call(call.method, call.path, None, f"{kind} before")
            self._fail(fault)
            return
        wait_seconds = fault.seconds if fault and kind == "slow" and fault.when == "before" else 0
        reply = double.api.answer(call, lambda: self._wait(wait_seconds))
        if call.method == "POST":
            double.wake_loops()
        error = reply.body.get("error")
        note = f"{kind} {fault.when}" if fault else None
        double.record_call(
            call.method, call.path, reply.status, note or (error and error.get("code"))
        )
        if fault and fault.when == "after":
            if kind == "slow":
                self._wait(fault.seconds)
            else:
                self._fail(fault)
                return
        self._json(reply.status, reply.body, {**CORS, **reply.headers})

    def _wait(self, seconds: float) -> None:
        self.server.double.ending.wait(seconds)

    def _fail(self, fault: CallFault) -> None:
        if fault.kind in ("error", "rate_limit"):
            reply = api.server_error() if fault.kind == "error" else api.rate_limited()
            self._json(reply.status, reply.body, {**CORS, **reply.headers})
            return
        self.close_connection = True
        if fault.kind == "timeout":
            self._wait(fault.seconds)
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
