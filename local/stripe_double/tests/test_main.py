"""The double as a program."""

import re
import subprocess
import sys

import requests


def program(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "local.stripe_double", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_prints_its_address_and_ends_at_a_signal(tmp_path):
    with program("--state", str(tmp_path), "--secret-key", "sk_test_mine") as running:
        line = running.stdout.readline()
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+", line)
        health = requests.get(f"{address}/_double/health", timeout=5)
        calls = requests.get(f"{address}/v1/events", auth=("sk_test_mine", ""), timeout=5)
        running.terminate()

        assert running.wait(timeout=10) == 0

    assert health.json() == {"status": "ok"}
    assert calls.json()["data"] == []


def test_a_webhook_without_its_secret_is_refused_at_the_start(tmp_path):
    with program("--state", str(tmp_path), "--webhook-url", "http://127.0.0.1:1/") as running:
        _, error_output = running.communicate(timeout=10)

    assert running.returncode == 2
    assert "--webhook-secret" in error_output


def test_a_port_in_use_is_line_plainly(tmp_path, double):
    port = double.url.rsplit(":", 1)[1]

    with program("--state", str(tmp_path), "--port", port) as running:
        _, error_output = running.communicate(timeout=10)

    assert running.returncode == 1
    assert "can't start" in error_output
