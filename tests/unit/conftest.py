"""Stages in process: table, bucket, queue, the Stripe double, and the identity provider.

`jwt_stage` signs tokens itself; `pool` is a stage with a Cognito user pool. Clients are created
once per process, because creating a client takes longer than most tests.
"""

import io
import json
import logging
import threading
import time
from dataclasses import asdict

import pytest
import stripe as sdk
from argon2 import PasswordHasher
from botocore.client import BaseClient
from botocore.signers import S3PostPresigner
from moto.dynamodb.models import DynamoDBBackend

from analysis.sandbox import parent
from docket.auth import password_hashing
from docket.domain import rate_limits
from docket.gateways import secrets
from docket.gateways import stripe as gateway
from docket.runtime import config
from docket.runtime.clock import now
from docket.workflows.documents import reading
from infra.setting_types.rate_limits import UNLIMITED
from local.stripe_double import InProcessDouble, StripeDouble, Timing
from tests import grants
from tests.emulated_aws import (
    BUCKET,
    MAIL_CONFIGURATION,
    REGION,
    SENDER,
    TABLE,
    emulated_aws,
)
from tests.fakes import Bucket, Mailbox, Queue, Stripe
from tests.iam.calls import needs_of
from tests.iam.recording import RECORDING, Call, running_test
from tests.make_calls import EDGE_KEY
from tests.pipeline import Pipeline
from tests.reading import StubReader

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes in a hundredth of the time; tests/unit/docket/auth/test_password_hashing.py holds the real
parameters."""

ISSUER, AUDIENCE = "docket", "docket-api"


def _presigned(context):
    return "is_presign_request" in context


@pytest.fixture(autouse=True)
def check_row(monkeypatch):
    """Record a handler's AWS calls and presigned forms; assert that its row grants them.

    Its row must also have the settings that it reads.
    """
    missing: list[str] = []

    def note(service, operation, parameters):
        if row := grants.calling_row():
            needs = needs_of(service, operation, parameters)
            missing.extend(f"{row.name}: {need}" for need in grants.missing(row, needs))
            call = Call(row.name, grants.identity_of_call(row), needs, grants.malware_scan())
            RECORDING.add(call, running_test())

    read = config.read

    def noted_read(group):
        row = grants.calling_row()
        if row and grants.lacks_config(row, group):
            missing.append(f"{row.name}: configuration {group.__name__}")
        return read(group)

    emit = vars(BaseClient)["_emit_api_params"]
    post = vars(S3PostPresigner)["generate_presigned_post"]

    def noted(self, api_params, operation_model, context):
        presigning_form = operation_model.name == "CreateBucket" and _presigned(context)
        if not presigning_form:  # botocore derives a form's address from that of another operation
            note(self.meta.service_model.service_name, operation_model.name, api_params)
        if self.meta.service_model.service_name == "s3" and not _presigned(context):
            missing.extend(grants.missing_s3_calls())
        return emit(self, api_params, operation_model, context)

    def noted_post(self, request_dict, fields=None, conditions=None, *also, **keywords):
        (bucket,) = (item["bucket"] for item in conditions if "bucket" in item)
        note("s3", "PutObject", {"Bucket": bucket, "Key": fields["key"]})
        return post(self, request_dict, fields, conditions, *also, **keywords)

    class NotedSecrets(dict[str, tuple[float, dict[str, str]]]):
        """Count cached secrets as requested: on Lambda, no other function has cached them."""

        def get(self, arn, *default):
            note("secretsmanager", "GetSecretValue", {"SecretId": arn})
            return super().get(arn, *default)

    monkeypatch.setattr(config, "read", noted_read)
    monkeypatch.setattr(secrets, "_cache", NotedSecrets())
    monkeypatch.setattr(BaseClient, "_emit_api_params", noted)
    monkeypatch.setattr(S3PostPresigner, "generate_presigned_post", noted_post)
    yield
    assert missing == []


@pytest.fixture(autouse=True)
def edge_key(monkeypatch):
    """The key that the distribution of every stage sends."""
    monkeypatch.setenv("DOCKET_EDGE_KEYS", EDGE_KEY)


@pytest.fixture
def new_window(monkeypatch):
    """Let a window of the rate limits begin now: a test that counts by the clock stays in one."""
    monkeypatch.setattr(rate_limits, "ORIGIN", now())


@pytest.fixture(scope="session")
def emulated():
    """AWS in process for all tests of this process. `table` clears it."""
    with emulated_aws() as aws:
        yield aws


@pytest.fixture
def table(emulated, monkeypatch):
    """An empty table in moto with the keys and indexes of the deployed one."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("DOCKET_TABLE", TABLE)
    config._load.cache_clear()
    emulated.clear()
    yield
    config._load.cache_clear()


