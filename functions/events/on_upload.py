"""S3 → uploads → here: start the reading of an uploaded document, or erase the file."""

from collections.abc import Sequence
from typing import Any

from docket.domain.errors import ConcurrentChange, TableUnavailable
from docket.gateways import queues
from docket.gateways.s3 import Upload
from docket.runtime import batch, cold_start, config
from docket.runtime.batch import Delivery
from docket.runtime.logging import handler_errors
from docket.workflows.audit import audit_context
from docket.workflows.documents import uploads

cold_start.resume_gc()


def handler(event: dict[str, Any], context: Any) -> Any:
    """Accept the uploads of each order. A failed message is delivered again."""
    with handler_errors("no upload could be accepted"):
        return batch.process(
            event,
            context,
            parse=queues.parse_uploads,
            group=lambda upload: (upload.user_id, upload.order_id),
            act=_accept,
            retry=(ConcurrentChange, TableUnavailable),
        )


def _accept(deliveries: Sequence[Delivery[Upload]]) -> None:
    max_receives = config.read(config.Uploads).reader_tries
    uploads.accept(
        [delivery.message for delivery in deliveries],
        audit_context("reader"),
        last_try=any(delivery.receive_count >= max_receives for delivery in deliveries),
    )
