"""Customers use presigned forms and addresses, and the bucket notifies a queue."""

import json
from datetime import timedelta

import pytest

from docket.domain.orders.document import Document, UploadedFile
from docket.gateways import queues, s3
from docket.runtime import clock
from tests.make import a_document
from tests.simulation.aws import ENVIRONMENT, SimulatedAws
from tests.simulation.bucket.notifications import notify
from tests.simulation.bucket.presigned import Refused, customer_downloads, customer_uploads
from tests.simulation.faults import Fault, Faults
from tests.simulation.process import simulated_process
from tests.simulation.queues.queue import QueueSettings

FILE = b"%PDF" * 100


@pytest.fixture
def aws():
    yield from simulated()


def simulated(**rates):
    with simulated_process(ENVIRONMENT) as process:
        by_fault = {Fault[name.upper()]: rate for name, rate in rates.items()}
        aws = SimulatedAws(
            1,
            faults=lambda random, suppressed: Faults(random, by_fault, suppressed),
            queues=[(QueueSettings(name="uploads"), None)],
        )
        process.live(aws.life)
        notify(aws.bucket, aws.queues["uploads"], aws.world, aws.random, prefix="uploads/")
        yield aws


def form_of(document: Document):
    form = s3.presigned_post("ada", document, at=clock.now())
    return {"url": form.url, "fields": dict(form.fields)}


def test_a_customer_uploads_by_a_form_and_a_message_names_the_version(aws):
    document = a_document(size=len(FILE))

    version = customer_uploads(aws.bucket, form_of(document), FILE)
    aws.world.run(10)

    (message,) = aws.queues["uploads"].messages.values()
    (upload,) = queues.parse_uploads(message.body)
    assert upload.version == version.id
    assert s3.content(upload) == FILE
    assert json.loads(message.body)["Records"][0]["eventName"] == "ObjectCreated:Post"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "uploads/eve/1"}, "AccessDenied"),
        ({"Content-Type": "text/html"}, "AccessDenied"),
        ({"x-amz-meta-extra": "1"}, "AccessDenied"),
        ({"policy": "e30="}, "SignatureDoesNotMatch"),
    ],
)
def test_a_form_that_was_changed_is_refused(aws, change, code):
    form = form_of(a_document(size=len(FILE)))
    form["fields"] |= change

    with pytest.raises(Refused) as refused:
        customer_uploads(aws.bucket, form, FILE)

    assert refused.value.code == code
    assert not list(aws.bucket.versions())


@pytest.mark.parametrize(
    ("file", "code"), [(FILE + b"x", "EntityTooLarge"), (FILE[1:], "EntityTooSmall")]
)
def test_a_file_of_another_size_is_refused(aws, file, code):
    with pytest.raises(Refused) as refused:
        customer_uploads(aws.bucket, form_of(a_document(size=len(FILE))), file)

    assert refused.value.code == code


def test_a_file_with_another_checksum_is_refused(aws):
    document = a_document(size=len(FILE), sha256="00" * 32)

    with pytest.raises(Refused) as refused:
        customer_uploads(aws.bucket, form_of(document), FILE)

    assert refused.value.code == "BadDigest"


def test_a_form_expires(aws):
    form = form_of(a_document(size=len(FILE)))

    aws.world.run(s3.UPLOAD_FORM_LIFETIME / timedelta(seconds=1) + 1)

    with pytest.raises(Refused, match="expired"):
        customer_uploads(aws.bucket, form, FILE)


def test_a_presigned_address_gives_the_version_until_it_expires(aws):
    document = a_document(size=len(FILE))
    version = customer_uploads(aws.bucket, form_of(document), FILE)
    uploaded = UploadedFile(upload_number=1, version=version.id)
    url = s3.download_url("ada", a_document(size=len(FILE), file=uploaded))
    aws.bucket.put(version.key, b"newer")

    assert customer_downloads(aws.bucket, url) == FILE
    with pytest.raises(Refused, match="changed"):
        customer_downloads(aws.bucket, url.replace(version.id, "another"))
    aws.world.run(s3.DOWNLOAD_URL_LIFETIME / timedelta(seconds=1) + 1)
    with pytest.raises(Refused, match="expired"):
        customer_downloads(aws.bucket, url)


def test_all_versions_of_a_document_are_erased(aws):
    document = a_document(size=len(FILE))
    for _ in range(3):
        customer_uploads(aws.bucket, form_of(document), FILE)
    s3.put_result(document.id, 1, b"{}")

    s3.erase("ada", document.id)

    assert not list(aws.bucket.versions())


def test_notifications_are_late_doubled_and_lost():
    for aws in simulated(notification_late=0.25, notification_doubled=0.25, notification_lost=0.25):
        for number in range(200):
            aws.bucket.put(f"uploads/ada/{number}", b"x")
        aws.world.run(10)
        soon = len(aws.queues["uploads"].messages)
        aws.world.run(3600)
        counts = aws.faults.counts()
        late = len(aws.queues["uploads"].messages)

    lost, doubled = counts[Fault.NOTIFICATION_LOST], counts[Fault.NOTIFICATION_DOUBLED]
    assert min(lost, doubled) > 20
    assert late == 200 - lost + doubled
    assert late - soon == counts[Fault.NOTIFICATION_LATE] > 20


def test_a_caller_who_may_not_list_gets_403_for_what_is_absent():
    with simulated_process(ENVIRONMENT) as process:
        aws = SimulatedAws(1, may_list_bucket=lambda: False)
        process.live(aws.life)

        with pytest.raises(s3.AccessRefused):
            s3.content(s3.Upload(user_id="ada", document_id="D1", upload_number=1, version="v1"))


def test_old_objects_are_removed_as_by_a_lifecycle_rule(aws):
    aws.bucket.put("reports/1", b"x")
    aws.world.run(24 * 3600)
    aws.bucket.put("reports/2", b"x")

    removed = aws.bucket.remove_older("reports/", 23 * 3600)

    assert removed == 1
    assert [version.key for version in aws.bucket.versions()] == ["reports/2"]
