import pytest

from docket.domain.errors import (
    DocumentNotFound,
    IfMatchRequired,
    OrderNotFound,
    SampleOrder,
    TitleChanged,
)
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.document_titles import renamed, title_tag
from docket.domain.orders.filenames import NamedDocument
from docket.domain.orders.order import OrderStatus
from docket.table.documents import document_titles, documents
from docket.table.orders import events
from tests import table_state
from tests.make import OID, a_document, a_read_document, an_audit_context, an_order
from tests.table_state import get_order

pytestmark = pytest.mark.usefixtures("service")

READ = a_read_document("scan-17.pdf")


def save(document=READ, **fields):
    first_document = NamedDocument(id=document.id, filename=document.filename)
    table_state.save(an_order(document, named_document=first_document, **fields), document)


def rename(title, *, document=READ, if_match=None, user_id="ada"):
    audit = an_audit_context()
    tag = if_match or title_tag(document)
    return document_titles.rename(user_id, document.id, title, audit, if_match=tag)


def stored(document=READ):
    return documents.get("ada", document.id)[1]


def renamings():
    return [event.facts["title"] for event in events.of_order(OID) if "renamed" in event.name]


@pytest.mark.parametrize("status", OrderStatus)
def test_a_document_of_an_order_in_any_state_is_renamed(status):
    save(status=status)

    document = rename("Rent, March")

    assert stored() == document == renamed(READ, "Rent, March")
    assert renamings() == ["Rent, March"]


def test_a_document_is_called_after_its_file_again():
    save(titled := renamed(READ, "Rent"))

    rename(None, document=titled)

    assert stored() == READ
    assert renamings() == [""]


def test_an_order_without_a_title_is_called_by_its_renamed_document():
    save()
    version = get_order().version

    rename("Rent")

    order = get_order()
    assert (order.named_document.filename, order.version) == ("Rent", version + 1)


def test_a_title_that_is_there_is_written_once():
    save()
    rename("Rent")

    assert rename("Rent").title == "Rent"
    assert renamings() == ["Rent"]


def test_a_title_that_has_changed_since_is_not_overwritten():
    save()
    rename("Rent")

    with pytest.raises(TitleChanged) as refused:
        rename("Lease")

    assert refused.value.params == {
        "current": "Rent",
        "requested": "Lease",
        "etag": title_tag(stored()),
    }
    assert stored().title == "Rent"


def test_a_renaming_says_which_title_was_seen():
    save()

    with pytest.raises(IfMatchRequired):
        document_titles.rename("ada", READ.id, "Rent", an_audit_context(), if_match=None)


def test_a_document_that_is_being_read_is_renamed():
    reading = a_document("slow.pdf", status=DocumentStatus.READING, attempt=1)
    save(reading)

    rename("Slow", document=reading)

    assert stored(reading) == renamed(reading, "Slow")


def test_a_sample_keeps_its_name():
    save(is_sample=True)

    with pytest.raises(SampleOrder):
        rename("Mine")

    assert stored() == READ


def test_another_customers_document_is_not_found():
    save()

    with pytest.raises(OrderNotFound):
        rename("Mine", user_id="eve")


def test_a_removed_document_is_not_found():
    save()

    with pytest.raises(DocumentNotFound):
        rename("Gone", document=a_document("gone.pdf"))
