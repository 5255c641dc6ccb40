import json

import pytest

from analysis import READER_VERSION
from docket.gateways import s3
from tests.make_calls import call


def get_report(order, form="json", **how):
    return call("analyses/report", order_id=order.id, query={"format": form}, **how)


@pytest.fixture
def paid(order, stripe):
    order.is_read(READER_VERSION)
    order.is_paid(stripe)
    s3.put_result(order.document, "v1", json.dumps({"facts": []}).encode())
    return order


def test_a_link_leads_to_the_report(paid):
    reply = get_report(paid)

    assert reply.status == 302
    assert f"docket-{paid.id}.json" in reply.headers["Location"]


def test_asked_for_json_it_tells_the_address(paid):
    reply = get_report(paid, "csv", headers={"accept": "application/json"})

    assert reply.status == 200
    assert f"docket-{paid.id}-en.csv" in reply.json["url"]


@pytest.mark.parametrize(
    ("language", "accepted", "used"),
    [
        ("de", "en", "de"),
        ("en", "de", "en"),
        (None, "de-AT,de;q=0.9,en;q=0.8", "de"),
        (None, "fr", "en"),
        (None, None, "en"),
    ],
)
def test_the_csvs_language_is_the_one_asked_for_then_the_accepted_one(
    paid, language, accepted, used
):
    query = {"format": "csv"} | ({"language": language} if language else {})
    headers = {"accept": "application/json"} | ({"accept-language": accepted} if accepted else {})

    reply = call("analyses/report", order_id=paid.id, query=query, headers=headers)

    assert f"docket-{paid.id}-{used}.csv" in reply.json["url"]


def test_a_language_that_is_none_of_ours_is_named(paid):
    reply = call("analyses/report", order_id=paid.id, query={"format": "csv", "language": "fr"})

    assert reply.fields == ["language"]


def test_it_opens_when_the_order_is_paid(order):
    order.is_read(READER_VERSION)

    assert get_report(order).refusal == (402, "not_paid")


def test_a_form_that_is_none_is_named(paid):
    assert get_report(paid, "xls").fields == ["format"]


def test_anothers_is_not_found(paid):
    assert get_report(paid, as_user="eve").refusal == (404, "order_not_found")
