from docket.domain.accounts.export import Archive, Export
from docket.schemas.accounts.exports import ExportResponse
from tests.make import THEN

EXPORT = Export.requested("E1", "ada", "en", at=THEN)


def test_archives_are_shown_when_all_are_made():
    begun = EXPORT.with_archive(Archive(id="A1", size_bytes=7), "O1", at=THEN)

    assert ExportResponse.of(begun, at=THEN).archives == []
    ready = ExportResponse.of(begun.ready(at=THEN), at=THEN)
    assert [archive.size for archive in ready.archives] == [7]
