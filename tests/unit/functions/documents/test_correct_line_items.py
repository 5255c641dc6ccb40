"""Corrections of line items, and what the analysis, the totals and the reports show of them."""

import csv
import io
import json
import random

import pytest
import requests

from analysis.consolidate import key_facts
from docket.domain.orders.document import DocumentStatus
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.domain.payments.pricing import DuplicateOf
from docket.gateways import s3
from docket.table import client
from docket.table.documents import documents
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis
from docket.workflows.documents.facts import reviewed_line_items
from docket.workflows.documents.facts.reviewed_facts import fact_ids
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.reading import a_gross_fact, a_line_item
from tests.table_state import check_counters, event_names, get_order, interrupted, save, stored

FACTS = [
    a_gross_fact(),
    a_gross_fact("100.00", 10000) | {"name": "net", "box": [0.1, 0.5, 0.3, 0.6]},
    a_gross_fact("19.00", 1900) | {"name": "tax", "box": [0.1, 0.7, 0.3, 0.8]},
]
PAPER = a_line_item("Paper", "60.00", quantity="2", unit_price="30.00")
PENS = a_line_item("Pens", "30.00", box=[0.1, 0.3, 0.9, 0.4])
RESULT = {"kind": "invoice", "facts": FACTS, "line_items": [PAPER, PENS]}
PAPER_ID, PENS_ID = (row["id"] for row in reviewed_line_items.reader_rows(RESULT))
DOCUMENT = a_read_document("a.pdf", kind="invoice", key_facts=key_facts(RESULT))
COLUMNS = {"description": "Paper", "quantity": "2", "unit_price": "30.00", "amount": "60.00"}
AS_READ = [
    {"id": PAPER_ID, **COLUMNS},
    {"id": PENS_ID, "description": "Pens", "amount": "30.00"},
]
ADDED = {"description": "Delivery", "amount": "10.00"}
MOST_BYTES = 399_000
"""DynamoDB's limit of an item, without its keys."""


def save_paid(document=DOCUMENT, result=RESULT, **fields):
    usual = {"status": OrderStatus.COMPLETED, "payment": a_payment(), "analysed_at": THEN}
    save(an_order(document, **{**usual, **fields}), document)
    analysis = Analysis(document_id=document.id, attempt=1, facts=result, hashes=("ab",))
    client.write(analyses.put_analysis(OID, analysis))


@pytest.fixture
def paid(bucket):
    save_paid()
    s3.put_result(DOCUMENT.id, 1, json.dumps(RESULT).encode())


def correct(items, *, tag='"1.0"', **fields):
    headers = {"if-match": tag} if tag else {}
    return call(
        "documents/correct_line_items",
        {"items": items},
        document_id=DOCUMENT.id,
        headers=headers,
        **fields,
    )


def analysis():
    return call("analyses/get", order_id=OID).json["result"]


def first_document():
    return analysis()["documents"][0]


def report(form, **query):
    reply = call(
        "analyses/report",
        order_id=OID,
        query={"format": form, **query},
        headers={"accept": "application/json"},
    )
    return requests.get(reply.json["url"], timeout=5)


def test_corrected_rows_stand_beside_the_readers(paid):
    before = first_document()

    reply = correct([AS_READ[1], {**AS_READ[0], "amount": "61"}, ADDED])

    pens, sheets, added = reply.json["line_items"]
    assert (reply.status, reply.headers["ETag"]) == (200, '"1.1"')
    assert (pens["corrected"], pens["confidence"], pens["box"]) == (False, 0.8, PENS["box"])
    assert (sheets["corrected"], sheets["amount"], sheets["page"]) == (True, "61.00", 1)
    assert (added["id"], added["corrected"], added["page"], added["box"]) == (
        None,
        True,
        1,
        None,
    )
    assert reply.json["reader_line_items"] == before["line_items"]
    assert reply.json["line_items_review"]["by"] == "ada"
    after = first_document()
    assert after["line_items"] == reply.json["line_items"]
    assert (after["etag"], before["line_items_review"]) == ('"1.1"', None)


def test_a_row_that_is_left_out_is_removed(paid):
    assert [row["id"] for row in correct(AS_READ[:1]).json["line_items"]] == [PAPER_ID]


def test_the_sum_of_the_rows_is_compared_with_the_totals(paid):
    correct([*AS_READ, {**ADDED, "amount": "5.00"}])
    wrong = analysis()["contradictions"]
    correct([*AS_READ, ADDED], tag='"1.1"')

    assert [(found["code"], found["params"]["sum"]) for found in wrong] == [
        ("lines_do_not_add_up", "95.00")
    ]
    assert analysis()["contradictions"] == []


def test_an_added_row_is_corrected_again_without_an_id(paid):
    correct([*AS_READ, ADDED])

    reply = correct([*AS_READ, {**ADDED, "amount": "11.00"}], tag='"1.1"')

    assert [row["amount"] for row in reply.json["line_items"]] == ["60.00", "30.00", "11.00"]


