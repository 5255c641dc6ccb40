"""A stand-in for the emulator where only processes matter.

It answers every request of a deployment and starts workers that ignore the usual signals. On
SIGTERM it takes a second to end, as the emulator does while it saves its state.

    PROGRAM FOLDER…    (the port is in GATEWAY_PORT; `FOLDER/saved` is written at the end)
"""

import os
import signal
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CHECKOUT = Path(sys.argv[1])
SAVING_SECONDS = 1.0
STACKS = (
    "<DescribeStacksResponse><DescribeStacksResult><Stacks><member>"
    "<StackName>CDKToolkit</StackName></member></Stacks></DescribeStacksResult>"
    "</DescribeStacksResponse>"
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        request_body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = STACKS.encode() if b"DescribeStacks" in request_body else b""
        if self.command == "POST" and not body:
            body = b"{}"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def do_PUT(self):
        self.do_GET()


def start_worker(**options):
    """Start a process that ignores the usual signals; its last argument is the checkout."""
    endless = "import signal, time; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; "
    subprocess.Popen(  # noqa: S603 - fixed arguments, no shell
        [sys.executable, "-S", "-c", f"{endless}time.sleep(300)", str(CHECKOUT)], **options
    )


def save_and_end(*_):
    time.sleep(SAVING_SECONDS)
    (CHECKOUT / "saved").touch()
    os._exit(0)


signal.signal(signal.SIGTERM, save_and_end)
start_worker()
start_worker(env={})
start_worker(start_new_session=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["GATEWAY_PORT"])), Handler).serve_forever()
