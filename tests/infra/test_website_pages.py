"""The distribution's function for pages, run as CloudFront runs it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from docket.domain.accounts import one_time_link
from infra.constructs.website.page_behavior import PAGE_REQUEST, PAGE_RESPONSE
from infra.constructs.website.page_paths import app_pattern, front_files
from infra.layers.build import ROOT

RUN = "process.stdout.write(JSON.stringify(handler(JSON.parse(process.argv[1]))))"
MAILS = ROOT / "layers/core/python/docket/messages/mail"
MOST_BYTES = 10_240
"""Of a function's code: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html."""


def run_function(uri):
    """The result of the function for a request of that path."""
    return run(
        PAGE_REQUEST,
        {"context": {"requestId": "request-1"}, "request": {"uri": uri, "headers": {}}},
    )


def run(code, event):
    node = shutil.which("node")
    assert node is not None
    command = [str(Path(node)), "-e", f"{code}\n{RUN}", json.dumps(event)]
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
    ("uri", "file"),
    [
        ("/", "/index.html"),
        ("/de", "/de/index.html"),
        ("/de/", "/de/index.html"),
        ("/privacy", "/privacy.html"),
        ("/de/imprint", "/de/imprint.html"),
        ("/orders", "/app.html"),
        ("/orders/1/analysis", "/app.html"),
        ("/orders/1/", "/app.html"),
        ("/account/keys", "/app.html"),
        ("/assets/index.js", "/assets/index.js"),
    ],
)
def test_a_page_is_served_by_its_file(uri, file):
    assert run_function(uri)["uri"] == file


@pytest.mark.parametrize("uri", ["/nowhere", "/apiary", "/orders/1/2/3", "/ordersx", "/toString"])
def test_an_unknown_path_is_served_by_the_page_for_it(uri):
    assert run_function(uri)["uri"] == "/404.html"
    assert run_function(f"/de{uri}")["uri"] == "/de/404.html"


@pytest.mark.parametrize("uri", ["/", "//", "///", "/de//"])
def test_no_path_leads_to_the_root_of_the_bucket_which_lists_it(uri):
    assert not run_function(uri)["uri"].endswith("/")


def test_a_file_has_the_status_of_its_metadata():
    headers = {"x-amz-meta-status": {"value": "404"}, "content-type": {"value": "text/html"}}

    found = run(PAGE_RESPONSE, {"response": {"statusCode": 200, "headers": {}}})
    missing = run(PAGE_RESPONSE, {"response": {"statusCode": 200, "headers": headers}})

    assert found == {"statusCode": 200, "headers": {}}
    assert missing["statusCode"] == 404
    assert missing["headers"] == {"content-type": {"value": "text/html"}}


@pytest.mark.parametrize("status", [304, 206])
def test_a_response_without_the_whole_file_has_its_own_status(status):
    headers = {"x-amz-meta-status": {"value": "404"}}

    response = run(PAGE_RESPONSE, {"response": {"statusCode": status, "headers": headers}})

    assert response == {"statusCode": status, "headers": {}}


def paths_in_mails():
    """The paths of the site that mails link to."""
    texts = (path.read_text() for path in MAILS.glob("*.txt"))
    written = {path for text in texts for path in re.findall(r"\{\{site\}\}(/[^)]*)", text)}
    return sorted(written | set(one_time_link.PAGES.values()))


@pytest.mark.parametrize("path", paths_in_mails())
def test_a_link_of_a_mail_leads_to_a_page(path):
    assert run_function(path)["uri"] == "/app.html"


def test_no_page_without_the_app_has_a_path_of_the_app():
    assert [path for path in front_files() if re.match(app_pattern(), path)] == []


def test_the_functions_fit_in_the_limit_of_their_size():
    assert max(len(PAGE_REQUEST), len(PAGE_RESPONSE)) <= MOST_BYTES