def test_null_returns_to_what_the_reader_found(paid):
    before = analysis()
    correct([ADDED])

    reply = correct(None, tag='"1.1"')

    assert (reply.json["line_items_review"], reply.json["reader_line_items"]) == (None, None)
    after = analysis()
    assert after["documents"][0]["line_items"] == before["documents"][0]["line_items"]
    assert after["contradictions"] == before["contradictions"]
    assert sorted(event_names()) == ["line_items_corrected", "line_items_reset"]


def test_all_rows_can_be_removed(paid):
    assert correct([]).json["line_items"] == []


def test_reports_have_the_corrected_rows(paid):
    correct([*AS_READ, {**ADDED, "tax_rate": "19"}])

    (document,) = report("json").json()["documents"]
    text = report("csv", table="line_items").content.decode("utf-8-sig")

    assert [row["description"] for row in document["line_items"]] == ["Paper", "Pens", "Delivery"]
    assert [row["corrected"] for row in document["line_items"]] == [False, False, True]
    assert all(row["id"] for row in document["line_items"])
    assert len(document["reader_line_items"]) == 2
    assert document["line_items_review"]["by"] == "ada"
    assert [
        (row["Description"], row["Corrected"]) for row in csv.DictReader(io.StringIO(text))
    ] == [("Paper", ""), ("Pens", ""), ("Delivery", "yes")]
    assert report("pdf").content.startswith(b"%PDF")


def test_the_correction_of_a_fact_keeps_corrected_rows(paid):
    correct([ADDED])

    call(
        "documents/correct_fact",
        {"action": "accept"},
        document_id=DOCUMENT.id,
        fact_id=fact_ids(FACTS)[0],
        headers={"if-match": '"1.1"'},
    )

    assert [row["description"] for row in first_document()["line_items"]] == ["Delivery"]
    assert [found["params"]["sum"] for found in analysis()["contradictions"]] == ["10.00"]


def test_a_change_opens_a_finished_review(service):
    save_paid(review=FinishedReview(finished_at=THEN, user_id="ada"))

    correct([ADDED])

    assert get_order().review is None
    assert sorted(event_names()) == ["line_items_corrected", "review_reopened"]


def test_the_event_has_no_content(paid):
    correct([ADDED])

    (event,) = call("orders/list_events", order_id=OID).json
    assert event["facts"] == {"document_id": DOCUMENT.id}


@pytest.mark.parametrize("items", [[ADDED], None])
def test_a_repeated_request_changes_nothing(paid, items):
    correct([AS_READ[0]])
    first = correct(items, tag='"1.1"')
    version = get_order().version

    second = correct(items, tag='"1.1"')

    assert (first.json, first.headers["ETag"]) == (second.json, second.headers["ETag"])
    assert (get_order().version, len(event_names())) == (version, 2)


def test_a_lost_reply_is_repeated_without_harm(paid):
    with interrupted(lambda: correct([ADDED])):
        reply = correct([ADDED])

    assert reply.status == 200
    assert event_names() == ["line_items_corrected"]
    check_counters()


def test_an_outdated_change_is_refused(paid):
    correct([ADDED])

    reply = correct(AS_READ)

    assert reply.refusal == (412, "line_items_changed")
    assert reply.json["params"] == {"etag": '"1.1"'}


def test_rows_of_an_outdated_list_are_no_unknown_ones(paid):
    correct([ADDED])

    assert correct([{"id": "0" * 16, **COLUMNS}]).refusal == (412, "line_items_changed")


def test_a_change_needs_the_tag_of_the_facts(paid):
    assert correct([ADDED], tag=None).refusal == (428, "if_match_required")


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"amount": "many"}, "amount", "not_an_amount"),
        ({"amount": "1.234"}, "amount", "not_an_amount"),
        ({"amount": None}, "amount", "not_text"),
        ({"quantity": "1,5"}, "quantity", "not_a_number"),
        ({"quantity": "\u0663"}, "quantity", "not_a_number"),
        ({"description": "x" * 201}, "description", "too_long"),
        ({"unit_price": "5 EUR"}, "unit_price", "not_an_amount"),
        ({"discount": "ten%"}, "discount", "not_an_amount"),
        ({"tax_rate": "19%"}, "tax_rate", "not_a_number"),
        ({"date": "2026-02-30"}, "date", "not_a_date"),
        ({"description": "a\nb"}, "description", "control_characters"),
        ({"page": 9}, "page", "too_big"),
        ({"id": "0" * 16}, "id", "unknown_row"),
        ({"id": PAPER_ID}, "id", "unknown_row"),
        ({"total": "1"}, "total", "unknown_field"),
    ],
)
def test_an_error_names_the_row_and_the_field(paid, fields, field, code):
    reply = correct([AS_READ[0], {**ADDED, **fields}])

    assert reply.status == 400
    assert [(d["field"], d["code"]) for d in reply.json["details"]] == [(f"items.1.{field}", code)]


