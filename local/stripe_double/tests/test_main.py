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


def test_the_program_prints_its_url_and_ends_at_a_signal(tmp_path):
    with program("--state", str(tmp_path), "--secret-key", "sk_test_mine") as running:
        line = running.stdout.readline()
        (url,) = re.findall(r"http://127\.0\.0\.1:\d+", line)
        health = requests.get(f"{url}/_double/health", timeout=5)
        calls = requests.get(f"{url}/v1/events", auth=("sk_test_mine", ""), timeout=5)
        running.terminate()

        assert running.wait(timeout=10) == 0

    assert health.json() == {"status": "ok"}
    assert calls.json()["data"] == []


def test_a_webhook_without_a_secret_is_an_error(tmp_path):
    with program("--state", str(tmp_path), "--webhook-url", "http://127.0.0.1:1/") as running:
        _, error_output = running.communicate(timeout=10)

    assert running.returncode == 2
    assert "--webhook-secret" in error_output


def test_a_port_in_use_is_reported(tmp_path, double):
    port = double.url.rsplit(":", 1)[1]

    with program("--state", str(tmp_path), "--port", port) as running:
        _, error_output = running.communicate(timeout=10)

    assert running.returncode == 1
    assert "can't start" in error_output
