"""`make demo`: a customer's whole journey over HTTP, with the three documents of the sample order.

It uses the stack that `make run` runs, or starts one and stops it at the end. Every step is
printed; the last line is JSON. A step that fails is named and ends the program with status 1.
"""

import hashlib
import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from local.service import NotStartedError
from local.stack import RUN_FILE, Endpoints, Log, MissingError, running, timed_log

SAMPLES = Path(__file__).parents[1] / "layers/core/python/docket/samples"
TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".heic": "image/heic",
    ".tif": "image/tiff",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".xml": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
READING_SECONDS = 180.0
"""Time to read all documents."""
COMPLETING_SECONDS = 60.0
"""Time from the payment to the completed order."""
POLL_SECONDS = 0.5
"""The pause between two requests."""
SHOWN_FACTS = 8
"""Facts of a document that are printed."""

type Json = dict[str, Any]


class StepError(Exception):
    """A step failed. The message names the step and the response."""


class Customer:
    """A client of the API: a program with an API key, or a person after the login."""

    def __init__(self, endpoints: Endpoints, *, api_key: str | None = None) -> None:
        self._endpoints = endpoints
        self.session = requests.Session()
        self.session.trust_env = False
        self._token = api_key
        self._credentials: tuple[str, str] | None = None
        self._renew_at = 0.0

    def authorization(self) -> dict[str, str]:
        """The header that identifies this client. Logs in again long before the token expires."""
        if self._credentials and time.monotonic() >= self._renew_at:
            self.login(*self._credentials)
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def call(
        self,
        step: str,
        method: str,
        path: str,
        *,
        expect: int,
        body: Json | None = None,
        if_match: str | None = None,
    ) -> Any:
        """The response's JSON. Raises `StepError` if the status is not `expect`."""
        headers = {"Host": self._endpoints.host, **self.authorization()}
        if if_match:
            headers["If-Match"] = if_match
        answer = self.session.request(
            method,
            f"{self._endpoints.base}/api/v1{path}",
            json=body,
            headers=headers,
            timeout=60,
            allow_redirects=False,
        )
        if answer.status_code != expect:
            raise StepError(f"{step}: {answer.status_code} instead of {expect}: {answer.text}")
        return answer.json()

    def login(self, email: str, password: str) -> None:
        """Log in, and again when half of the token's lifetime is over. Raises `StepError`."""
        self._token, self._credentials = None, None
        answer = self.call(
            "signing in",
            "POST",
            "/auth/login",
            expect=200,
            body={"email": email, "password": password},
        )
        self._token, self._credentials = answer["access_token"], (email, password)
        self._renew_at = time.monotonic() + answer["expires_in"] / 2


def journey(endpoints: Endpoints, log: Log, *, confirms: bool = True) -> Json:
    """Register, order, upload, pay, fetch the analysis, correct a fact. Returns the summary.

    Without `confirms` the browser is closed after the payment, so that Stripe's webhook completes
    the order.
    """
    began = time.monotonic()
    customer = Customer(endpoints)
    email, password = f"demo-{secrets.token_hex(4)}@example.com", secrets.token_urlsafe(16)
    customer.call(
        "registering",
        "POST",
        "/auth/register",
        expect=201,
        body={"email": email, "password": password, "full_name": "Ada Demo"},
    )
    customer.login(email, password)
    log(f"registered and logged in as {email}")

    order_id = customer.call(
        "opening an order", "POST", "/orders", expect=201, body={"title": "The demonstration"}
    )["id"]
    log(f"order {order_id} opened")
    for path in samples():
        upload(customer, order_id, path)
        log(f"{path.name} uploaded, {path.stat().st_size:,} bytes, directly to the bucket")

    def order() -> Json:
        found: Json = customer.call("fetching the order", "GET", f"/orders/{order_id}", expect=200)
        return found

    def is_read(found: Json) -> bool:
        return all(document["status"] in {"ready", "unreadable"} for document in found["documents"])

    found = until("reading the documents", order, is_read, READING_SECONDS)
    for document in found["documents"]:
        log(
            f"{document['filename']}: {document['status']}, {document['page_count']} pages, "
            f"{document['kind']}, {document['language']}"
        )
        if document["status"] != "ready":
            raise StepError(f"{document['filename']} was not read: {document['status_reason']}")

    paid = pay(endpoints, customer, order_id, log)
    if confirms:
        confirm(customer, order_id, paid)
        log("confirmed")
    found = until(
        "completing the order", order, lambda it: it["status"] == "completed", COMPLETING_SECONDS
    )

    def analysis() -> Json:
        path = f"/analyses/orders/{order_id}/analysis"
        found: Json = customer.call("fetching the analysis", "GET", path, expect=200)
        return found

    read = analysis()
    show(read, log)
    correct(customer, read, log)
    documents = analysis()["result"]["documents"]
    return {
        "order_id": order_id,
        "status": found["status"],
        "documents": len(found["documents"]),
        "corrected": sum(fact["corrected"] for it in documents for fact in it["facts"]),
        "pages": sum(document["page_count"] for document in found["documents"]),
        "amount": paid["amount"],
        "currency": paid["currency"],
        "seconds": round(time.monotonic() - began, 1),
    }


