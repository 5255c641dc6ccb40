import os
import socket
import subprocess
import sys
from dataclasses import replace

from local.processes import started_ticks
from local.stack import Endpoints, LocalState, free_port, timed_log


def endpoints(**changes):
    return replace(
        Endpoints(
            site="http://d1.cloudfront.localhost:4566",
            api="http://d1.cloudfront.localhost:4566/api/v1",
            docs="http://d1.cloudfront.localhost:4566/api/v1/docs",
            base="http://127.0.0.1:4566",
            host="d1.cloudfront.localhost:4566",
            stripe="http://127.0.0.1:4567",
            stripe_publishable_key="pk_test_1",
            mail="http://127.0.0.1:4566/_ministack/ses/messages",
            emulator="http://127.0.0.1:4566",
            identity_provider="jwt",
            table="table",
            documents="documents",
            queues={"readings": "readings"},
            dead_letters={"readings": "readings-dead-letters"},
            pid=os.getpid(),
            started_ticks=started_ticks(os.getpid()),
            supervisors=(),
        ),
        **changes,
    )


def test_a_running_stack_is_found_by_its_file(tmp_path):
    endpoints().save(tmp_path / "run.json")

    loaded = Endpoints.load(tmp_path / "run.json")

    assert loaded is not None
    assert loaded.site == endpoints().site


def test_a_stopped_stack_is_not_found(tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    endpoints(pid=ended.pid).save(tmp_path / "run.json")

    assert Endpoints.load(tmp_path / "run.json") is None
    assert Endpoints.load(tmp_path / "never-written.json") is None


def test_a_stack_whose_process_id_is_reused_is_not_found(tmp_path):
    endpoints(started_ticks=started_ticks(os.getpid()) - 1).save(tmp_path / "run.json")

    assert Endpoints.load(tmp_path / "run.json") is None


def test_a_file_of_another_version_is_ignored(tmp_path):
    (tmp_path / "run.json").write_text('{"pid": 1, "groups": []}')

    assert Endpoints.load(tmp_path / "run.json") is None


def test_ports_and_keys_are_the_same_in_the_next_run(tmp_path):
    first = LocalState.of(tmp_path)

    assert LocalState.of(tmp_path) == first


def test_a_port_in_use_is_replaced_and_the_keys_stay(tmp_path):
    first = LocalState.of(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.emulator_port))
        other.listen()

        second = LocalState.of(tmp_path)

    assert second.emulator_port != first.emulator_port
    assert second.secret_key == first.secret_key


def test_a_free_port_can_be_listened_on():
    with socket.socket() as server:
        server.bind(("127.0.0.1", free_port()))


def test_progress_lines_start_with_the_elapsed_seconds():
    lines: list[str] = []

    timed_log(lines.append)("ready")

    assert lines == ["   0.0 s  ready"]
