"""A client that `openapi-python-client` generates from the description serves a whole journey."""

import importlib
import io
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import mypy.api
import openapi_python_client
import pytest
import requests
from openapi_python_client.config import Config, ConfigFile, MetaType

from docket.gateways import s3
from docket.schemas.description import FILE
from tests import http_api
from tests.fakes import signed
from tests.make import a_pdf

ROOT = Path(__file__).parents[3]
DESCRIPTION = json.loads(FILE.read_text())
SITE = "https://docket.test"
PASSWORD = "seven purple bicycles"
INVOICE = a_pdf("INVOICE\nInvoice number: 2026-117\nInvoice date: 2 March 2026\nTotal: EUR 119.00")

USES = '''
"""What the types of a client have to be for a program to be written against them."""

from datetime import datetime
from typing import assert_type

from docket_client.models import (
    ContradictionCode,
    ContradictionResponse,
    DocumentKind,
    DocumentReasonCode,
    DocumentResponse,
    Error,
    ErrorCode,
    EventName,
    EventResponse,
    FactResponse,
    MoneyResponse,
    OrderReasonCode,
    OrderResponse,
    OrderStatus,
    QuoteResponse,
    UnreadPageCode,
    UnreadPageResponse,
    WarningCode,
    WarningResponse,
)


def values(quote: QuoteResponse, money: MoneyResponse, fact: FactResponse) -> None:
    assert_type(quote.amount, int)
    assert_type(quote.currency, str)
    assert_type(money.minor, int)
    assert_type(money.currency, str | None)
    assert_type(fact.normalised, MoneyResponse | str | None)
    assert_type(fact.box, list[float] | None)


def times(order: OrderResponse, document: DocumentResponse) -> None:
    assert_type(order.created_at, datetime)
    assert_type(document.uploaded_at, datetime | None)


def enumerations(
    order: OrderResponse,
    document: DocumentResponse,
    error: Error,
    warning: WarningResponse,
    contradiction: ContradictionResponse,
    page: UnreadPageResponse,
    event: EventResponse,
) -> None:
    assert_type(order.status, OrderStatus)
    assert_type(order.status_reason_code, OrderReasonCode)
    assert_type(document.status_reason_code, DocumentReasonCode | None)
    assert_type(error.code, ErrorCode)
    assert_type(warning.code, WarningCode)
    assert_type(contradiction.code, ContradictionCode)
    assert_type(page.code, UnreadPageCode)
    assert_type(document.kind, DocumentKind | None)
    assert_type(event.what, EventName)
'''


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """The folder of the package `docket_client`, and what the generator could not express."""
    folder = tmp_path_factory.mktemp("generated")
    config = Config.from_sources(
        ConfigFile(post_hooks=[], package_name_override="docket_client"),
        MetaType.NONE,
        FILE,
        "utf-8",
        overwrite=False,
        output_path=folder / "docket_client",
    )
    return folder, openapi_python_client.generate(config=config)


@pytest.fixture
def client_package(generated, monkeypatch):
    """Import a module of the generated package."""
    monkeypatch.syspath_prepend(generated[0])
    yield lambda name: importlib.import_module(f"docket_client.{name}")
    for name in [name for name in sys.modules if name.partition(".")[0] == "docket_client"]:
        del sys.modules[name]


def test_the_generator_expresses_all_of_the_description(generated):
    folder, problems = generated

    assert problems == []
    modules = {path.stem: path.read_text() for path in folder.glob("docket_client/api/*/*.py")}
    for methods in DESCRIPTION["paths"].values():
        for operation in methods.values():
            handled = re.findall(r"response_(\w+) = ", modules[operation["operationId"]])
            assert operation["responses"].keys() <= set(handled), operation["operationId"]


def test_every_schema_is_a_type_of_the_client(client_package):
    inlined = {"Box", "PageNumber"}

    assert DESCRIPTION["components"]["schemas"].keys() - inlined <= {
        *client_package("models").__all__
    }


def test_the_client_and_its_uses_are_typed(generated, monkeypatch):
    folder, _ = generated
    (folder / "uses.py").write_text(USES)
    monkeypatch.chdir(folder)
    cache = ROOT / ".build/generated-client-types"

    output, errors, status = mypy.api.run(
        [
            "--config-file=",
            "--strict",
            "--follow-imports=silent",
            f"--cache-dir={cache}",
            "docket_client",
            "uses.py",
        ]
    )

    assert status == 0, output + errors


def application(environ, start_response):
    """The API in process; httpx leaves the path as it was sent out of the environment."""
    query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
    environ["REQUEST_URI"] = quote(environ["PATH_INFO"]) + query
    return http_api.application(environ, start_response)


def upload(form, content):
    """Post the file to the bucket as a browser does."""
    fields = form.fields.additional_properties
    reply = requests.post(form.url, data=fields, files={"file": io.BytesIO(content)}, timeout=5)
    assert reply.status_code == 204, reply.text


