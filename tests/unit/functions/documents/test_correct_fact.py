"""Corrections of facts, and what the analysis, the totals and the reports show of them."""

import csv
import io
import json
from dataclasses import replace
from functools import partial

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
from docket.workflows.documents.facts.reviewed_facts import fact_ids
from tests.make import OID, THEN, a_payment, a_read_document, an_order
from tests.make_calls import call
from tests.reading import a_gross_fact
from tests.table_state import check_counters, event_names, get_order, interrupted, save

GROSS = a_gross_fact() | {"confidence": 0.6}
DATE = GROSS | {"name": "issue_date", "value": "2 March 2026", "normalised": "2026-03-02"}
SELLER = GROSS | {"name": "seller", "value": "Acme Ltd", "normalised": "Acme Ltd"}
FACTS = [GROSS, DATE, SELLER]
RESULT = {
    "kind": "invoice",
    "headline": "Invoice Acme Ltd: 119.00",
    "parties": [{"role": "seller", "name": "Acme Ltd"}],
    "facts": FACTS,
}
GROSS_ID, DATE_ID, SELLER_ID = fact_ids(FACTS)
DOCUMENT = a_read_document(
    "a.pdf", kind="invoice", headline=RESULT["headline"], key_facts=key_facts(RESULT), doubtful=3
)


def save_paid(document=DOCUMENT, **fields):
    usual = {"status": OrderStatus.COMPLETED, "payment": a_payment(), "analysed_at": THEN}
    save(an_order(document, **{**usual, **fields}), document)
    analysis = Analysis(document_id=document.id, attempt=1, facts=RESULT, hashes=("ab",))
    client.write(analyses.put_analysis(OID, analysis))


@pytest.fixture
def paid(bucket):
    save_paid()
    s3.put_result(DOCUMENT.id, 1, json.dumps(RESULT).encode())


def correct(value=None, *, fact_id=GROSS_ID, action="correct", tag='"1.0"', **fields):
    body = {"action": action, **({"value": value} if value else {}), **fields.pop("body", {})}
    headers = {"if-match": tag} if tag else {}
    return call(
        "documents/correct_fact",
        body,
        document_id=DOCUMENT.id,
        fact_id=fact_id,
        headers=headers,
        **fields,
    )


def analysis():
    return call("analyses/get", order_id=OID).json["result"]


def fact_of_analysis(fact_id=GROSS_ID):
    (document,) = analysis()["documents"]
    return next(fact for fact in document["facts"] if fact["id"] == fact_id)


def report(form, **query):
    reply = call(
        "analyses/report",
        order_id=OID,
        query={"format": form, **query},
        headers={"accept": "application/json"},
    )
    return requests.get(reply.json["url"], timeout=5)


def test_a_correction_stands_beside_the_readers_value(paid):
    before = fact_of_analysis()

    reply = correct("191 EUR")

    fact = reply.json
    assert (reply.status, reply.headers["ETag"]) == (200, '"1.1"')
    assert (before["corrected"], before["review"], before["doubtful"]) == (False, None, True)
    assert (fact["value"], fact["normalised"]["minor"]) == ("EUR 191.00", 19100)
    assert (fact["corrected"], fact["reader_value"]["value"]) == (True, "119.00")
    assert (fact["review"]["verdict"], fact["review"]["by"]) == ("corrected", "ada")
    assert (fact["page"], fact["reader_value"]["page"]) == (1, 1)
    assert fact_of_analysis() == fact
    assert analysis()["documents"][0]["etag"] == '"1.1"'


def test_what_the_order_states_together_uses_corrections(paid):
    correct("191.00")
    correct("2026-04-02", fact_id=DATE_ID, tag='"1.1"')
    correct("Acme GmbH", fact_id=SELLER_ID, tag='"1.2"')

    result = analysis()

    assert [total["amount"] for total in result["totals"]] == [19100]
    assert [entry["date"] for entry in result["timeline"]] == ["2026-04-02"]
    (document,) = result["documents"]
    assert document["headline"] == "Invoice Acme GmbH: EUR 191.00"
    assert document["parties"] == [{"role": "seller", "name": "Acme GmbH"}]


def test_a_rejected_fact_is_in_no_total_and_no_report(paid):
    reply = correct(action="reject")

    assert (reply.json["review"]["verdict"], reply.json["value"]) == ("rejected", "119.00")
    assert analysis()["totals"] == []
    assert fact_of_analysis()["review"]["verdict"] == "rejected"
    (document,) = report("json").json()["documents"]
    assert [fact["name"] for fact in document["facts"]] == ["issue_date", "seller"]
    assert document["headline"] == "Invoice Acme Ltd"


