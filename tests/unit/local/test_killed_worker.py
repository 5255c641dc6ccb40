"""A function's process ends after the AWS call that a file names."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import boto3
import botocore.handlers
import pytest

from local import killed_worker
from local.killed_worker import EXIT_STATUS, Killer, with_kills

PYTHON = Path(__file__).parents[3] / ".build/emulator/bin/python"
RUNTIME = "import ministack.core.lambda_runtime as r; print(r._PYTHON_WORKER_SCRIPT)"


class Ended(Exception):
    """In place of the end of the process."""


def end(status):
    raise Ended(status)


@pytest.fixture
def order(tmp_path):
    return tmp_path / "kill.json"


def kill_after(order, call, function="reader"):
    order.write_text(json.dumps({"function": function, "call": call}))


def test_the_process_ends_after_the_named_call(order):
    killer = Killer("reader", order, end)
    kill_after(order, 2)

    killer.count()
    with pytest.raises(Ended, match=str(EXIT_STATUS)):
        killer.count()

    assert not order.exists()
    assert order.with_suffix(killed_worker.DONE).exists()


def test_one_process_is_killed_once(order):
    killer = Killer("reader", order, end)
    kill_after(order, 1)
    with pytest.raises(Ended):
        killer.count()

    killer.begin()
    killer.count()


def test_calls_are_counted_in_each_invocation(order):
    killer = Killer("reader", order, end)
    kill_after(order, 2)

    for _ in range(3):
        killer.begin()
        killer.count()

    assert order.exists()


def test_another_function_lives(order):
    kill_after(order, 1, "another")

    Killer("reader", order, end).count()

    assert order.exists()


def test_no_process_is_killed_without_an_order(order):
    Killer("reader", order, end).count()


def test_the_calls_of_every_client_are_counted(table, order, monkeypatch):
    monkeypatch.setattr(
        botocore.handlers, "BUILTIN_HANDLERS", [*botocore.handlers.BUILTIN_HANDLERS]
    )
    monkeypatch.setattr(killed_worker, "Killer", partial(Killer, end=end))
    killed_worker.install("reader", str(order))
    client = boto3.session.Session().client("dynamodb")
    kill_after(order, 2)

    client.list_tables()
    with pytest.raises(Ended):
        client.list_tables()


def test_the_emulators_worker_counts_and_ends(tmp_path, order):
    """The script that ministack has, started as it starts it."""
    original = subprocess.run(  # noqa: S603 - the emulator's Python
        [PYTHON, "-c", RUNTIME], capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / "worker.py").write_text(with_kills(original, order))
    (tmp_path / "function.py").write_text(
        "import botocore.handlers\n"
        "def handler(event, context):\n"
        "    for name, call, *_ in botocore.handlers.BUILTIN_HANDLERS:\n"
        "        if name == 'after-call' and hasattr(call, '__self__'):\n"
        "            call()\n"
        "    return 'alive'\n"
    )
    start = {"code_dir": str(tmp_path), "module": "function", "handler": "handler"}
    lines = [{**start, "function_name": "reader"}, {"event": {}}]

    def run():
        return subprocess.run(  # noqa: S603 - this Python
            [sys.executable, tmp_path / "worker.py"],
            input="\n".join(map(json.dumps, lines)) + "\n",
            capture_output=True,
            text=True,
            check=False,
        )

    kill_after(order, 9)
    assert '"result": "alive"' in run().stdout
    kill_after(order, 1)
    assert run().returncode == EXIT_STATUS


def test_another_worker_is_refused(order):
    with pytest.raises(ValueError, match="has changed"):
        with_kills("", order)
