import base64
import hashlib
import json
import threading
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests
from botocore.exceptions import ClientError

from docket.domain.errors import StorageUnreachable
from docket.domain.orders.document import UploadedFile
from docket.gateways import s3
from docket.gateways.s3 import AccessRefused, Upload
from tests.make import OID, THEN, a_document, a_read_document

DOCUMENT = a_document()
KEY = f"uploads/ada/{OID}/{DOCUMENT.id}/1"
UPLOAD = Upload(user_id="ada", document_id=DOCUMENT.id, upload_number=1, version="v1")


def policy_of(form):
    return json.loads(base64.b64decode(form.fields["policy"]))["conditions"]


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_an_upload_form_accepts_exactly_one_file_and_expires(bucket):
    form = s3.presigned_post("ada", DOCUMENT, at=THEN)

    conditions = policy_of(form)
    assert {"key": KEY} in conditions
    assert {"bucket": bucket.name} in conditions
    assert {"Content-Type": "application/pdf"} in conditions
    assert ["content-length-range", 1000, 1000] in conditions
    assert form.fields["key"] == KEY
    assert form.expires_at == THEN + timedelta(minutes=15)
    assert not any("starts-with" in str(condition) for condition in conditions)


def test_the_file_of_an_upload_is_put_once(bucket):
    s3.put_upload(DOCUMENT, b"first")
    s3.put_upload(DOCUMENT, b"second")

    [upload] = s3.uploads_of(DOCUMENT)
    assert s3.content(upload) == b"first"


def test_a_renewed_form_has_a_key_of_its_own(bucket):
    form = s3.presigned_post("ada", a_document(upload_number=2), at=THEN)

    assert form.fields["key"] == f"uploads/ada/{OID}/{DOCUMENT.id}/2"


@pytest.mark.parametrize("sha256", [None, "a" * 64])
def test_an_upload_form_admits_no_tags(bucket, sha256):
    """S3 refuses a form with a field that its policy does not name, such as `tagging`."""
    conditions = policy_of(s3.presigned_post("ada", a_document(sha256=sha256), at=THEN))

    names = {name for condition in conditions if isinstance(condition, dict) for name in condition}
    assert "key" in names
    assert not any("tagging" in name.lower() for name in names)
    others = [condition for condition in conditions if not isinstance(condition, dict)]
    assert [condition[0] for condition in others] == ["content-length-range"]


def test_s3_checks_a_declared_checksum(bucket):
    data = b"%PDF-1.7"
    declared = a_document(sha256=hashlib.sha256(data).hexdigest())

    form = s3.presigned_post("ada", declared, at=THEN)

    expected = base64.b64encode(hashlib.sha256(data).digest()).decode()
    assert form.fields["x-amz-checksum-sha256"] == expected
    assert {"x-amz-checksum-sha256": expected} in policy_of(form)
    assert {"x-amz-checksum-algorithm": "SHA256"} in policy_of(form)


def test_a_form_without_a_checksum_requires_none(bucket):
    assert "checksum" not in str(policy_of(s3.presigned_post("ada", DOCUMENT, at=THEN)))


def test_a_download_has_the_original_filename(bucket):
    bucket.upload(DOCUMENT.id, b"of another form", upload_number=3)
    upload = bucket.upload(DOCUMENT.id, b"the bytes", upload_number=2)
    bucket.upload(DOCUMENT.id, b"later bytes", upload_number=2)
    name = 'Ma"ß\\%20;請求書 🧾.pdf'
    uploaded = a_read_document(filename=name, id=DOCUMENT.id, file=upload.file, upload_number=3)

    url = s3.download_url("ada", uploaded)

    query = query_of(url)
    disposition = query["response-content-disposition"]
    assert disposition.startswith('attachment; filename="Ma\'?_%20;??? ?.pdf"; ')
    assert disposition.isascii()
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == name
    assert query["versionId"] == upload.version
    assert int(query["X-Amz-Expires"]) <= 600
    assert requests.get(url, timeout=5).content == b"the bytes"


