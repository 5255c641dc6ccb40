"""The functions that messages and the schedule invoke."""

from infra.endpoint_spec import Access, FunctionSpec, Grant, Objects
from infra.endpoints.actions import (
    BY_DUE,
    DELETE,
    DELETE_VERSION,
    DUE,
    ERASE,
    ORDERS,
    PARTS,
    QUERY,
    READ_OBJECT,
    READ_VERSION,
    READ_VERSION_TAGS,
    RECEIVE,
    RESULTS,
    SEND,
    UPDATE,
    UPLOADS,
    WRITE_OBJECT,
)
from infra.endpoints.grants import READ_ORDER, order_change
from infra.endpoints.layers import WITH_READER

ON_UPLOAD = FunctionSpec(
    name="events/on_upload",
    layers=WITH_READER,
    memory="reader",
    config=("reader",),
    table=(READ_ORDER, order_change()),
    objects=(
        Objects((READ_VERSION, DELETE_VERSION), UPLOADS),
        Objects((WRITE_OBJECT,), RESULTS),
        Objects((READ_OBJECT, WRITE_OBJECT), PARTS),
    ),
    malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
    queue=RECEIVE + SEND,  # it sends messages for the parts of a long document
    unused_reasons=dict.fromkeys(
        RECEIVE, "Lambda's event source receives and deletes the messages with the function's role"
    ),
)

SWEEP = FunctionSpec(
    name="events/sweep",
    table=(
        Grant((QUERY,), (DUE, ERASE), index=BY_DUE),
        order_change(Grant((UPDATE,), (ORDERS,))),
        Grant((DELETE,), (ORDERS,)),
    ),
    # It checks whether a file was uploaded, and erases deleted documents. It reads no content.
    objects=tuple(Objects((DELETE_VERSION,), prefix) for prefix in (UPLOADS, RESULTS, PARTS)),
    listed=(UPLOADS, RESULTS, PARTS),
    queue=SEND,
    secrets=("stripe",),
)

FUNCTIONS = (ON_UPLOAD, SWEEP)

SWEEP_MINUTES = 5
"""The interval of the sweep. Alarms are about several of them."""