def test_reports_have_the_correction_and_the_readers_value(paid):
    correct("191.00")

    (document,) = report("json").json()["documents"]
    text = report("csv", table="facts").content.decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["Fact"] == "Gross")

    assert document["facts"][0]["reader_value"]["value"] == "119.00"
    assert (row["As printed"], row["Corrected"], row["Read as"]) == ("EUR 191.00", "yes", "119.00")
    assert report("pdf").content.startswith(b"%PDF")


def test_a_fact_is_accepted_and_returned_to_what_the_reader_found(paid):
    accepted = correct(action="accept").json
    reset = correct(action="reset", tag='"1.1"')

    assert (accepted["review"]["verdict"], accepted["corrected"]) == ("accepted", False)
    assert (reset.json["review"], reset.headers["ETag"]) == (None, '"1.2"')


def test_undoing_a_correction_restores_totals_and_headline(paid):
    before = analysis()
    correct("191.00")
    correct(action="reset", tag='"1.1"')

    after = analysis()

    assert after["totals"] == before["totals"]
    assert after["documents"][0]["headline"] == before["documents"][0]["headline"]


def test_a_chosen_place_replaces_the_readers(paid):
    place = {"page": 1, "box": [0.5, 0.5, 0.75, 0.625]}

    fact = correct("191.00", body=place).json

    assert (fact["box"], fact["reader_value"]["box"]) == (place["box"], GROSS["box"])


def test_each_review_has_an_event_without_content(paid):
    correct("191.00")
    correct(action="accept", fact_id=DATE_ID, tag='"1.1"')
    correct(action="reject", fact_id=SELLER_ID, tag='"1.2"')
    correct(action="reset", tag='"1.3"')

    names = ["fact_corrected", "fact_accepted", "fact_rejected", "fact_reset"]
    events = call("orders/list_events", order_id=OID).json
    assert sorted(event_names()) == sorted(names)
    corrected = next(event for event in events if event["what"] == "fact_corrected")
    assert corrected["facts"] == {
        "document_id": DOCUMENT.id,
        "fact": "gross",
        "fact_id": GROSS_ID,
    }


def test_a_change_opens_a_finished_review(service):
    save_paid(review=FinishedReview(finished_at=THEN, user_id="ada"))

    correct("191.00")
    correct("192.00", tag='"1.1"')

    assert get_order().review is None
    assert sorted(event_names()) == ["fact_corrected", "fact_corrected", "review_reopened"]


def test_a_repeated_request_leaves_the_review_finished(service):
    save_paid()
    correct("191.00")
    correct(action="accept", fact_id=DATE_ID, tag='"1.1"')
    correct(action="accept", fact_id=SELLER_ID, tag='"1.2"')
    call("orders/update_review", {"status": "finished"}, order_id=OID)

    correct("191.00")

    assert get_order().review


def test_a_review_that_is_finished_meanwhile_is_opened_by_the_change(service):
    save_paid(replace(DOCUMENT, doubtful=0))
    finish = partial(call, "orders/update_review", {"status": "finished"}, order_id=OID)

    with interrupted(finish):
        correct("191.00")

    assert get_order().review is None
    assert sorted(event_names()) == ["fact_corrected", "review_finished", "review_reopened"]


def test_an_order_counts_what_was_reviewed(paid):
    before = call("orders/get", order_id=OID)

    correct(action="accept")

    after = call("orders/get", order_id=OID)
    progress = after.json["progress"]
    assert (progress["doubtful"], progress["reviewed"]) == (3, 1)
    assert before.headers["ETag"] != after.headers["ETag"]
    check_counters()


def test_a_repeated_request_changes_nothing(paid):
    first = correct("191.00")
    version = get_order().version

    second = correct("191.00")

    assert (first.json, first.headers["ETag"]) == (second.json, second.headers["ETag"])
    assert (get_order().version, event_names()) == (version, ["fact_corrected"])


def test_a_change_without_effect_does_not_pass_over_the_changes_of_others(paid):
    correct(action="accept")
    correct("2026-03-09", fact_id=DATE_ID, tag='"1.1"')

    outdated = correct(action="accept", tag='"1.0"')
    reply = correct("2026-03-10", fact_id=DATE_ID, tag=outdated.headers["ETag"])

    assert (outdated.status, reply.refusal) == (200, (412, "fact_changed"))
    assert fact_of_analysis(DATE_ID)["normalised"] == "2026-03-09"


