"""External systems, driven as their users do: the bucket, the queue, Stripe."""

import json
import time
from collections.abc import Iterator
from typing import Any

import stripe as sdk

from docket.gateways import queues, s3, secrets
from docket.gateways import stripe as gateway
from local.stripe_double import InProcessDouble, signature

WEBHOOK_SECRET = "whsec_of_the_tests"


class Bucket:
    """The documents bucket."""

    def __init__(self, name: str) -> None:
        self.name = name

    def upload(
        self, document_id: str, data: bytes = b"bytes", user_id: str = "ada", upload_number: int = 1
    ) -> s3.Upload:
        """Store the bytes of a document as its form uploads them. Returns the new version."""
        key = upload_key(document_id, user_id, upload_number)
        version = s3._s3().put_object(Bucket=self.name, Key=key, Body=data)["VersionId"]
        return s3.Upload(
            user_id=user_id, document_id=document_id, upload_number=upload_number, version=version
        )

    def versions(self, document_id: str, user_id: str = "ada", upload_number: int = 1) -> list[str]:
        """The stored versions of what was uploaded with a upload_number, the newest first."""
        key = upload_key(document_id, user_id, upload_number)
        listing = s3._s3().list_object_versions(Bucket=self.name, Prefix=key)
        return [version["VersionId"] for version in listing.get("Versions", [])]

    def mark_deleted(self, document_id: str, user_id: str = "ada", upload_number: int = 1) -> None:
        """Put a delete marker over a document's bytes."""
        s3._s3().delete_object(
            Bucket=self.name, Key=upload_key(document_id, user_id, upload_number)
        )

    def tag(self, upload: s3.Upload, **tags: str) -> None:
        """Tag a version, as GuardDuty does after its scan."""
        s3._s3().put_object_tagging(
            Bucket=self.name,
            Key=upload_key(upload.document_id, upload.user_id, upload.upload_number),
            VersionId=upload.version,
            Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]},
        )

    def every_version(self) -> list[str]:
        """The key of every version of every object, and of every delete marker."""
        listing = s3._s3().list_object_versions(Bucket=self.name)
        stored = [*listing.get("Versions", []), *listing.get("DeleteMarkers", [])]
        return [item["Key"] for item in stored]

    def names(self, prefix: str = "") -> list[str]:
        """The keys of the objects under a prefix."""
        listing = s3._s3().list_objects_v2(Bucket=self.name, Prefix=prefix)
        return [item["Key"] for item in listing.get("Contents", [])]


def upload_key(document_id: str, user_id: str = "ada", upload_number: int = 1) -> str:
    return f"uploads/{user_id}/{document_id.rpartition('-')[0]}/{document_id}/{upload_number}"


class Queue:
    """A queue."""

    def __init__(self, url: str) -> None:
        self.url = url

    def waiting(self) -> bool:
        """Whether there is a message."""
        reply = queues._sqs().get_queue_attributes(
            QueueUrl=self.url, AttributeNames=["ApproximateNumberOfMessages"]
        )
        return reply["Attributes"]["ApproximateNumberOfMessages"] != "0"

    def receive_all(self) -> list[dict[str, Any]]:
        """Receive and delete all messages. Returns their bodies."""
        return [json.loads(record["body"]) for record in self.deliver()]

    def deliver(self) -> list[dict[str, Any]]:
        """Receive and delete all messages. Returns them as the records of Lambda's event."""
        records = []
        while (
            messages := queues._sqs()
            .receive_message(
                QueueUrl=self.url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
            )
            .get("Messages")
        ):
            for message in messages:
                queues._sqs().delete_message(
                    QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"]
                )
                records.append(
                    {
                        "messageId": message["MessageId"],
                        "body": message["Body"],
                        "eventSource": "aws:sqs",
                        "attributes": {
                            "ApproximateReceiveCount": "1",
                            "MessageGroupId": message["Attributes"].get("MessageGroupId", ""),
                        },
                    }
                )
        return records


class Mailbox:
    """The mails that SES has accepted: `to`, `subject`, and the HTML `body` of each."""

    def __init__(self, sent: list[Any]) -> None:
        self._sent = sent

    def receive(self) -> list[tuple[str, str, str]]:
        """All mails since the last call."""
        mails = [
            (*mail.destinations["ToAddresses"], mail.subject, mail.body) for mail in self._sent
        ]
        self._sent.clear()
        return mails


