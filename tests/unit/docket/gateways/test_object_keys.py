import pytest

from docket.gateways import object_keys
from tests.make import OID, a_document

DOCUMENT = a_document().id


def test_everything_of_a_document_is_under_its_prefixes():
    keys = [
        object_keys.upload("ada", DOCUMENT, 2),
        object_keys.result(DOCUMENT, 3),
        object_keys.analysis(DOCUMENT, 3),
        object_keys.page_image(DOCUMENT, 3, 0, "thumbnail"),
        object_keys.part(DOCUMENT, 3, range(12, 24)),
    ]

    assert len(set(keys)) == len(keys)
    prefixes = object_keys.prefixes("ada", DOCUMENT)
    assert all(key.startswith(prefixes) for key in keys)
    assert {key.partition("/")[0] for key in keys} == {p.partition("/")[0] for p in prefixes}


def test_no_prefix_is_that_of_another_document():
    prefixes = object_keys.prefixes("ada", DOCUMENT)

    assert all(prefix.endswith("/") for prefix in prefixes)
    assert not object_keys.result(f"{DOCUMENT}0", 1).startswith(prefixes)


def test_readings_and_tickets_do_not_share_a_key():
    assert object_keys.upload("ada", DOCUMENT, 1) != object_keys.upload("ada", DOCUMENT, 11)
    assert object_keys.result(DOCUMENT, 1) != object_keys.result(DOCUMENT, 2)


def test_the_key_of_an_upload_names_its_customer_document_and_ticket():
    assert object_keys.named_by(object_keys.upload("ada", DOCUMENT, 12)) == ("ada", DOCUMENT, 12)


@pytest.mark.parametrize(
    "key",
    [
        "",
        f"uploads/ada/{OID}/{DOCUMENT}",
        f"uploads/ada/another/{DOCUMENT}/1",
        f"uploads/ada/{OID}/{DOCUMENT}/0",
        f"uploads/ada/{OID}/{DOCUMENT}/1/1",
        object_keys.result(DOCUMENT, 1),
        object_keys.report(OID, "report.pdf"),
    ],
)
def test_another_key_names_no_upload(key):
    assert object_keys.named_by(key) is None
