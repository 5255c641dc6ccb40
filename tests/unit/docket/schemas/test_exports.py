from docket.domain.export import Archive, Export
from docket.schemas.exports import ExportResponse
from infra import export_schema
from tests.make import THEN

EXPORT = Export.requested("E1", "ada", "en", at=THEN)


def test_the_published_schema_is_that_of_the_models():
    """If not: `python -m infra.export_schema`."""
    assert export_schema.FILE.read_text() == export_schema.text()


def test_archives_are_shown_when_all_are_made():
    begun = EXPORT.with_archive(Archive(id="A1", size_bytes=7), "O1", at=THEN)

    assert ExportResponse.of(begun).archives == []
    assert [archive.size for archive in ExportResponse.of(begun.ready(at=THEN)).archives] == [7]