def test_a_page_image_has_a_presigned_url(bucket):
    s3.put_page_image(DOCUMENT.id, 1, 0, "thumbnail", b"webp")

    response = requests.get(s3.page_image_url(DOCUMENT.id, 1, 0, "thumbnail"), timeout=5)

    assert (response.content, response.headers["Content-Type"]) == (b"webp", "image/webp")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "uploads/",
        "uploads/ada",
        f"uploads/ada/{DOCUMENT.id}",
        f"uploads/ada/{OID}/{DOCUMENT.id}",
        f"uploads/ada/{OID}/{DOCUMENT.id}/",
        f"uploads/ada/{OID}/{DOCUMENT.id}/0",
        f"uploads/ada/{OID}/{DOCUMENT.id}/01",
        f"uploads/ada/{OID}/{DOCUMENT.id}/x",
        f"uploads/ada/{OID}/{DOCUMENT.id}/1/2",
        f"uploads/ada/another/{DOCUMENT.id}/1",
        f"uploads//{OID}/{DOCUMENT.id}/1",
        f"results/ada/{OID}/{DOCUMENT.id}/1",
    ],
)
def test_another_key_is_not_an_upload(key):
    assert s3.upload_of(key, "v1") is None


def test_a_key_names_a_customer_a_document_and_a_ticket():
    assert s3.upload_of(KEY, "v1") == UPLOAD
    assert UPLOAD.order_id == OID
    assert UPLOAD.file == UploadedFile(upload_number=1, version="v1")


def test_the_uploads_of_the_current_ticket_are_listed_oldest_first(bucket):
    renewed = a_document(upload_number=2)
    bucket.upload(DOCUMENT.id, b"of the earlier form")
    bucket.upload(DOCUMENT.id, b"of another form", upload_number=20)
    assert s3.uploads_of(renewed) == []
    first, second = (bucket.upload(DOCUMENT.id, data, upload_number=2) for data in (b"1", b"2"))

    assert s3.uploads_of(renewed) == [first, second]
    assert s3.uploads_of(a_document(upload_number=2, user_id="eve")) == []


def test_a_delete_marker_is_not_an_upload(bucket):
    bucket.upload(DOCUMENT.id)
    bucket.mark_deleted(DOCUMENT.id)

    assert s3.uploads_of(DOCUMENT) == []


def test_an_earlier_version_keeps_its_content(bucket):
    first = bucket.upload(DOCUMENT.id, b"first")
    bucket.upload(DOCUMENT.id, b"second")

    assert s3.content(first) == b"first"


def test_discarding_a_version_keeps_the_others(bucket):
    first = bucket.upload(DOCUMENT.id, b"first")
    second = bucket.upload(DOCUMENT.id, b"second")

    s3.discard(second)
    s3.discard(second)

    assert bucket.versions(DOCUMENT.id) == [first.version]
    assert s3.content(second) is None


def test_erasing_removes_every_version_of_one_document_only(bucket):
    other = a_document("other.pdf")
    for document in (DOCUMENT, other):
        bucket.upload(document.id, b"first")
        bucket.upload(document.id, b"second", upload_number=2)
        s3.put_result(document.id, 1, b"{}")
        s3.put_page_image(document.id, 1, 0, "thumbnail", b"webp")
        s3.put_part(document.id, 1, range(12), b"{}")
    bucket.mark_deleted(DOCUMENT.id)

    assert s3.erase("ada", DOCUMENT.id) == 6
    assert s3.erase("ada", DOCUMENT.id) == 0

    assert [key for key in bucket.every_version() if DOCUMENT.id in key] == []
    assert len([key for key in bucket.every_version() if other.id in key]) == 5


def test_an_erasure_fails_when_s3_refuses_an_object(bucket, monkeypatch):
    bucket.upload(DOCUMENT.id)
    refused = {"Errors": [{"Key": KEY, "Code": "InternalError"}]}
    monkeypatch.setattr(s3._s3(), "delete_objects", lambda **_: refused)

    with pytest.raises(StorageUnreachable):
        s3.erase("ada", DOCUMENT.id)


@pytest.fixture
def s3_error(monkeypatch):
    """Make every call of S3 fail with this error."""

    def fail_with(status, code):
        def refuse(**_):
            response = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
            raise ClientError(response, "GetObject")  # type: ignore[arg-type]  # the fields that are read

        for call in ("get_object", "list_object_versions"):
            monkeypatch.setattr(s3._s3(), call, refuse)

    return fail_with


