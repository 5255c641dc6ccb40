"""Stripe in a life: the double under the life's clock, its webhooks, and what people do there."""

import json
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from docket.gateways.stripe_objects import LISTED_EVENTS
from local.stripe_double import InProcessDouble, StripeError, Timing, signature
from tests.make_calls import EDGE_KEY, a_request
from tests.simulation.aws import SimulatedAws
from tests.simulation.environment.stripe_requests import ApiKeys, RefusedRefunds, SavedErrors
from tests.simulation.faults import Fault
from tests.simulation.functions import Handler
from tests.simulation.process import Process
from tests.simulation.stripe_transport import StripeTransport
from tests.simulation.world import Run

SECRET_NAME = "stripe"
USUAL_DELAY_SECONDS = (0.3, 3.0)
LATE_SECONDS = (3600.0, 3 * 86_400.0)
PAUSES_SECONDS = (60.0, 600.0, 3600.0, 6 * 3600.0, 24 * 3600.0)
"""After a delivery that was not accepted, Stripe tries again for three days."""

OVERLAP_SECONDS = 24 * 3600
"""How long a rolled secret stays valid at Stripe."""

DECIDED = ("won", "lost", "warning_closed", "prevented")
"""The statuses of disputes that a bank has decided."""

API_KEY_OVERLAPS_SECONDS = (0, 3600, 7 * 86_400)

LOOKS_EVERY_SECONDS, PATIENCE_SECONDS = 20.0, 3600.0
"""Of a customer whose debit is processing."""

TIMING = Timing(settle_seconds=600, delayed_seconds=4 * 3600)
URL = "https://docket.test/api/v1/payments/webhook"


@dataclass(frozen=True, kw_only=True)
class Capture:
    """A payment that succeeded, as Stripe states it. `event_id` is the event that says so."""

    payment_intent_id: str
    order_id: str
    at: datetime
    event_id: str
    by_card: bool


@contextmanager
def plain_objects() -> Iterator[None]:
    """Let Stripe's SDK return what it received, without an object for each part of it.

    The gateway turns the SDK's objects into dicts at once; making them takes the SDK a third of a
    millisecond each.
    """
    requestor = sys.modules["stripe._api_requestor"]

    def convert(*, resp: Any, **_: Any) -> "_Plain":
        return _Plain(resp.data)

    with patch.object(requestor, "_convert_to_stripe_object", convert):
        yield


class _Plain:
    """A reply of Stripe."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def to_dict(self) -> dict[str, Any]:
        return self._data


class Account:
    """The Stripe account of a process: one double, which is cleared for each life."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.side: StripeSide | None = None
        self.double = InProcessDouble(
            clock=self._now,
            sleep=self._sleep,
            random=Random(0),
            timing=TIMING,
            post=self._post,
        )

    def _now(self) -> float:
        return self._process.current_life.clock.true_time()

    def _sleep(self, seconds: float) -> None:
        self._process.current_life.clock.sleep(seconds)

    def _post(self, url: str, body: bytes, signed: str) -> tuple[int, str]:
        assert self.side, "no life has begun"
        self.side.emit(body)
        return 200, ""


