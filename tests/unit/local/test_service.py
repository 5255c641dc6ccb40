import os
import sys

import pytest

from local import service
from local.stack import free_port


def a_server(port):
    return [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]


def test_a_service_runs_from_start_to_stop(tmp_path):
    port = free_port()

    started = service.start(
        "a server",
        a_server(port),
        environment={"PATH": os.defpath},
        state=tmp_path,
        log=tmp_path / "server.log",
        ready_url=f"http://127.0.0.1:{port}/",
        within_seconds=20,
    )
    was_running = started.is_running()
    started.stop()

    assert was_running
    assert not started.is_running()


def test_a_program_that_exits_at_once_is_reported_with_its_output(tmp_path):
    with pytest.raises(service.NotStartedError, match="no such thing"):
        service.start(
            "a failure",
            [sys.executable, "-c", "raise SystemExit('no such thing')"],
            environment={"PATH": os.defpath},
            state=tmp_path,
            log=tmp_path / "failure.log",
            ready_url=f"http://127.0.0.1:{free_port()}/",
            within_seconds=20,
        )


def test_tail_returns_the_last_lines(tmp_path):
    log = tmp_path / "long.log"
    log.write_text("\n".join(str(number) for number in range(100)))

    assert service.tail(log, lines=2) == "98\n99"