@pytest.mark.parametrize("code", ["NoSuchKey", "NoSuchVersion"])
def test_a_missing_key_or_version_is_none(bucket, s3_error, code):
    s3_error(404, code)

    assert s3.content(UPLOAD) is None
    assert s3.page_image(DOCUMENT.id, 1, 0, "thumbnail") is None
    assert s3.result(DOCUMENT.id, 1) is None


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "AccessDenied"),
        (403, "RequestTimeTooSkewed"),
        (403, "InvalidAccessKeyId"),
        (403, "SignatureDoesNotMatch"),
        (400, "ExpiredToken"),
        (404, "NoSuchBucket"),
        (503, "SlowDown"),
    ],
)
def test_another_error_of_s3_is_not_a_missing_file(bucket, s3_error, status, code):
    s3_error(status, code)

    with pytest.raises((ClientError, AccessRefused)):
        s3.content(UPLOAD)
    with pytest.raises(ClientError):
        s3.uploads_of(DOCUMENT)
    with pytest.raises(ClientError):
        s3.page_image(DOCUMENT.id, 1, 0, "thumbnail")
    with pytest.raises(ClientError):
        s3.result(DOCUMENT.id, 1)


def test_the_result_of_a_part_is_stored_by_its_range(bucket):
    s3.put_part(DOCUMENT.id, 1, range(12, 24), b'{"pages": 12}')

    assert s3.part(DOCUMENT.id, 1, range(12, 24)) == {"pages": 12}
    with pytest.raises(s3.AccessRefused):
        s3.part(DOCUMENT.id, 1, range(12))


def test_the_first_result_of_a_reading_stays(bucket):
    for data in (b'{"a": 1}', b'{"a": 2}'):
        s3.put_result(DOCUMENT.id, 1, data)
        s3.put_analysis(DOCUMENT.id, 1, data)
        s3.put_page_image(DOCUMENT.id, 1, 0, "readable", data)

    assert s3.result(DOCUMENT.id, 1) == {"a": 1}
    assert s3.analysis(DOCUMENT.id, 1) == b'{"a": 1}'
    assert s3.page_image(DOCUMENT.id, 1, 0, "readable") == b'{"a": 1}'
    assert len(bucket.every_version()) == 3


def test_a_result_that_cannot_be_stored_is_an_error(bucket, monkeypatch):
    def refuse(**_):
        raise ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")

    monkeypatch.setattr(s3._s3(), "put_object", refuse)

    with pytest.raises(ClientError):
        s3.put_result(DOCUMENT.id, 1, b"{}")


def test_what_the_table_stores_of_a_result_is_an_object_of_its_own(bucket):
    s3.put_analysis(DOCUMENT.id, 2, b"{}")

    assert s3.analysis(DOCUMENT.id, 2) == b"{}"
    with pytest.raises(ClientError):
        s3.analysis(DOCUMENT.id, 1)


@pytest.fixture
def at_once(bucket, monkeypatch):
    """How many objects were read at the same time, at each read. The first two wait for others."""
    get = s3._s3().get_object
    running: list[str] = []
    counts: list[int] = []
    together = threading.Barrier(2, timeout=10)

    def counted(**parameters):
        running.append(parameters["Key"])
        counts.append(len(running))
        try:
            if len(counts) <= 2:
                together.wait()
            return get(**parameters)
        finally:
            running.remove(parameters["Key"])

    monkeypatch.setattr(s3._s3(), "get_object", counted)
    return counts


def test_results_are_read_in_parallel_and_returned_in_order(at_once):
    readings = [(f"{OID}-{number}", 1) for number in range(40)]
    for document_id, attempt in reversed(readings):
        s3.put_result(document_id, attempt, json.dumps({"of": document_id}).encode())

    results = s3.results([*readings, (f"{OID}-missing", 1)])

    assert results == [*({"of": document_id} for document_id, _ in readings), None]
    assert 2 <= max(at_once) <= 10


def test_one_result_that_cannot_be_read_is_raised(bucket, monkeypatch):
    get = s3._s3().get_object
    readings = [(f"{OID}-{number}", 1) for number in range(20)]
    for document_id, attempt in readings:
        s3.put_result(document_id, attempt, b"{}")

    def refuse(**parameters):
        if f"{OID}-7" in parameters["Key"]:
            raise ClientError({"Error": {"Code": "InternalError"}}, "GetObject")
        return get(**parameters)

    monkeypatch.setattr(s3._s3(), "get_object", refuse)

    with pytest.raises(ClientError):
        s3.result(*readings[7])
    with pytest.raises(ClientError):
        s3.results(readings)
