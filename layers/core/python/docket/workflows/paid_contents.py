"""Documents that cost nothing, because their content had been paid for in another order.

Such a document is open as long as a payment for its content stands. If that was refunded or charged
back, and no other document with the content is paid for, it is closed, also in a paid order.
"""

from collections.abc import Iterable
from itertools import batched

from docket.domain.document import Document
from docket.domain.order import Order
from docket.domain.reason import Reason
from docket.table import analyses, contents

CLOSED = Reason("payment_returned")
"""Why a document of a paid order shows no facts."""

_AT_ONCE = 99
"""The analyses of one call."""


def closed(order: Order, documents: Iterable[Document]) -> frozenset[str]:
    """The documents of a paid order whose content is no longer paid for.

    Only duplicates cost calls of the table: for their hashes, and for what is paid for.
    """
    duplicates = [document.id for document in documents if document.duplicate_of]
    hashes: dict[str, tuple[str, ...]] = {}
    for ids in batched(duplicates, _AT_ONCE, strict=False):
        _, known = analyses.of_documents(order.user_id, order.id, ids)
        hashes |= {id_: analysis.hashes for id_, analysis in known.items()}
    paid = contents.paid(order.user_id, [sha256 for some in hashes.values() for sha256 in some])
    return frozenset(id_ for id_, some in hashes.items() if not paid.keys() & some)