@pytest.mark.parametrize("discount", ["5.00", "10%", "-2.5"])
def test_a_discount_is_an_amount_or_a_percentage(paid, discount):
    (row,) = correct([{**ADDED, "discount": discount}]).json["line_items"]

    assert row["discount"] == discount


def test_what_the_reader_found_has_not_to_be_of_the_type(service):
    odd = a_line_item("Power", "1.2345")
    save_paid(result={**RESULT, "line_items": [odd]})
    (row,) = reviewed_line_items.reader_rows({"line_items": [odd]})

    reply = correct([{"id": row["id"], "description": "Electricity", "amount": "1.2345"}])

    assert reply.json["line_items"][0]["amount"] == "1.2345"


def test_amounts_have_the_decimals_of_their_currency(service):
    yen = a_gross_fact("500", 500) | {"normalised": {"minor": 500, "currency": "jpy"}}
    save_paid(result={**RESULT, "facts": [yen]})

    assert correct([{**ADDED, "amount": "1.5"}]).fields == ["items.0.amount"]
    assert correct([{**ADDED, "amount": "15"}]).json["line_items"][0]["amount"] == "15"


def test_a_new_row_of_several_documents_has_a_page(service):
    pages = [{"first_page": n, "last_page": n, "page_count": 1, "kind": "invoice", "kind_score": 1,
              "language": "en", "headline": None} for n in (0, 1)]  # fmt: skip
    result = {**RESULT, "segments": pages}
    save_paid(a_read_document("a.pdf", page_count=2, key_facts=key_facts(result)), result)

    assert correct([ADDED]).fields == ["items.0.page"]
    assert correct([{**ADDED, "page": 2}]).json["line_items"][0]["page"] == 2
    sums = [part["line_items"] for part in stored_key_facts()["segments"]]
    assert sums == [None, 1000]


def stored_key_facts():
    return documents.get("ada", DOCUMENT.id)[1].key_facts


def test_a_long_description_is_whole_in_reports(bucket):
    long = a_line_item("Paper " * 60, "60.00")
    cut = {**long, "description": long["description"][:200]}
    save_paid(result={**RESULT, "line_items": [cut]})
    s3.put_result(DOCUMENT.id, 1, json.dumps({**RESULT, "line_items": [long]}).encode())

    row = first_document()["line_items"][0]
    correct([{"id": row["id"], "description": cut["description"], "amount": "61.00"}])

    (exported,) = report("json").json()["documents"][0]["line_items"]
    assert (exported["id"], exported["description"]) == (row["id"], long["description"])
    assert exported["amount"] == "61.00"


def test_line_items_that_are_not_all_shown_are_not_corrected(service):
    many = [a_line_item(f"Item {n}", "1.00") for n in range(400)]
    save_paid(result={**RESULT, "line_items": many})

    reply = correct([ADDED])

    assert reply.refusal == (409, "line_items_incomplete")
    assert first_document()["line_items_complete"] is False


def test_the_longest_list_fits_into_an_item(service):
    letters = [chr(code) for code in range(0x10000, 0x110000)]
    text = random.Random(1).choices  # noqa: S311 - text that does not compress

    def row():
        return {
            "description": "".join(text(letters, k=200)),
            "item_number": "".join(text(letters, k=60)),
            "unit": "".join(text(letters, k=30)),
            "amount": "123456789012.34",
            "quantity": "123456789.123456",
            "unit_price": "123456789.123456",
        }

    save_paid()

    reply = correct([row() for _ in range(400)])

    (item,) = (item for item in stored() if "rows" in item)
    assert reply.status == 200
    assert len(item["rows"]) < MOST_BYTES
    assert correct([ADDED] * 401, tag='"1.1"').fields == ["items"]


def test_another_customers_line_items_are_not_found(paid):
    assert correct([ADDED], as_user="eve").refusal == (404, "order_not_found")


def test_line_items_of_an_unpaid_order_are_not_corrected(service):
    save_paid(status=OrderStatus.PENDING)

    assert correct([ADDED]).refusal == (402, "not_paid")


def test_line_items_whose_payment_was_returned_are_not_corrected(service):
    save_paid(a_read_document("a.pdf", duplicate_of=DuplicateOf(order_id="o", document_id="d")))

    assert correct([ADDED]).refusal == (402, "not_paid")


def test_a_document_that_is_read_again_is_not_corrected(service):
    save_paid(a_read_document("a.pdf", status=DocumentStatus.READING, attempt=2))

    assert correct([ADDED]).refusal == (409, "document_in_progress")


def test_a_document_that_was_not_read_has_no_line_items(service):
    save(an_order(DOCUMENT, status=OrderStatus.COMPLETED, payment=a_payment()), DOCUMENT)

    assert correct([ADDED]).refusal == (404, "analysis_not_found")


def test_an_added_row_is_on_the_page_of_the_row_before_or_on_the_first(paid):
    correct([ADDED, {**ADDED, "page": 1}, ADDED])

    assert [row["page"] for row in first_document()["line_items"]] == [1, 1, 1]
