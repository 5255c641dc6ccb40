"""What is not ours, driven from outside as its users do: the bucket, the queue, Stripe."""

import json
import time
from collections.abc import Iterator
from typing import Any

import stripe as sdk

from docket.gateways import queues, s3, secrets
from docket.gateways import stripe as gateway
from local.stripe_double import StripeDouble, signature

WEBHOOK_SECRET = "whsec_of_the_tests"


class Bucket:
    """The documents bucket."""

    def __init__(self, name: str) -> None:
        self.name = name

    def upload(self, document_id: str, data: bytes = b"bytes", user_id: str = "ada") -> str:
        """Store a document's bytes. The new version's id."""
        key = f"uploads/{user_id}/{document_id}"
        return s3._s3().put_object(Bucket=self.name, Key=key, Body=data)["VersionId"]

    def versions(self, document_id: str, user_id: str = "ada") -> list[str]:
        """The stored versions, the newest first."""
        key = f"uploads/{user_id}/{document_id}"
        found = s3._s3().list_object_versions(Bucket=self.name, Prefix=key)
        return [version["VersionId"] for version in found.get("Versions", [])]

    def mark_deleted(self, document_id: str, user_id: str = "ada") -> None:
        """Put a delete marker over a document's bytes."""
        s3._s3().delete_object(Bucket=self.name, Key=f"uploads/{user_id}/{document_id}")

    def every_version(self) -> list[str]:
        """The key of every version of everything, and of every delete marker."""
        found = s3._s3().list_object_versions(Bucket=self.name)
        stored = [*found.get("Versions", []), *found.get("DeleteMarkers", [])]
        return [item["Key"] for item in stored]

    def names(self, prefix: str = "") -> list[str]:
        """What is there, under its name."""
        found = s3._s3().list_objects_v2(Bucket=self.name, Prefix=prefix)
        return [item["Key"] for item in found.get("Contents", [])]


class Queue:
    """The queue of what is to be read."""

    def __init__(self, url: str) -> None:
        self.url = url

    def receive_all(self) -> list[dict[str, Any]]:
        """The messages that wait, taken off."""
        taken = []
        while found := queues._sqs().receive_message(QueueUrl=self.url).get("Messages"):
            for message in found:
                queues._sqs().delete_message(
                    QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"]
                )
                taken.append(json.loads(message["Body"]))
        return taken


class Stripe:
    """Stripe's side: customers who pay there, what happened there, and what it tells us."""

    def __init__(self, double: StripeDouble) -> None:
        self.double = double
        self.arn = secrets._client().create_secret(Name="stripe")["ARN"]
        self.keys_are()
        self._http = sdk.RequestsClient(timeout=5)
        self.sdk = sdk.StripeClient(
            double.secret_key, base_addresses={"api": double.url}, http_client=self._http
        )

    def keys_are(self, **changed: str) -> None:
        """Put the keys into the secret, and have it asked for anew."""
        keys = {
            "secret_key": self.double.secret_key,
            "webhook_secret": WEBHOOK_SECRET,
            "publishable_key": self.double.publishable_key,
        }
        self.fields_are({**keys, **changed})

    def fields_are(self, fields: dict[str, str]) -> None:
        """Put exactly that into the secret."""
        text = json.dumps(fields)
        secrets._client().put_secret_value(SecretId=self.arn, SecretString=text)
        secrets._known.clear()

    def pay(self, payment_intent_id: str, method: str = "pm_card_visa") -> None:
        """Pay as a customer does in the browser, with that test method; a refusal is no error."""
        try:
            self.sdk.v1.payment_intents.confirm(
                payment_intent_id, {"payment_method": method, "return_url": "https://shop.test/"}
            )
        except sdk.CardError:
            return

    def complete_payment(self, payment_intent_id: str) -> None:
        """The bank's answer about a debit comes now."""
        self.double.control.answer(
            "POST", f"/_double/payment_intents/{payment_intent_id}/settle", {}
        )

    def complete_refunds(self, payment_intent_id: str) -> None:
        """The bank's answer about each refund of a payment comes now."""
        for refund in self.sdk.v1.refunds.list({"payment_intent": payment_intent_id}).data:
            self.double.control.answer("POST", f"/_double/refunds/{refund.id}/settle", {})

    def cancel_refunds(self, payment_intent_id: str) -> None:
        """Each pending refund of a payment is cancelled: the money stays with the shop."""
        for refund in self.sdk.v1.refunds.list({"payment_intent": payment_intent_id}).data:
            self.double.control.answer("POST", f"/_double/refunds/{refund.id}/cancel", {})

    def expire_idempotency_keys(self) -> None:
        """A day passes: a call with a key that was used before is executed."""
        self.double.control.answer("DELETE", "/_double/idempotency_keys", {})

    def decide_dispute(self, payment_intent_id: str, status: str) -> None:
        """The dispute of a payment ends with that status."""
        path = f"/_double/disputes/{self.dispute(payment_intent_id).id}/decide"
        self.double.control.answer("POST", path, {"status": status})

    def dispute(self, payment_intent_id: str) -> sdk.Dispute:
        """The dispute of a payment."""
        return self.sdk.v1.disputes.list({"payment_intent": payment_intent_id}).data[0]

    def newest_event(self, type_: str) -> str:
        """The body of the newest event of that type."""
        return json.dumps(self.sdk.v1.events.list({"type": type_}).data[0].to_dict())

    def intent(self, payment_intent_id: str) -> sdk.PaymentIntent:
        return self.sdk.v1.payment_intents.retrieve(payment_intent_id)

    def intents(self) -> list[sdk.PaymentIntent]:
        """All there are, the newest first."""
        return self.sdk.v1.payment_intents.list({"limit": 100}).data

    def refunds(self, payment_intent_id: str) -> list[int]:
        """The amounts that were given back of a payment."""
        found = self.sdk.v1.refunds.list({"payment_intent": payment_intent_id})
        return [refund.amount for refund in found.data]

    def fails(self, kind: str = "error", *, times: int = 100, **fields: Any) -> None:
        """So many calls go wrong from now on; see `local/stripe_double/README.md`."""
        self.double.faults.add({"calls": [{"kind": kind, "times": times, **fields}]})

    def recovers(self) -> None:
        self.double.faults.clear()

    def calls(self) -> int:
        """How many calls were answered so far."""
        return len(list(self._calls()))

    def _calls(self) -> Iterator[Any]:
        found: Any = self.double.control.answer("GET", "/_double/calls", {})
        return iter(found)

    def event(self, type_: str, payment_intent_id: str) -> str:
        """The body of the newest event of that type about an intent."""
        found = self.sdk.v1.events.list({"limit": 100}).data
        return next(
            json.dumps(item.to_dict())
            for item in found
            if item.type == type_ and item.data.object["id"] == payment_intent_id
        )

    def hang_up(self) -> None:
        """Close what the clients keep open."""
        self._http.close()
        if gateway._client_with.cache_info().currsize:
            client = gateway._client_with(self.double.secret_key)._requestor._client
            assert client is not None
            client.close()


def signed(body: str, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of an event that Stripe signed at that moment, or now."""
    from_iso = int(time.time() if at is None else at)
    return {"stripe-signature": signature(body.encode(), secret, from_iso)}
