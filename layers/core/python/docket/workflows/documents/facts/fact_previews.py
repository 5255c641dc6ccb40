"""What an unpaid order shows of a document's facts: that they were found, not their values.

The preview names each fact with its confidence and its place, so that a customer can judge the
reading. Its value is masked here, on the server. The mask follows from the type of the fact alone:
neither the characters nor the length of the value have an effect on it, so that no value can be
derived from it, not even one of a few possible ones such as a currency. These are the facts that
the reader found, without corrections: a customer can make those only once the order is paid.
"""

from collections.abc import Mapping
from typing import Any

from analysis.extract.catalogue import BY_NAME, FactType
from docket.workflows.documents.facts.reviewed_facts import SURE, statements

type Json = dict[str, Any]

MAX_FACT_PREVIEWS = 100
"""The facts that a document names in a preview; a page of 50 documents then has about 1 MB.

The others are counted.
"""

MASKS: Mapping[FactType, str] = {
    "text": "••••••",
    "date": "••.••.••••",
    "time": "••:••",
    "money": "•••,••",
    "currency": "•••",
    "iban": "•••• •••• ••••",
    "vat_id": "•••••••••",
    "phone": "•••• ••••••",
}
"""What is shown instead of a value, by the type of its fact."""


def preview(result: Mapping[str, Any]) -> Json:
    """The facts of a result without their values: how many, how many doubtful, and the first ones.

    `result` has the form of `Result.to_dict()` or of its short form, and so do the numbers of the
    pages: they count from 0. The size of its first page is in points; None if it has none.
    """
    facts = [result["facts"][place] for place in statements(result)]
    return {
        "fact_count": len(facts),
        "doubtful_count": sum(_is_doubtful(fact) for fact in facts),
        "fact_previews": [_masked(fact) for fact in facts[:MAX_FACT_PREVIEWS]],
        "first_page_size": _first_page_size(result),
    }


def _masked(fact: Mapping[str, Any]) -> Json:
    return {
        "name": fact["name"],
        "masked_value": MASKS[BY_NAME[fact["name"]].type],
        "confidence": fact["confidence"],
        "doubtful": _is_doubtful(fact),
        "page": fact["page"],
        "box": fact["box"],
    }


def _is_doubtful(fact: Mapping[str, Any]) -> bool:
    return bool(fact["confidence"] < SURE)


def _first_page_size(result: Mapping[str, Any]) -> Json | None:
    for page in result.get("pages", ()):
        if page["number"] == 0:
            return {"width": page["width"], "height": page["height"]}
    return None
