import pytest

from docket.domain.accounts.export import Archive, Export
from docket.gateways import export_objects
from tests.make import THEN, a_read_document

EXPORT = Export.requested("E1", "ada", "en", at=THEN)


def with_archives(*ids):
    export = EXPORT
    for archive_id in ids:
        export = export.with_archive(Archive(id=archive_id, size_bytes=1), "O1", at=THEN)
    return export


def test_an_address_names_the_regional_host_and_the_archive(bucket):
    url = export_objects.archive_url(with_archives("A1", "A2"), 2)

    assert url.startswith("https://documents.s3.eu-central-1.amazonaws.com/exports/ada/E1/A2.zip?")
    assert "docket-2026-11-02-2-of-2.zip" in url


def test_what_is_absent_is_not_stored(bucket):
    with pytest.raises(export_objects.NotStored):
        export_objects.uploaded_file(a_read_document())
    with pytest.raises(export_objects.NotStored):
        export_objects.result("D1", 1)
