"""A stage in this process for the table's benchmark: moto, the Stripe double, and settings."""

import copy
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table

from docket.gateways import stripe as gateway
from docket.runtime import config
from docket.runtime.logging import logger
from local.stripe_double import StripeDouble, Timing
from tests.emulated_aws import BUCKET, REGION, TABLE, emulated_aws
from tests.fakes import Queue, Stripe
from tests.make_calls import EDGE_KEY

SETTINGS = {
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "DOCKET_TABLE": TABLE,
    "DOCKET_BUCKET": BUCKET,
    "DOCKET_EDGE_KEYS": EDGE_KEY,
    "DOCKET_STAGE": "bench",
    "DOCKET_DISPUTE_CLOSES": "false",
    "DOCKET_PRICE_BASE": "200",
    "DOCKET_PRICE_PER_PAGE": "50",
    "DOCKET_PRICE_CURRENCY": "eur",
    "DOCKET_UNPAID_ORDERS": "20",
    "DOCKET_UNPAID_PAGES": "5000",
    "DOCKET_DOCUMENTS_A_DAY": "2000",
    "DOCKET_ORDER_EXPIRY_DAYS": "30",
    "DOCKET_COMPLETION_MINUTES": "120",
    "DOCKET_VERIFICATION": "never",
    "DOCKET_READER_TIMEOUT_SECONDS": "200",
    "DOCKET_READER_MEMORY_MB": "1870",
    "DOCKET_READER_PAGES_AT_ONCE": "12",
    "DOCKET_READER_TRIES": "5",
    "DOCKET_READER_SANDBOX": "best_effort",
    "DOCKET_MALWARE_SCAN": "false",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
    "POWERTOOLS_METRICS_DISABLED": "true",
}


@contextmanager
def stage() -> Iterator[tuple[Stripe, Queue]]:
    """An empty stage until the block ends: Stripe, and the queue of readings."""
    os.environ.update(SETTINGS)
    # The handlers are imported, and with them the logger is made, before the environment is set.
    logger.setLevel("CRITICAL")
    use_readers(1000)
    with (
        emulated_aws() as aws,
        quick_transactions(),
        tempfile.TemporaryDirectory(prefix="docket-bench-") as state,
        StripeDouble(Path(state), timing=Timing(settle_seconds=600, delayed_seconds=600)) as double,
    ):
        for name, url in aws.queue_urls.items():
            os.environ[f"DOCKET_{name.upper()}_QUEUE_URL"] = url
        account = Stripe(double)
        os.environ |= {"DOCKET_STRIPE_SECRET": account.arn, "DOCKET_STRIPE_API": double.url}
        gateway._client_with.cache_clear()  # noqa: SLF001 - it is made for one double
        yield account, Queue(aws.queue_urls["readings"])
        account.close()


@contextmanager
def quick_transactions() -> Iterator[None]:
    """Let moto back up only what a transaction writes.

    It copies the whole table for each part of a transaction, to restore it if a part is refused:
    seconds for each transaction of an order of 500 documents.
    """
    deep_copy, transact = copy.deepcopy, DynamoDBBackend.transact_write_items

    def quick(backend: Any, transact_items: list[dict[str, Any]]) -> None:
        parts = [part for item in transact_items for part in item.values()]
        keys = [part.get("Key") or part["Item"] for part in parts]
        backups: dict[int, Any] = {}

        def back_up(value: Any, *memo: Any) -> Any:
            if not isinstance(value, Table):
                return deep_copy(value, *memo)
            if id(value) not in backups:
                backups[id(value)] = _backup(value, keys, deep_copy)
            return backups[id(value)]

        with patch.object(copy, "deepcopy", back_up):
            transact(backend, transact_items)

    with patch.object(DynamoDBBackend, "transact_write_items", quick):
        yield


def _backup(table: Any, keys: list[dict[str, Any]], deep_copy: Callable[[Any], Any]) -> Any:
    """The table, with copies of the items at `keys`."""
    backup = copy.copy(table)
    backup.items = defaultdict(dict, {hash_: dict(items) for hash_, items in table.items.items()})
    for key in keys:
        items, range_ = backup.items[DynamoType(key["PK"])], DynamoType(key["SK"])
        if range_ in items:
            items[range_] = deep_copy(items[range_])
    return backup


def use_readers(count: int) -> None:
    """Let the stage have so many readers at once, of which a customer gets half."""
    os.environ["DOCKET_READER_SLOTS"] = str(count)
    config._load.cache_clear()  # noqa: SLF001 - the settings of a function never change