def samples() -> list[Path]:
    """The demonstration's documents."""
    found = sorted(path for path in SAMPLES.glob("*") if path.suffix in TYPES)
    if not found:
        raise StepError(f"reading the documents: {SAMPLES} holds none")
    return found


def upload(customer: Customer, order_id: str, path: Path) -> None:
    """Add the file to the order and send it to the bucket. Raises `StepError`."""
    content = path.read_bytes()
    kind = TYPES[path.suffix]
    document = customer.call(
        f"creating {path.name}",
        "POST",
        f"/orders/{order_id}/documents",
        expect=201,
        body={
            "filename": path.name,
            "content_type": kind,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )
    upload_form = document["upload"]
    answer = requests.post(
        upload_form["url"],
        data=upload_form["fields"],
        files={"file": (path.name, content, kind)},
        timeout=60,
    )
    if answer.status_code not in {200, 201, 204}:
        raise StepError(f"uploading {path.name}: {answer.status_code}: {answer.text}")


def pay(endpoints: Endpoints, customer: Customer, order_id: str, log: Log) -> Json:
    """Pay as the browser does: the card's number goes to Stripe, which notifies the API."""
    intent: Json = customer.call(
        "creating the payment intent",
        "POST",
        f"/payments/orders/{order_id}/payment-intent",
        expect=200,
    )
    log(f"to pay: {intent['amount'] / 100:.2f} {intent['currency'].upper()}")
    answer = requests.post(
        f"{endpoints.stripe}/v1/payment_intents/{intent['payment_intent_id']}/confirm",
        data={
            "client_secret": intent["client_secret"],
            "payment_method": "pm_card_visa",
            "return_url": endpoints.site,
        },
        headers={"Authorization": f"Bearer {intent['publishable_key']}"},
        timeout=30,
    )
    if answer.status_code != 200 or answer.json()["status"] != "succeeded":  # noqa: PLR2004 - HTTP
        raise StepError(f"paying: {answer.status_code}: {answer.text}")
    log("paid with a test card")
    return intent


def confirm(customer: Customer, order_id: str, intent: Json) -> None:
    """Tell the API at once that it was paid, as the browser does."""
    customer.call(
        "confirming the payment",
        "POST",
        f"/payments/orders/{order_id}/payment-confirm",
        expect=200,
        body={"payment_id": intent["payment_intent_id"]},
    )


def show(analysis: Json, log: Log) -> None:
    """Print each document's facts: the best value of each, its location and its confidence."""
    for document in analysis["result"]["documents"]:
        log(f"{document['filename']}: {document['headline']}")
        best: dict[str, Json] = {}
        for fact in document["facts"]:
            best.setdefault(fact["name"], fact)
        for fact in list(best.values())[:SHOWN_FACTS]:
            log(f"    {fact['name']}: {fact['value']}  ({_evidence(fact)})")


def correct(customer: Customer, analysis: Json, log: Log) -> None:
    """Correct a fact by typing, as a person does who compares it with the page."""
    document = analysis["result"]["documents"][0]
    fact = next(fact for fact in document["facts"] if fact["value"] == fact["normalised"])
    corrected = customer.call(
        "correcting a fact",
        "PUT",
        f"/documents/{document['document_id']}/facts/{fact['id']}",
        expect=200,
        body={"action": "correct", "value": f"{fact['value']} Holding"},
        if_match=document["etag"],
    )
    log(f"{fact['name']} corrected: {corrected['value']}, before {fact['value']}")


def _evidence(fact: Json) -> str:
    found = f"page {fact['page']}, {fact['confidence']:.0%} sure, {fact['source']}"
    if not fact["box"]:
        return found
    left, top, _right, _bottom = fact["box"]
    return f"{found}, {left:.0%} across and {top:.0%} down"


def until(
    step: str, fetch: Callable[[], Json], is_done: Callable[[Json], bool], seconds: float
) -> Json:
    """Fetch until `is_done`. Raises `StepError` after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        found = fetch()
        if is_done(found):
            return found
        if time.monotonic() > deadline:
            raise StepError(f"{step}: not done after {seconds:.0f} s: {json.dumps(found)}")
        time.sleep(POLL_SECONDS)


@contextmanager
def a_stack(log: Log) -> Iterator[Endpoints]:
    """The stack that is running, or a new one for the demonstration only."""
    found = Endpoints.load(RUN_FILE)
    if found:
        log(f"using the stack that is running: {found.site}")
        yield found
        return
    log("no stack is running: starting one, to be stopped at the end")
    with (
        tempfile.TemporaryDirectory(prefix="docket-demo-") as state,
        running(Path(state), identity_provider="jwt", log=log) as endpoints,
    ):
        yield endpoints


def main() -> int:
    """The exit status: 1 if a step or the stack failed."""
    log = timed_log(lambda line: print(line, flush=True))
    try:
        with a_stack(log) as endpoints:
            summary = journey(endpoints, log)
    except (StepError, MissingError, NotStartedError, requests.RequestException) as error:
        print(f"The demonstration failed. {error}", file=sys.stderr)
        return 1
    print(json.dumps(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
