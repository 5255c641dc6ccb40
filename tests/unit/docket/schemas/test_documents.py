import pytest
from pydantic import TypeAdapter, ValidationError

from analysis.formats import detect
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.presigned_post import PresignedPost
from docket.domain.payments.pricing import DuplicateOf
from docket.domain.reason import Reason
from docket.schemas.documents import (
    ENDINGS,
    LARGEST,
    MAX_NAME_LENGTH,
    MOST_AT_ONCE,
    ONE,
    SEVERAL,
    AddDocumentsRequest,
    CreateDocumentRequest,
    CreateDocumentResponse,
    CreateDocumentsRequest,
    DocumentResponse,
)
from tests.make import THEN, a_document, a_read_document

FIELDS = {"filename": "invoice.pdf", "content_type": "application/pdf", "size": 1000}


def a_request(**fields):
    return CreateDocumentRequest.model_validate({**FIELDS, **fields})


@pytest.mark.parametrize("ending", [*ENDINGS, ".PDF", ".JpEg"])
def test_supported_filename_extensions_are_accepted(ending):
    assert a_request(filename=f"März{ending}").filename == f"März{ending}"


def test_the_reader_detects_each_accepted_type_and_extension():
    media_types = CreateDocumentRequest.model_json_schema()["$defs"]["ContentType"]["enum"]

    assert set(media_types) <= detect.BY_TYPE.keys()
    assert {ending.removeprefix(".") for ending in ENDINGS} == detect.BY_SUFFIX.keys()
    assert {detect.BY_TYPE[name] for name in media_types} == set(detect.BY_SUFFIX.values())


@pytest.mark.parametrize("size", [1, LARGEST])
def test_files_up_to_25_mb_are_accepted(size):
    assert a_request(size=size).size == size
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
        {"size": "5"},
        {"size": True},
        {"filename": ""},
        {"filename": "   "},
        {"filename": "/"},
        {"filename": ".pdf"},
        {"filename": "a/.pdf"},
        {"filename": "program.exe"},
        {"filename": "invoice.pdf.exe"},
        {"filename": "invoice.pdf/"},
        {"filename": "no ending"},
        {"filename": "x" * (MAX_NAME_LENGTH - 3) + ".pdf"},
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
def test_an_invalid_field_is_named(wrong):
    with pytest.raises(ValidationError) as refused:
        a_request(**wrong)

    assert [error["loc"] for error in refused.value.errors()] == [(next(iter(wrong)),)]


def test_a_filename_is_measured_in_its_composed_form():
    longest = "x" * (MAX_NAME_LENGTH - 4) + ".pdf"
    assert a_request(filename=longest).filename == longest

    with pytest.raises(ValidationError):
        a_request(filename="\N{HEBREW LETTER SHIN WITH DAGESH AND SHIN DOT}" * 200 + ".pdf")


def test_a_path_is_removed_from_the_filename():
    assert a_request(filename="C:\\scans\\../März.pdf").filename == "März.pdf"


def test_a_response_does_not_show_where_a_file_is_stored():
    response = DocumentResponse.of(a_read_document(sha256="ab" * 32)).model_dump()

    assert not response.keys() & {"version", "key", "bucket", "charged_pages", "retriable"}
    assert "v1" not in str(response)


def test_an_unreadable_document_has_a_reason():
    broken = a_document(
        status=DocumentStatus.UNREADABLE, status_reason=Reason("password_protected")
    )

    assert DocumentResponse.of(broken).status_reason_code == "password_protected"
    assert "password" in (DocumentResponse.of(broken).status_reason or "")
    assert DocumentResponse.of(a_read_document()).status_reason is None


def test_a_duplicate_names_the_document_that_was_paid_for():
    duplicate = a_read_document(duplicate_of=DuplicateOf(order_id="o", document_id="d"))

    view = DocumentResponse.of(duplicate)

    assert view.model_dump()["duplicate_of"] == {"order_id": "o", "document_id": "d"}
    assert DocumentResponse.of(a_read_document()).duplicate_of is None


@pytest.mark.parametrize(
    ("body", "type_"),
    [
        (FIELDS, CreateDocumentRequest),
        ({"documents": [FIELDS]}, CreateDocumentsRequest),
        ({"documents": [FIELDS] * MOST_AT_ONCE}, CreateDocumentsRequest),
    ],
)
def test_a_request_adds_one_document_or_several(body, type_):
    assert isinstance(TypeAdapter(AddDocumentsRequest).validate_python(body), type_)


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({**FIELDS, "size": 0}, (ONE, "size")),
        ({"documents": []}, (SEVERAL, "documents")),
        ({"documents": [FIELDS] * (MOST_AT_ONCE + 1)}, (SEVERAL, "documents")),
        ({"documents": [FIELDS, {**FIELDS, "size": 0}]}, (SEVERAL, "documents", 1, "size")),
        ({**FIELDS, "documents": [FIELDS]}, (SEVERAL, "filename")),
    ],
)
def test_an_invalid_field_is_named_with_its_index(body, location):
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(AddDocumentsRequest).validate_python(body)

    assert refused.value.errors()[0]["loc"] == location


def test_a_created_document_has_an_upload_form():
    form = PresignedPost("https://bucket.test/", {"key": "k"}, THEN)

    response = CreateDocumentResponse.with_upload_form(a_document(), form)

    assert response.id == a_document().id
    assert response.upload.model_dump() == {
        "url": "https://bucket.test/",
        "fields": {"key": "k"},
        "expires_at": THEN,
    }


def test_a_document_has_its_warnings():
    view = DocumentResponse.of(a_read_document(warnings=(Reason("no_text"),)))

    assert view.model_dump()["warnings"] == [
        {"code": "no_text", "params": {}, "text": "No text was found in this document."}
    ]