@pytest.fixture
def log_stream(monkeypatch):
    """What the loggers of the imported modules write, as it is written on Lambda.

    `capsys` does not see it: a logger has the standard output of its import.
    """
    stream = io.StringIO()
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    for handler in {handler for logger in loggers for handler in logger.handlers}:
        if isinstance(handler, logging.StreamHandler):
            monkeypatch.setattr(handler, "stream", stream)
    return stream


@pytest.fixture
def atomic(monkeypatch):
    """Serialise transactions of several threads, as DynamoDB does and moto does not."""
    lock, write = threading.Lock(), DynamoDBBackend.transact_write_items

    def write_alone(*fields, **keywords):
        with lock:
            return write(*fields, **keywords)

    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", write_alone)


@pytest.fixture
def bucket(table, monkeypatch):
    """An empty documents bucket, versioned like the deployed one."""
    monkeypatch.setenv("DOCKET_BUCKET", BUCKET)
    return Bucket(BUCKET)


@pytest.fixture
def queues(table, emulated, monkeypatch):
    """The queues without messages, by name."""
    for name, url in emulated.queue_urls.items():
        monkeypatch.setenv(f"DOCKET_{name.upper()}_QUEUE_URL", url)
    return {name: Queue(url) for name, url in emulated.queue_urls.items()}


SITE = "https://docket.example.com"


@pytest.fixture
def mailbox(queues, emulated, monkeypatch):
    """What the stage sends by mail."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Docket")
    monkeypatch.setenv("DOCKET_SITE_URL", SITE)
    monkeypatch.setenv("DOCKET_MAIL_SENDER", SENDER)
    monkeypatch.setenv("DOCKET_MAIL_CONFIGURATION", MAIL_CONFIGURATION)
    return Mailbox(emulated.sent_mails)


STRIPE_TIMING = Timing(settle_seconds=600, delayed_seconds=600)
"""No debit and no refund ends by itself during a test."""


@pytest.fixture
def stripe_server(tmp_path):
    """The Stripe double as an HTTP server."""
    with StripeDouble(tmp_path / "stripe", timing=STRIPE_TIMING) as double:
        yield double


@pytest.fixture
def stripe_in_process(monkeypatch):
    """The Stripe double that every client of the SDK calls without HTTP; retries do not pause."""
    double = InProcessDouble(
        clock=lambda: time.time(),  # noqa: PLW0108 - a test may replace it
        timing=STRIPE_TIMING,
        sleep=lambda _: None,
    )
    monkeypatch.setattr(sdk, "RequestsClient", double.http_client)
    yield double
    double.close()


@pytest.fixture
def stripe_double(request):
    """The Stripe double in process, or a server for tests with the mark `stripe_server`."""
    is_server = request.node.get_closest_marker("stripe_server")
    return request.getfixturevalue("stripe_server" if is_server else "stripe_in_process")


@pytest.fixture
def stripe(table, monkeypatch, stripe_double):
    """The Stripe double, and the stage with its keys."""
    secrets._cache.clear()
    gateway._client_with.cache_clear()
    account = Stripe(stripe_double)
    monkeypatch.setenv("DOCKET_STRIPE_SECRET", account.arn)
    monkeypatch.setenv("DOCKET_STRIPE_API", stripe_double.url)
    monkeypatch.setenv("DOCKET_STAGE", "test")
    monkeypatch.setenv("DOCKET_DISPUTE_CLOSES", "false")
    yield account
    account.close()
    secrets._cache.clear()
    gateway._client_with.cache_clear()


READER = {
    "DOCKET_READER_TIMEOUT_SECONDS": "60",
    "DOCKET_READER_MEMORY_MB": "1024",
    "DOCKET_READER_PAGES_AT_ONCE": "12",
    "DOCKET_READER_TRIES": "3",
    "DOCKET_READER_SANDBOX": "required",
    "POWERTOOLS_METRICS_NAMESPACE": "Docket",
    "POWERTOOLS_SERVICE_NAME": "docket",
}


@pytest.fixture
def reader_stage(bucket, monkeypatch):
    """The bucket and the settings of the reader."""
    for name, value in READER.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def pipeline(bucket, queues, monkeypatch):
    """The table, the bucket, the queues and all settings: a stage without Stripe."""
    for name, value in {
        "DOCKET_PRICE_BASE": "200",
        "DOCKET_PRICE_PER_PAGE": "50",
        "DOCKET_PRICE_CURRENCY": "eur",
        "DOCKET_UNPAID_ORDERS": "20",
        "DOCKET_UNPAID_PAGES": "2000",
        "DOCKET_DOCUMENTS_A_DAY": "1000",
        "DOCKET_READER_SLOTS": "4",
        "DOCKET_ORDER_EXPIRY_DAYS": "30",
        "DOCKET_INVOICE_YEARS": "10",
        "DOCKET_UNUSED_DAYS": "730",
        "DOCKET_NOTICE_DAYS": "30",
        "DOCKET_CANCELLED_DAYS": "30",
        "DOCKET_COMPLETION_MINUTES": "120",
        "DOCKET_MALWARE_SCAN": "false",
        "DOCKET_VERIFICATION": "never",
        **READER,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def deliveries(pipeline, queues):
    """The pipeline's functions, to deliver messages to."""
    return Pipeline(queues)