class GeneratedClient:
    """The generated package: its models, and calls whose status is as expected."""

    def __init__(self, package):
        self.models = package("models")
        self._package = package
        self._connection = {
            "base_url": SITE,
            "httpx_args": {"transport": httpx.WSGITransport(app=application)},
            "headers": {"Accept": "application/json"},
            "raise_on_unexpected_status": True,
        }
        self._client = package("client").Client(**self._connection)

    def authenticate(self, token):
        self._client = self._package("client").AuthenticatedClient(token=token, **self._connection)

    def call(self, operation, *ids, status=200, **parameters):
        """The parsed body of the response."""
        function = self._package(f"api.{operation}").sync_detailed
        response = function(*ids, client=self._client, **parameters)
        assert response.status_code == status, response.parsed
        return response.parsed


@pytest.fixture
def docket(service, jwt_stage, client_package):
    return GeneratedClient(client_package)


def sign_in(docket):
    """Register and sign in. The refusals on the way have codes and fields."""
    models = docket.models
    account = models.RegisterRequest(email="ada@example.com", password=PASSWORD, full_name="Ada")
    incomplete = models.RegisterRequest(email="ada", password=PASSWORD)

    refused = docket.call("auth.auth_register", body=incomplete, status=400)
    registered = docket.call("auth.auth_register", body=account, status=201)
    conflict = docket.call("auth.auth_register", body=account, status=409)
    login = models.LoginRequest(email="ada@example.com", password=PASSWORD)
    session = docket.call("auth.auth_login", body=login)
    docket.authenticate(session.access_token)

    assert [detail.field for detail in refused.details] == ["email"]
    assert conflict.code is models.ErrorCode.EMAIL_TAKEN
    assert docket.call("account.account_get") == registered.user


def add_document(docket, bucket, deliveries):
    """An order with one document, whose file is uploaded and read."""
    models = docket.models
    title = models.CreateOrderRequest(title="Invoices March")
    file = models.CreateDocumentRequest(
        filename="Invoice März.pdf",
        content_type=models.ContentType.APPLICATIONPDF,
        size=len(INVOICE),
    )

    order = docket.call("orders.orders_create", body=title, idempotency_key="first", status=201)
    document = docket.call("orders.orders_add_document", order.id, body=file, status=201)
    upload(document.upload, INVOICE)
    (key,) = bucket.names("uploads/")
    (version,) = bucket.versions(document.id, order.user_id)
    deliveries.run(s3.upload_of(key, version))

    assert order.status is models.OrderStatus.PENDING
    assert order.created_at.tzinfo == UTC
    assert document.status is models.DocumentStatus.AWAITING_UPLOAD
    return order.id, document.id


def pay(docket, stripe, order_id):
    """Pay the quote. Stripe's event and the confirmation both arrive."""
    models = docket.models
    order = docket.call("orders.orders_get", order_id)
    assert order.status_reason_code is models.OrderReasonCode.READY_TO_PAY
    assert (order.quote.amount, order.quote.currency) == (250, "eur")
    assert sum(line.amount for line in order.quote.lines) == 250
    unpaid = docket.call("analyses.analyses_report", order_id, status=402)
    assert unpaid.code is models.ErrorCode.NOT_PAID

    intent = docket.call("payments.payments_create_intent", order_id)
    stripe.pay(intent.payment_intent_id)
    body = stripe.event("payment_intent.succeeded", intent.payment_intent_id)
    event = models.StripeEvent.from_dict(json.loads(body))
    sent = httpx.Request("POST", SITE, json=event.to_dict()).content.decode()
    delivered = docket.call(
        "payments.payments_webhook",
        body=event,
        stripe_signature=signed(sent)["stripe-signature"],
    )
    confirmation = models.ConfirmPaymentRequest(payment_id=intent.payment_intent_id)
    confirmed = docket.call("payments.payments_confirm", order_id, body=confirmation)

    assert (intent.amount, intent.currency) == (250, "eur")
    assert delivered.effect
    assert confirmed.order.payment.status is models.PaymentStatus.SUCCEEDED
    assert isinstance(confirmed.order.payment.paid_at, datetime)


def test_the_client_serves_the_whole_journey(docket, bucket, deliveries, stripe):
    models = docket.models
    sign_in(docket)
    order_id, document_id = add_document(docket, bucket, deliveries)
    pay(docket, stripe, order_id)

    analysis = docket.call("analyses.analyses_get", order_id)
    report = docket.call("analyses.analyses_report", order_id)
    document = docket.call("documents.documents_get", document_id)
    events = docket.call("orders.orders_list_events", order_id)
    orders = docket.call("orders.orders_list")
    docket.call("auth.auth_logout")

    (analysed,) = analysis.result.documents
    (total,) = [fact for fact in analysed.facts if fact.name == "gross"]
    assert analysis.status is models.AnalysisStatus.COMPLETED
    assert analysed.kind is models.DocumentKind.INVOICE
    assert (total.normalised.minor, total.normalised.currency) == (11900, "eur")
    assert (total.page, total.source) == (1, models.FactResponseSource.TEXT)
    assert [0 < edge < 1 for edge in total.box] == [True] * 4
    assert requests.get(report.url, timeout=5).json()["order"]["id"] == order_id
    assert requests.get(document.download_url, timeout=5).content == INVOICE
    assert {models.EventName.OPENED, models.EventName.PAID} <= {event.what for event in events}
    assert [order.id for order in orders] == [order_id]
    ended = docket.call("account.account_get", status=401)
    assert ended.code is models.ErrorCode.NOT_SIGNED_IN
