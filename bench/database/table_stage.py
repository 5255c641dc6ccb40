"""A stage in this process for the table's benchmark: moto, the Stripe double, and settings."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from docket.gateways import stripe as gateway
from docket.runtime import config
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
    # The loggers are made when handlers are imported, before the environment can set their level.
    logging.disable()
    use_readers(1000)
    with (
        emulated_aws() as aws,
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


def use_readers(count: int) -> None:
    """Let the stage have so many readers at once, of which a customer gets half."""
    os.environ["DOCKET_READER_SLOTS"] = str(count)
    config._load.cache_clear()  # noqa: SLF001 - the settings of a function never change
