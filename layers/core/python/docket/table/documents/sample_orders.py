"""The sample order of a customer, of which there is one: its documents are put with it."""

from collections.abc import Sequence
from dataclasses import replace

from docket.domain.event import Event
from docket.domain.orders.document import Document
from docket.domain.orders.order import Order
from docket.domain.orders.sample import is_replaceable
from docket.table import client
from docket.table.client import Write
from docket.table.documents import document_items
from docket.table.orders import events, order_items, orders
from docket.table.orders import usage as usage_table


def create_once(order: Order, documents: Sequence[Document], event: Event) -> str:
    """Put a sample order with its documents, and that the customer has it. Returns its id.

    A customer who has one gets the id of that, unless it expired before it was read. So nobody has
    the samples read again and again.
    """

    def attempt() -> str:
        used = usage_table.get(order.user_id)
        present_id = used.sample_order_id
        if present_id and not is_replaceable(orders.get(order.user_id, present_id)):
            return present_id
        counted = usage_table.update_write(
            order.user_id, used, replace(used, sample_order_id=order.id)
        )
        writes: list[Write] = [
            client.Put(item=order_items.to_item(order, at=event.at)),
            *(document_items.put(document, at=event.at) for document in documents),
            events.event_write(order.id, event),
            *([counted] if counted else []),
        ]
        client.write(*writes)
        return order.id

    return client.decide(attempt)