class Stripe:
    """Stripe: customers who pay, the state of payments, and the events it sends."""

    def __init__(self, double: InProcessDouble) -> None:
        self.double = double
        self.arn = secrets._client().create_secret(Name="stripe")["ARN"]
        self.set_keys()
        self._http = sdk.RequestsClient(timeout=5)
        self.sdk = sdk.StripeClient(
            double.secret_key, base_addresses={"api": double.url}, http_client=self._http
        )

    def set_keys(self, **new_keys: str) -> None:
        """Store the keys in the secret and clear the cache of secrets."""
        keys = {
            "secret_key": self.double.secret_key,
            "webhook_secret": WEBHOOK_SECRET,
            "publishable_key": self.double.publishable_key,
        }
        self.set_fields({**keys, **new_keys})

    def set_fields(self, fields: dict[str, str]) -> None:
        """Store exactly these fields in the secret."""
        text = json.dumps(fields)
        secrets._client().put_secret_value(SecretId=self.arn, SecretString=text)
        secrets._cache.clear()

    def pay(self, payment_intent_id: str, method: str = "pm_card_visa") -> None:
        """Pay with a test method, as a customer does in the browser. A decline is not an error."""
        try:
            self.sdk.v1.payment_intents.confirm(
                payment_intent_id, {"payment_method": method, "return_url": "https://shop.test/"}
            )
        except sdk.CardError:
            return

    def complete_payment(self, payment_intent_id: str) -> None:
        """The bank confirms or rejects a debit."""
        self.double.control.answer(
            "POST", f"/_double/payment_intents/{payment_intent_id}/settle", {}
        )

    def authenticate(self, payment_intent_id: str, outcome: str = "complete") -> None:
        """The customer confirms a payment at the bank, or fails to."""
        path = f"/_double/payment_intents/{payment_intent_id}/authenticate"
        self.double.control.answer("POST", path, {"outcome": outcome})

    def complete_refunds(self, payment_intent_id: str) -> None:
        """The bank completes or rejects each refund of a payment."""
        for refund in self.sdk.v1.refunds.list({"payment_intent": payment_intent_id}).data:
            self.double.control.answer("POST", f"/_double/refunds/{refund.id}/settle", {})

    def cancel_refunds(self, payment_intent_id: str) -> None:
        """Cancel each pending refund of a payment: the amount stays with the shop."""
        for refund in self.sdk.v1.refunds.list({"payment_intent": payment_intent_id}).data:
            self.double.control.answer("POST", f"/_double/refunds/{refund.id}/cancel", {})

    def expire_idempotency_keys(self) -> None:
        """Delete all idempotency keys, as Stripe does after a day."""
        self.double.control.answer("DELETE", "/_double/idempotency_keys", {})

    def decide_dispute(self, payment_intent_id: str, status: str) -> None:
        """End the dispute of a payment with a status."""
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
        """All intents, the newest first."""
        return self.sdk.v1.payment_intents.list({"limit": 100}).data

    def refunds(self, payment_intent_id: str) -> list[int]:
        """The amounts of the refunds of a payment."""
        refunds = self.sdk.v1.refunds.list({"payment_intent": payment_intent_id})
        return [refund.amount for refund in refunds.data]

    def fail_calls(self, kind: str = "error", *, times: int = 100, **fields: Any) -> None:
        """Make this number of calls fail; see `local/stripe_double/README.md`."""
        self.double.faults.add({"calls": [{"kind": kind, "times": times, **fields}]})

    def restore(self) -> None:
        """Let calls succeed again."""
        self.double.faults.clear()

    def calls(self) -> int:
        """The number of calls so far."""
        return len(list(self._calls()))

    def _calls(self) -> Iterator[Any]:
        calls: Any = self.double.control.answer("GET", "/_double/calls", {})
        return iter(calls)

    def event(self, type_: str, payment_intent_id: str) -> str:
        """The body of the newest event of that type about an intent."""
        events = self.sdk.v1.events.list({"limit": 100}).data
        return next(
            json.dumps(item.to_dict())
            for item in events
            if item.type == type_ and item.data.object["id"] == payment_intent_id
        )

    def close(self) -> None:
        """Close the clients' connections."""
        self._http.close()
        if gateway._client_with.cache_info().currsize:
            client = gateway._client_with(self.double.secret_key)._requestor._client
            assert client is not None
            client.close()


def signed(body: str, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> dict[str, str]:
    """The headers of an event that Stripe signed at a time, or now."""
    timestamp = int(time.time() if at is None else at)
    return {"stripe-signature": signature(body.encode(), secret, timestamp)}