def test_only_the_last_change_can_be_one_whose_reply_was_lost(paid):
    correct(action="accept", fact_id=SELLER_ID)
    correct("2026-03-09", fact_id=DATE_ID, tag='"1.1"')  # by somebody else

    outdated = correct(action="accept", fact_id=SELLER_ID, tag='"1.1"')

    assert (outdated.status, outdated.headers["ETag"]) == (200, '"1.1"')


def test_a_lost_reply_is_repeated_without_harm(paid):
    with interrupted(lambda: correct("191.00")):
        reply = correct("191.00")

    assert reply.status == 200
    assert event_names() == ["fact_corrected"]
    check_counters()


def test_a_reset_of_what_was_not_reviewed_changes_nothing(paid):
    assert correct(action="reset").json["review"] is None
    assert event_names() == []


def test_an_outdated_change_is_refused_with_both_values(paid):
    correct("191.00")

    reply = correct("200.00")

    assert reply.refusal == (412, "fact_changed")
    assert reply.json["params"] == {
        "current": "EUR 191.00",
        "requested": "200.00",
        "etag": '"1.1"',
        "context": "corrected",
    }
    assert fact_of_analysis()["value"] == "EUR 191.00"


def test_of_two_changes_at_once_one_is_refused(paid):
    with interrupted(lambda: correct(action="accept", fact_id=DATE_ID)):
        reply = correct("191.00")

    assert reply.refusal == (412, "fact_changed")
    assert event_names() == ["fact_accepted"]


def test_a_change_needs_the_tag_of_the_facts(paid):
    assert correct("191.00", tag=None).refusal == (428, "if_match_required")


@pytest.mark.parametrize(
    ("fact_id", "value", "code"),
    [
        (GROSS_ID, "many", "not_an_amount"),
        (GROSS_ID, "1.234", "not_an_amount"),
        (DATE_ID, "2026-02-30", "not_a_date"),
        (SELLER_ID, "a\nb", "control_characters"),
        (SELLER_ID, "x" * 601, "too_long"),
    ],
)
def test_a_value_has_the_form_of_its_type(paid, fact_id, value, code):
    reply = correct(value, fact_id=fact_id)

    assert reply.status == 400
    assert [(d["field"], d["code"]) for d in reply.json["details"]] == [("value", code)]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"action": "correct"}, ["value"]),
        ({"action": "accept", "value": "1"}, ["value"]),
        ({"action": "correct", "value": "1", "box": [0, 0, 1, 1]}, ["page"]),
        ({"action": "correct", "value": "1", "page": 2, "box": [0, 0, 1, 1]}, ["page"]),
        ({"action": "correct", "value": "1", "page": 1, "box": [1, 0, 0, 1]}, ["box"]),
        ({"action": "erase"}, ["action"]),
    ],
)
def test_an_action_has_its_own_fields(paid, body, fields):
    action = body.pop("action")

    assert correct(action=action, body=body).fields == fields


def test_an_unknown_fact_is_not_found(paid):
    assert correct("1", fact_id="0" * 16).refusal == (404, "fact_not_found")


def test_another_customers_facts_are_not_found(paid):
    assert correct("1", as_user="eve").refusal == (404, "order_not_found")


def test_facts_of_an_unpaid_order_are_not_corrected(service):
    save_paid(status=OrderStatus.PENDING)

    assert correct("1").refusal == (402, "not_paid")


def test_facts_whose_payment_was_returned_are_not_corrected(service):
    save_paid(a_read_document("a.pdf", duplicate_of=DuplicateOf(order_id="o", document_id="d")))

    assert correct("1").refusal == (402, "not_paid")


def test_a_document_that_is_read_again_is_not_corrected(service):
    save_paid(a_read_document("a.pdf", status=DocumentStatus.READING, attempt=2))

    assert correct("1").refusal == (409, "document_in_progress")


def test_a_document_that_was_not_read_has_no_facts(service):
    save(an_order(DOCUMENT, status=OrderStatus.COMPLETED, payment=a_payment()), DOCUMENT)

    assert correct("1").refusal == (404, "analysis_not_found")
    assert documents.get("ada", DOCUMENT.id)[1].review_version is None
