import base64
import hashlib
import json
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests
from botocore.exceptions import ClientError

from docket.gateways import files
from docket.gateways.files import Upload
from tests.make import THEN, a_document, a_read_document

DOCUMENT = a_document()
KEY = f"uploads/ada/{DOCUMENT.id}"


def policy_of(ticket):
    return json.loads(base64.b64decode(ticket.fields["policy"]))["conditions"]


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_ticket_is_good_for_exactly_one_file_for_some_minutes(bucket):
    ticket = files.ticket_for("ada", DOCUMENT, at=THEN)

    conditions = policy_of(ticket)
    assert {"key": KEY} in conditions
    assert {"bucket": bucket.name} in conditions
    assert {"Content-Type": "application/pdf"} in conditions
    assert ["content-length-range", 1000, 1000] in conditions
    assert ticket.fields["key"] == KEY
    assert ticket.expires_at == THEN + timedelta(minutes=15)
    assert not any("starts-with" in str(each) for each in conditions)


def test_a_declared_checksum_is_one_that_s3_checks(bucket):
    data = b"%PDF-1.7"
    declared = a_document(sha256=hashlib.sha256(data).hexdigest())

    ticket = files.ticket_for("ada", declared, at=THEN)

    expected = base64.b64encode(hashlib.sha256(data).digest()).decode()
    assert ticket.fields["x-amz-checksum-sha256"] == expected
    assert {"x-amz-checksum-sha256": expected} in policy_of(ticket)
    assert {"x-amz-checksum-algorithm": "SHA256"} in policy_of(ticket)


def test_without_a_checksum_none_is_asked_for(bucket):
    assert "checksum" not in str(policy_of(files.ticket_for("ada", DOCUMENT, at=THEN)))


def test_a_file_comes_back_under_its_own_name_whatever_letters_that_has(bucket):
    version = bucket.upload(DOCUMENT.id, b"the bytes")
    name = 'Ma"ß\\%20;請求書 🧾.pdf'
    there = a_read_document(filename=name, id=DOCUMENT.id, version=version)

    url = files.download_url("ada", there)

    said = query_of(url)
    disposition = said["response-content-disposition"]
    assert disposition.startswith('attachment; filename="Ma\'?_%20;??? ?.pdf"; ')
    assert disposition.isascii()
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == name
    assert said["versionId"] == version
    assert int(said["X-Amz-Expires"]) <= 600
    assert requests.get(url, timeout=5).content == b"the bytes"


def test_a_picture_is_fetched_by_a_signed_address(bucket):
    files.keep_picture(DOCUMENT.id, "v1", 0, "thumbnail", b"webp")

    found = requests.get(files.picture_url(DOCUMENT.id, "v1", 0, "thumbnail"), timeout=5)

    assert (found.content, found.headers["Content-Type"]) == (b"webp", "image/webp")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "uploads/",
        "uploads/ada",
        "uploads/ada/",
        "uploads//d",
        "readings/ada/d",
        "uploads/a/b/c",
    ],
)
def test_what_is_no_documents_bytes_is_nothing(key):
    assert files.upload_of(key, "v1") is None


def test_a_key_names_a_customer_and_a_document():
    assert files.upload_of(KEY, "v1") == Upload("ada", DOCUMENT.id, "v1")


def test_what_arrived_is_the_newest_version(bucket):
    assert files.arrived("ada", DOCUMENT.id) is None
    bucket.upload(DOCUMENT.id, b"first")
    newest = bucket.upload(DOCUMENT.id, b"second")

    assert files.arrived("ada", DOCUMENT.id) == Upload("ada", DOCUMENT.id, newest)
    assert files.arrived("eve", DOCUMENT.id) is None


def test_a_version_is_read_as_it_was_stored_whatever_came_after(bucket):
    first = bucket.upload(DOCUMENT.id, b"first")
    bucket.upload(DOCUMENT.id, b"second")

    assert files.content(Upload("ada", DOCUMENT.id, first)) == b"first"


def test_a_version_that_is_discarded_leaves_the_one_before_it_the_newest(bucket):
    first = bucket.upload(DOCUMENT.id, b"first")
    second = bucket.upload(DOCUMENT.id, b"second")

    files.discard(Upload("ada", DOCUMENT.id, second))

    assert bucket.versions(DOCUMENT.id) == [first]
    assert files.content(Upload("ada", DOCUMENT.id, second)) is None


def test_what_is_removed_is_gone_for_who_asks_and_kept_for_who_must_restore_it(bucket):
    version = bucket.upload(DOCUMENT.id)

    files.remove("ada", DOCUMENT.id)

    assert files.arrived("ada", DOCUMENT.id) is None
    assert bucket.versions(DOCUMENT.id) == [version]


@pytest.fixture
def s3_says(monkeypatch):
    """Every call of S3's is answered by that error."""

    def says(status, code):
        def refuse(**_):
            said = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(said, "GetObject")  # type: ignore[arg-type]  # all that is looked at

        for call in ("get_object", "head_object"):
            monkeypatch.setattr(files._s3(), call, refuse)

    return says


@pytest.mark.parametrize(("status", "code"), [(403, "AccessDenied"), (404, "NoSuchVersion")])
def test_what_s3_does_not_have_is_gone_also_for_who_may_not_list_it(bucket, s3_says, status, code):
    s3_says(status, code)

    assert files.content(Upload("ada", DOCUMENT.id, "v1")) is None
    assert files.arrived("ada", DOCUMENT.id) is None


def test_an_outage_of_s3_is_not_told_as_a_missing_file(bucket, s3_says):
    s3_says(503, "SlowDown")

    with pytest.raises(ClientError):
        files.content(Upload("ada", DOCUMENT.id, "v1"))
    with pytest.raises(ClientError):
        files.arrived("ada", DOCUMENT.id)


def test_what_was_read_of_a_range_of_pages_comes_back(bucket):
    files.keep_part(DOCUMENT.id, "v1", range(12, 24), b'{"pages": 12}')

    assert files.part(DOCUMENT.id, "v1", range(12, 24)) == {"pages": 12}
    with pytest.raises(ClientError):
        files.part(DOCUMENT.id, "v1", range(12))
