"""The distribution's function for pages, run as CloudFront runs it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from infra.constructs.website.behaviors import PAGE_REQUEST

RUN = "process.stdout.write(JSON.stringify(handler(JSON.parse(process.argv[1]))))"


def answer(uri):
    """What the function makes of a request for that path."""
    node = shutil.which("node")
    assert node is not None
    event = {"context": {"requestId": "request-1"}, "request": {"uri": uri, "headers": {}}}
    command = [str(Path(node)), "-e", f"{PAGE_REQUEST}\n{RUN}", json.dumps(event)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=20)  # noqa: S603 - ours
    return json.loads(done.stdout)


@pytest.mark.parametrize("uri", ["/api", "/API/V1/orders", "/Api/", "/api/v1/orders"])
def test_the_apis_prefix_is_never_answered_by_the_site(uri):
    reply = answer(uri)

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
def test_a_page_of_the_site_is_still_the_single_page(uri, page):
    assert answer(uri)["uri"] == page
