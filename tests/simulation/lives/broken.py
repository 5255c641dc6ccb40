"""Versions of the service that are broken on purpose, each of which the lives must find.

A break replaces a part of the text of one function. If that text is gone, it fails loudly: then the
break has to be written again for the new code.
"""

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch


@dataclass(frozen=True)
class Break:
    """What is replaced in a function, given as `module:function` or `module:Class.function`."""

    name: str
    place: str
    text: str
    by: str
    seed: int = 0
    """A life that finds it. The tests run it first."""


class TextGone(Exception):
    """The function no longer contains the text that a break replaces."""


@contextmanager
def broken(wrong: Break) -> Iterator[None]:
    """Run the broken version, wherever the function was imported."""
    owner, name, original, replacement = replaced(wrong)
    with ExitStack() as stack:
        stack.enter_context(patch.object(owner, name, replacement))
        for module in list(sys.modules.values()):
            if module is not owner and vars(module).get(name) is original:
                stack.enter_context(patch.object(module, name, replacement))
        yield


def replaced(wrong: Break) -> tuple[Any, str, Any, Any]:
    """What holds the function, its name, the function, and the broken one. Raises `TextGone`."""
    module_name, _, path = wrong.place.partition(":")
    module = importlib.import_module(module_name)
    *outer, name = path.split(".")
    owner: Any = module
    for part in outer:
        owner = getattr(owner, part)
    original = vars(owner)[name]
    source = textwrap.dedent(inspect.getsource(_function(original)))
    if source.count(wrong.text) != 1:
        raise TextGone(
            f"{wrong.name}: {wrong.place} has {source.count(wrong.text)} times {wrong.text!r}"
        )
    names: dict[str, Any] = {}
    code = compile(source.replace(wrong.text, wrong.by), f"<broken {wrong.place}>", "exec")
    exec(code, vars(module), names)  # noqa: S102 - the text is the project's own
    return owner, name, original, names[name]


def _function(attribute: Any) -> Any:
    if isinstance(attribute, property):
        return attribute.fget
    if isinstance(attribute, classmethod | staticmethod):
        return attribute.__func__
    return inspect.unwrap(attribute)


BROKEN = (
    Break(
        "skip the revision check",
        "docket.domain.orders.order:Order.effect_of",
        "payment.revision != self.revision or ",
        "",
        seed=141,
    ),
    Break(
        "omit an owed refund",
        "docket.table.payments.payments:_succeeded",
        "[refunds.put(refund, at=audit.at)]",
        "[]",
        seed=49,
    ),
    Break(
        "refund twice",
        "docket.table.payments.payments:record_success",
        "except TransitionRefused:\n            return None",
        "except TransitionRefused:\n            paid = payment",
        seed=12,
    ),
    Break(
        "treat S3's 403 as a missing object",
        "docket.gateways.s3:_of_version",
        "raise AccessRefused from None",
        "return None",
        seed=2,
    ),
    Break(
        "omit a counter",
        "docket.domain.orders.order:Order.counted",
        "counters = self.counters + change",
        "counters = replace(self.counters + change, charged_pages=self.charged_pages)",
        seed=1,
    ),
    Break(
        "settle a debt without Stripe's reply",
        "docket.workflows.orders.payment:cancel",
        "intent = stripe_gateway.cancel_intent(payment.payment_intent_id)",
        'intent = Intent(**{**vars(paid_intent(payment)), "status": IntentStatus.CANCELED})',
        seed=30,
    ),
    Break(
        "let on_result write after the deletion",
        "docket.table.documents.document_items:update_write",
        "guard=_GUARD",
        'guard=(), condition="attribute_exists(PK) OR attribute_not_exists(PK)"',
        seed=169,
    ),
    Break(
        "rely on the client token",
        "docket.table.client:_request",
        "if part.condition:",
        "if part.condition and not part.item:",
        seed=1,
    ),
    Break(
        "open an analysis before it is paid for",
        "docket.domain.orders.order:Order.is_paid",
        "self.status is not OrderStatus.COMPLETED",
        "self.status is OrderStatus.CANCELLED",
        seed=4,
    ),
    Break(
        "read a file whose scan failed",
        "docket.workflows.documents.uploads:follow_scan",
        "if verdict == malware_scan.Verdict.CLEAN:",
        "if verdict != malware_scan.Verdict.INFECTED:",
        seed=35,
    ),
    Break(
        "release only the latest slot of a reading that ended",
        "docket.table.documents.document_changes:_released",
        "if name.startswith(prefix)",
        "if name == reading_name(change.old.id, change.old.attempt)",
        seed=59,
    ),
    Break(
        "open a declined payment of an outdated order again",
        "docket.domain.payments.payment:Payment.declined",
        "PaymentStatus.OPEN if may_be_repeated else PaymentStatus.TO_CANCEL",
        "PaymentStatus.OPEN",
    ),
    Break(
        "accept the first edge key only",
        "docket.api.edge:_is_valid",
        "config.Edge).edge_keys",
        "config.Edge).edge_keys[:1]",
        seed=94,
    ),
)
