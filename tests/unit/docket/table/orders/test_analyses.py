import json
from dataclasses import replace

import pytest

from docket.domain.errors import OrderNotFound
from docket.table import client
from docket.table.orders import analyses
from docket.table.orders.analyses import Analysis, PageImage
from tests.make import OID, a_read_document, an_order
from tests.table_state import save

pytestmark = pytest.mark.usefixtures("table")

FACTS = {"facts": [{"name": "gross", "box": [0.1, 0.25, 1.0, 0.3333], "value": "1.158,70 €"}]}
ANALYSIS = Analysis(
    document_id=f"{OID}-2", attempt=1, facts=FACTS, page_images=(PageImage(0, 1200, 1700),)
)


def test_fractions_and_unicode_of_facts_are_preserved():
    client.write(analyses.put_analysis(OID, ANALYSIS))

    assert analyses.of_document(OID, ANALYSIS.document_id) == ANALYSIS


def test_a_newer_analysis_replaces_an_older_one():
    client.write(analyses.put_analysis(OID, ANALYSIS))
    newer = replace(ANALYSIS, attempt=2, facts={}, page_images=())

    client.write(analyses.put_analysis(OID, newer))

    assert analyses.of_document(OID, newer.document_id) == newer


def test_facts_take_less_than_half_of_their_size():
    facts = {"facts": [{"name": "gross", "box": [n / 7, n / 11, n / 13]} for n in range(100)]}

    put = analyses.put_analysis(OID, replace(ANALYSIS, facts=facts))

    assert len(put.item["facts"]) < len(json.dumps(facts)) / 2


def test_the_analyses_of_documents_are_read_with_their_order():
    read = a_read_document()
    save(an_order(read), read)
    first = replace(ANALYSIS, document_id=read.id)
    client.write(analyses.put_analysis(OID, first))

    order, found = analyses.of_documents("ada", OID, [read.id, ANALYSIS.document_id])

    assert (order, found) == (an_order(read), {read.id: first})
    with pytest.raises(OrderNotFound):
        analyses.of_documents("eve", OID, [read.id])


def test_the_contents_of_documents_are_those_of_their_analyses():
    read = replace(ANALYSIS, hashes=("ab", "cd"))
    client.write(analyses.put_analysis(OID, read))

    (content,) = analyses.contents_of_documents(OID, [read.document_id, f"{OID}-unread"])

    assert (content.document_id, content.attempt) == (read.document_id, read.attempt)
    assert content.hashes == read.hashes
    assert list(analyses.contents_of_order(OID)) == [content]


def test_a_document_that_was_not_read_has_no_analysis():
    assert analyses.of_document(OID, ANALYSIS.document_id) is None