@pytest.fixture
def service(pipeline, stripe):
    """A complete stage with prices, for the functions of the API."""


@pytest.fixture
def stub_scanner(monkeypatch):
    """Read scans of this number of pages without OCR and page images. Returns the reader."""

    def stub(pages):
        reader = StubReader(pages)
        monkeypatch.setattr(reading, "outline", reader.outline)
        monkeypatch.setattr(reading, "read", reader.read)
        monkeypatch.setattr(reading, "previews", lambda *_, **__: iter(()))
        return reader

    return stub


@pytest.fixture
def new_child():
    """The next document is opened by a child that has read nothing before."""
    parent.close()


@pytest.fixture
def patch_child(tmp_path, monkeypatch):
    """The next child process of the reader starts with these lines."""

    def patch(lines):
        parent.close()
        (tmp_path / "sitecustomize.py").write_text(lines)
        monkeypatch.syspath_prepend(tmp_path)

    yield patch
    parent.close()


def clear_caches():
    config._load.cache_clear()
    secrets._cache.clear()


def stage(monkeypatch, **variables):
    usual = {
        "DOCKET_RATE_LIMITS": json.dumps(asdict(UNLIMITED)),
        "DOCKET_REFRESH_TOKEN_SECONDS": "2592000",
        "DOCKET_VERIFICATION": "never",
        "DOCKET_REAUTHENTICATION_SECONDS": "900",
    }
    for name, value in {**usual, **variables}.items():
        monkeypatch.setenv(name, value)
    clear_caches()


class TokenKey:
    """The secret with the signing key of tokens. A test can rotate the key."""

    def __init__(self):
        self.value = {"kid": "1", "key": "k" * 64}
        self.arn = secrets._client().create_secret(
            Name="token-key", SecretString=json.dumps(self.value)
        )["ARN"]

    def put(self, **fields):
        self.value = fields
        secrets._client().put_secret_value(SecretId=self.arn, SecretString=json.dumps(fields))


def own_sessions(key):
    """The variables of a stage whose sessions are Docket's own items."""
    sealing_key = secrets._client().create_secret(
        Name="sealing-key", SecretString=json.dumps({"key": "s" * 64})
    )
    return {
        "DOCKET_AUTHORIZER": "lambda",
        "DOCKET_TOKEN_SECRET": key.arn,
        "DOCKET_SEALING_SECRET": sealing_key["ARN"],
        "DOCKET_ISSUER": ISSUER,
        "DOCKET_AUDIENCE": AUDIENCE,
        "DOCKET_ACCESS_TOKEN_SECONDS": "900",
        "DOCKET_SESSION_SECONDS": "15552000",
        "DOCKET_SITE_SCHEME": "https",
    }


@pytest.fixture
def jwt_stage(table, monkeypatch):
    key = TokenKey()
    monkeypatch.setattr(password_hashing, "_HASHER", QUICK)
    stage(
        monkeypatch,
        DOCKET_IDENTITY_PROVIDER="jwt",
        **own_sessions(key),
    )
    yield key
    clear_caches()


def accounts_in_a_pool(emulated):
    """The variables of a stage whose accounts are in a user pool."""
    return {
        "DOCKET_IDENTITY_PROVIDER": "cognito",
        "DOCKET_USER_POOL_ID": emulated.pool_id,
        "DOCKET_USER_POOL_CLIENT_ID": emulated.pool_client_id,
    }


@pytest.fixture
def pool(table, emulated, monkeypatch):
    """The id of an empty user pool. Sessions are Docket's own."""
    stage(monkeypatch, **accounts_in_a_pool(emulated), **own_sessions(TokenKey()))
    yield emulated.pool_id
    clear_caches()


@pytest.fixture
def gateway_stage(table, emulated, monkeypatch):
    """The id of an empty user pool. Sessions are the pool's, and the gateway checks its tokens."""
    stage(monkeypatch, **accounts_in_a_pool(emulated), DOCKET_AUTHORIZER="gateway")
    yield emulated.pool_id
    clear_caches()


@pytest.fixture(params=["jwt_stage", "pool"])
def identity_provider(request):
    """Run the test with each identity provider."""
    request.getfixturevalue(request.param)
    return request.param
