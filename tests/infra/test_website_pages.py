"""The distribution's function for pages, run as CloudFront runs it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.constructs.website.page_behavior import PAGE_REQUEST

RUN = "process.stdout.write(JSON.stringify(handler(JSON.parse(process.argv[1]))))"


def run_function(uri):
    """The result of the function for a request of that path."""
    node = shutil.which("node")
    assert node is not None
    event = {"context": {"requestId": "request-1"}, "request": {"uri": uri, "headers": {}}}
    command = [str(Path(node)), "-e", f"{PAGE_REQUEST}\n{RUN}", json.dumps(event)]
    completed = subprocess.run(  # noqa: S603 - the project's own function
        command, capture_output=True, check=True, timeout=20
    )
    return json.loads(completed.stdout)


@pytest.mark.parametrize("uri", ["/api", "/API/V1/orders", "/Api/", "/api/v1/orders"])
def test_api_paths_are_not_served_by_the_site(uri):
    reply = run_function(uri)

    assert reply["statusCode"] == 404
    assert reply["headers"]["content-type"]["value"] == "application/json"
    assert reply["headers"]["x-request-id"]["value"] == "request-1"
    assert reply["headers"]["cache-control"]["value"] == "no-store"
    assert json.loads(reply["body"]["data"]) == {
        "error": "There is nothing here",
        "code": "not_found",
        "request_id": "request-1",
    }


@pytest.mark.parametrize(
    ("uri", "page"),
    [
        ("/", "/index.html"),
        ("/orders/1", "/index.html"),
        ("/apiary", "/index.html"),
        ("/assets/index.js", "/assets/index.js"),
    ],
)
def test_page_paths_are_served_by_the_single_page(uri, page):
    assert run_function(uri)["uri"] == page
