import pytest
from pydantic import ValidationError

from docket.domain.document import DocumentStatus, PresignedPost
from docket.domain.reason import Reason
from docket.schemas.documents import (
    ENDINGS,
    LARGEST,
    LONGEST_NAME,
    CreateDocumentRequest,
    CreateDocumentResponse,
    DocumentResponse,
)
from tests.make import THEN, a_document, a_read_document

WANTED = {"filename": "invoice.pdf", "content_type": "application/pdf", "size": 1000}


def wanted(**fields):
    return CreateDocumentRequest.model_validate({**WANTED, **fields})


@pytest.mark.parametrize("ending", [*ENDINGS, ".PDF", ".JpEg"])
def test_files_of_the_kinds_that_can_be_read_are_taken(ending):
    assert wanted(filename=f"März{ending}").filename == f"März{ending}"


@pytest.mark.parametrize("filename", ["photo.heic", "photo.HEIF"])
def test_a_heic_photo_is_refused_with_a_code_of_its_own(filename):
    with pytest.raises(ValidationError) as refused:
        wanted(filename=filename, content_type="image/jpeg")

    assert [error["type"] for error in refused.value.errors()] == ["heic_filename"]


@pytest.mark.parametrize("size", [1, LARGEST])
def test_files_up_to_25_mb_are_taken(size):
    assert wanted(size=size).size == size
    assert LARGEST == 25 * 1024 * 1024


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": -1},
        {"size": LARGEST + 1},
        {"size": 1.5},
        {"size": None},
        {"size": "many"},
        {"filename": ""},
        {"filename": "   "},
        {"filename": "/"},
        {"filename": ".pdf"},
        {"filename": "a/.pdf"},
        {"filename": "program.exe"},
        {"filename": "invoice.pdf.exe"},
        {"filename": "invoice.pdf/"},
        {"filename": "no ending"},
        {"filename": "x" * (LONGEST_NAME - 3) + ".pdf"},
        {"filename": None},
        {"filename": 7},
        {"content_type": "text/html"},
        {"content_type": "image/svg+xml"},
        {"content_type": "application/pdf; charset=x"},
        {"sha256": "ab"},
        {"sha256": "AB" * 32},
        {"sha256": "zz" * 32},
        {"sha256": "ab" * 32 + "\n0"},
        {"user_id": "eve"},
    ],
)
def test_what_is_no_file_of_ours_is_refused_by_the_field_at_fault(wrong):
    with pytest.raises(ValidationError) as refused:
        wanted(**wrong)

    assert [error["loc"] for error in refused.value.errors()] == [(next(iter(wrong)),)]


def test_the_longest_name_is_taken_and_one_that_grows_beyond_it_when_composed_is_not():
    longest = "x" * (LONGEST_NAME - 4) + ".pdf"
    assert wanted(filename=longest).filename == longest

    with pytest.raises(ValidationError):
        wanted(filename="\N{HEBREW LETTER SHIN WITH DAGESH AND SHIN DOT}" * 200 + ".pdf")


def test_a_path_is_taken_off():
    assert wanted(filename="C:\\scans\\../März.pdf").filename == "März.pdf"


def test_where_the_bytes_are_stored_is_not_told():
    shown = DocumentResponse.of(a_read_document(version="v1", sha256="ab" * 32)).model_dump()

    assert not shown.keys() & {"version", "key", "bucket", "charged_pages", "retriable"}
    assert "v1" not in str(shown)


def test_a_document_says_why_it_is_as_it_is():
    broken = a_document(
        status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )

    assert DocumentResponse.of(broken).status_reason_code == "password_protected"
    assert "password" in (DocumentResponse.of(broken).status_reason or "")
    assert DocumentResponse.of(a_read_document()).status_reason is None


def test_a_ticket_comes_with_its_document():
    ticket = PresignedPost("https://bucket.test/", {"key": "k"}, THEN)

    shown = CreateDocumentResponse.with_upload_form(a_document(), ticket)

    assert shown.id == a_document().id
    assert shown.upload.model_dump() == {
        "url": "https://bucket.test/",
        "fields": {"key": "k"},
        "expires_at": THEN,
    }


def test_a_document_shows_how_well_it_could_be_read():
    view = DocumentResponse.of(a_read_document(warnings=(Reason("no_text"),)))

    assert view.model_dump()["warnings"] == [
        {"code": "no_text", "params": {}, "text": "No text was found in this document."}
    ]