class StripeSide:
    """Stripe in one life."""

    def __init__(self, account: Account, aws: SimulatedAws, webhook: Handler, seed: int) -> None:
        self.double, self._aws, self._webhook = account.double, aws, webhook
        self.double.clear(random=Random(f"{seed} stripe"))
        account.side = self
        self._secrets = [("whsec_0", float("inf"))]
        self._control("/webhook", {"url": URL, "secret": "whsec_0"})
        self.edge_key: Callable[[], str] = lambda: EDGE_KEY
        """What the distribution adds to a webhook's request."""
        self.captured: Callable[[Capture], None] = lambda capture: None
        """Is called with each payment that succeeds."""
        self.missed: Callable[[str, datetime], None] = lambda event_id, at: None
        """Is called with each listed event, and its time, whose webhook is lost or late."""
        self.disputed: Callable[[Any], None] = lambda dispute: None
        """Is called with each dispute that a bank opens."""
        self._cards: set[str] = set()
        self._direct = self.double.http_client(timeout=4)
        # A request that is refused must not reach what sets a fault for the double's next call.
        self._refusing = RefusedRefunds(SavedErrors(self.double, self._direct, aws))
        self._api_keys = ApiKeys(self._refusing, self.double.secret_key, aws.clock.true_time)
        self.transport = StripeTransport(aws, self._api_keys)
        self.transport.after = self.pump
        aws.life.clients["stripe"] = self.transport
        self._publish()
        self._planned: set[int] = set()

    # What happens by itself.

    def pump(self) -> None:
        """Send what is to be sent now, and come back when the next task is due."""
        self.double.run_due()
        due = self.double.next_due()
        if due is None or round(due) in self._planned:
            return
        self._planned.add(round(due))
        self._aws.world.after(max(0.0, due - self._aws.clock.true_time()), self.pump)

    def emit(self, body: bytes) -> None:
        """Deliver an event, with the faults of this life."""
        event = json.loads(body)
        self._follow(event)
        fires, place = self._aws.faults.fires, f"stripe webhook {event['type']}"
        if fires(Fault.WEBHOOK_LOST, place):
            self._miss(event)
            return
        for _ in range(2 if fires(Fault.WEBHOOK_DOUBLED, place) else 1):
            late = fires(Fault.WEBHOOK_LATE, place)
            if late:
                self._miss(event)
            delay = self._aws.random.uniform(*(LATE_SECONDS if late else USUAL_DELAY_SECONDS))
            self._aws.world.after(delay, self._delivery(body, list(PAUSES_SECONDS)))

    def _miss(self, event: Mapping[str, Any]) -> None:
        """Pass on an event that is found in the list of events before its webhook comes."""
        if event["type"] in LISTED_EVENTS:
            self.missed(event["id"], datetime.fromtimestamp(event["created"], UTC))

    def _follow(self, event: Mapping[str, Any]) -> None:
        """Pass on disputes, and payments that succeed: after their charge, which has the method."""
        about = event["data"]["object"]
        if event["type"] == "charge.succeeded":
            if about["payment_method_details"]["type"] == "card":
                self._cards.add(about["payment_intent"])
        elif event["type"] == "charge.dispute.created":
            self.disputed(about)
        elif event["type"] == "payment_intent.succeeded":
            capture = Capture(
                payment_intent_id=about["id"],
                order_id=about["metadata"].get("order_id", ""),
                at=datetime.fromtimestamp(event["created"], UTC),
                event_id=event["id"],
                by_card=about["id"] in self._cards,
            )
            self.captured(capture)

    def _delivery(self, body: bytes, pauses: list[float]) -> Callable[[], None]:
        def done(run: Run) -> None:
            accepted = run.raised is None and 200 <= run.reply["statusCode"] < 300
            if not accepted and pauses:
                self._aws.world.after(pauses[0], self._delivery(body, pauses[1:]))

        def deliver() -> None:
            now = self._aws.clock.true_time()
            valid = [secret for secret, until in self._secrets if until > now]
            event = a_request(
                "POST",
                "/api/v1/payments/webhook",
                body.decode(),
                headers={
                    "stripe-signature": signature(body, valid[0], int(now), *valid[1:]),
                    "x-docket-edge": self.edge_key(),
                },
            )
            self._aws.world.start(
                "payments/webhook",
                lambda: self._webhook(event, None),
                done=done,
                timeout_seconds=20,
            )

        return deliver

    # What people do.

    def roll_secret(self) -> None:
        """Roll the webhook's secret at Stripe, and soon after in the secret of the stage."""
        now = self._aws.clock.true_time()
        (newest, _), *others = self._secrets
        name = f"whsec_{len(self._secrets)}"
        self._secrets = [(name, float("inf")), (newest, now + OVERLAP_SECONDS), *others]
        self._aws.world.after(self._aws.random.uniform(0, 600), self._publish)

    def roll_api_key(self) -> None:
        """Roll the API key at Stripe, and soon after in the secret of the stage.

        Who rolls it decides how long the old one stays valid: it may end at once.
        """
        self._api_keys.roll(valid_seconds=self._aws.random.choice(API_KEY_OVERLAPS_SECONDS))
        self._aws.world.after(self._aws.random.uniform(0, 600), self._publish)

    def pay(self, payment_intent_id: str, method: str) -> str:
        """The customer's browser confirms an intent. Returns its status, or Stripe's refusal."""
        fields = {"payment_method": method, "return_url": "https://docket.test/"}
        body = self._call(
            "POST", f"/payment_intents/{payment_intent_id}/confirm", urlencode(fields)
        )
        self.pump()
        return str(body.get("status") or body["error"].get("code") or "refused")

    def refuse_refunds(self, payment_intent_id: str, times: float) -> None:
        """Refuse the next requests of a refund of an intent."""
        self._refusing.left[payment_intent_id] = times

    def refund(self, payment_intent_id: str, amount: int) -> bool:
        """A person refunds that amount. Returns whether Stripe allows it now."""
        is_refused = self._refusing.left.get(payment_intent_id)
        body = {"amount": amount, "outcome": "at_once"}
        return not is_refused and self.act(f"/payment_intents/{payment_intent_id}/refund", body)

    def choose_card(self, intents: Sequence[str]) -> Generator[Any, Any]:
        """The customer waits for the end of a debit, then chooses a card, and does not pay yet."""
        if not intents:
            return
        until = self._aws.clock.true_time() + PATIENCE_SECONDS
        while self.intent(intents[-1])["status"] == "processing":
            if self._aws.clock.true_time() > until:
                return
            yield LOOKS_EVERY_SECONDS
        fields = {"payment_method": "pm_card_visa"}
        self._call("POST", f"/payment_intents/{intents[-1]}", urlencode(fields))

    def act(self, path: str, body: dict[str, Any] | None = None) -> bool:
        """What people and banks do at Stripe. Returns whether Stripe allows it now."""
        try:
            self._control(path, body or {})
        except StripeError:
            return False
        self.pump()
        return True

    # The state of Stripe's objects.

    def intent(self, payment_intent_id: str) -> Any:
        """A payment intent; None if there is none."""
        found = self._call("GET", f"/payment_intents/{payment_intent_id}")
        return None if "error" in found else found

    def intents(self) -> list[Any]:
        """All payment intents."""
        return self._all("/payment_intents?")

    def refunds(self, payment_intent_id: str) -> list[Any]:
        """The refunds of an intent, newest first."""
        return self._all(f"/refunds?payment_intent={payment_intent_id}&")

    def disputes(self, payment_intent_id: str) -> list[Any]:
        """The disputes of an intent, newest first."""
        return self._all(f"/disputes?payment_intent={payment_intent_id}&")

    def amount_left(self, intent: Any) -> int:
        """What the shop has of an intent after refunds and disputes; not less than nothing."""
        if intent["status"] != "succeeded":
            return 0
        gone = self.amount_refunded(intent["id"]) + self.amount_lost(intent["id"])
        return max(0, int(intent["amount"]) - gone)

    def amount_refunded(self, payment_intent_id: str) -> int:
        """The sum of the refunds of an intent, also the pending ones."""
        return sum(
            refund["amount"]
            for refund in self.refunds(payment_intent_id)
            if refund["status"] in ("succeeded", "pending", "requires_action")
        )

    def amount_lost(self, payment_intent_id: str) -> int:
        """The sum of the disputes of an intent that were lost."""
        return sum(
            dispute["amount"]
            for dispute in self.disputes(payment_intent_id)
            if dispute["status"] == "lost"
        )

    def is_disputed(self, payment_intent_id: str) -> bool:
        """Whether a bank has not decided on a dispute of an intent."""
        return any(dispute["status"] not in DECIDED for dispute in self.disputes(payment_intent_id))

    def _all(self, path: str) -> list[Any]:
        found = self._call("GET", f"{path}limit=100")
        assert not found["has_more"], "a life has fewer objects"
        return list(found["data"])

    def _call(self, method: str, path: str, body: str | None = None) -> Any:
        headers = {"authorization": f"Bearer {self.double.secret_key}"}
        url = f"https://stripe.invalid/v1{path}"
        text, _, _ = self._direct.request(method, url, headers, body)
        return json.loads(text)

    def _control(self, path: str, body: dict[str, Any]) -> Any:
        return self.double.control.answer("POST", f"/_double{path}", body)

    def _publish(self) -> None:
        self._aws.secrets.put(
            SECRET_NAME,
            secret_key=self._api_keys.newest,
            webhook_secret=self._secrets[0][0],
            publishable_key=self.double.publishable_key,
        )
