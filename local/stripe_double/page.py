"""The pages for people: payments, refunds, events, test cards; and the 3-D Secure challenge."""

import json
from datetime import datetime
from html import escape

from local.stripe_double.errors import Json
from local.stripe_double.objects import disputes, money
from local.stripe_double.objects.methods import METHODS, Method

STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
.wide { overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .75rem .35rem 0; text-align: left;
  vertical-align: top; }
td.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-size: .9em; }
p code { overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; }
.soft { opacity: .75; }
button { font: inherit; padding: .1rem .6rem; }
.question { max-width: 26rem; margin: 15vh auto; }
.question button { padding: .5rem 1rem; margin-right: .5rem; }
"""

WAITING = "Events are held until an endpoint is registered."


def home(
    *,
    payments: list[Json],
    refunds: list[Json],
    disputed: list[Json],
    events: list[Json],
    webhook: str | None,
    faults: Json,
) -> str:
    """Payments, refunds, events with their deliveries, faults, test cards."""
    destination = f"Events are sent to <code>{escape(webhook)}</code>." if webhook else WAITING
    body = f"""
<h1>A double of Stripe</h1>
<p>No money moves here. {destination}</p>
<h2>Payments</h2>
{_table(("When", "Payment", "Amount", "Status", "Metadata", ""), [_payment(p) for p in payments])}
<h2>Refunds</h2>
{_table(("When", "Refund", "Amount", "Status", "Of", ""), [_refund(r) for r in refunds])}
<h2>Disputes</h2>
{_table(("When", "Dispute", "Amount", "Status", "Of", ""), [_dispute(d) for d in disputed])}
<h2>Events and their deliveries</h2>
{_table(("When", "Event", "Of", "Deliveries", ""), [_event(event) for event in events])}
<h2>Faults that are set</h2>
<pre>{escape(json.dumps(faults, indent=2))}</pre>
<h2>Test payment methods</h2>
<p class="soft">Cards take any future date and security code; only these numbers work.</p>
{_table(("Number", "What happens", "By name, without a browser"), [_method(m) for m in METHODS])}
"""
    return _page("A double of Stripe", f"<main>{body}</main>", script=True)


def challenge(intent: Json) -> str:
    """The challenge of an intent whose customer was redirected here."""
    amount = money.formatted(intent["amount"], intent["currency"])
    body = f"""
<main class="question">
<h1>Is it you?</h1>
<p>The bank of a test card asks whether to pay {escape(amount)}. No money moves.</p>
<form method="post">
<button name="outcome" value="complete">Complete</button>
<button name="outcome" value="fail">Fail</button>
</form>
</main>"""
    return _page("3-D Secure", body)


def not_found(path: str) -> str:
    """The page for an unknown path, which is escaped."""
    body = f'<main><h1>Nothing here</h1><p><code>{escape(path)}</code></p><p><a href="/">To the '
    return _page("Nothing here", body + "payments</a></p></main>")


def _page(title: str, body: str, *, script: bool = False) -> str:
    tag = '<script src="/page.js" defer></script>' if script else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style>{tag}</head><body>{body}</body></html>"
    )


def _table(heads: tuple[str, ...], rows: list[str]) -> str:
    if not rows:
        return '<p class="soft">None yet.</p>'
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>'


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _when(second: float) -> str:
    return f"{datetime.fromtimestamp(second).astimezone():%d %b %H:%M:%S}"


def _button(label: str, path: str, body: Json | None = None) -> str:
    payload = escape(json.dumps(body or {}), quote=True)
    return f'<button data-post="/_double/{path}" data-body="{payload}">{label}</button>'


def _payment(intent: Json) -> str:
    error = intent["last_payment_error"]
    status = escape(intent["status"]) + (f"<br>{escape(error['message'])}" if error else "")
    metadata = "<br>".join(f"{escape(k)}: {escape(v)}" for k, v in intent["metadata"].items())
    path = f"payment_intents/{intent['id']}"
    buttons = ""
    if intent["status"] == "requires_action":
        buttons = _button("Complete 3-D Secure", f"{path}/authenticate", {"outcome": "complete"})
        buttons += " " + _button("Fail it", f"{path}/authenticate", {"outcome": "fail"})
    elif intent["status"] == "processing":
        buttons = _button("Settle now", f"{path}/settle")
    elif intent["status"] == "succeeded":
        buttons = f"{_button('Refund', f'{path}/refund')} {_button('Dispute', f'{path}/dispute')}"
    elif intent["status"] != "canceled":
        buttons = _button("Expire", f"{path}/expire")
    return _row(
        _when(intent["created"]),
        f"<code>{intent['id']}</code>",
        escape(money.formatted(intent["amount"], intent["currency"])),
        status,
        metadata,
        buttons,
    )


def _refund(refund: Json) -> str:
    path = f"refunds/{refund['id']}"
    acts = {
        "pending": (("Settle now", "settle"), ("Cancel", "cancel"), ("Fail", "fail")),
        "succeeded": (("Fail", "fail"),),
    }.get(refund["status"], ())
    return _row(
        _when(refund["created"]),
        f"<code>{refund['id']}</code>",
        escape(money.formatted(refund["amount"], refund["currency"])),
        escape(refund["status"]),
        f"<code>{refund['payment_intent']}</code>",
        " ".join(_button(label, f"{path}/{act}") for label, act in acts),
    )


def _dispute(dispute: Json) -> str:
    return _row(
        _when(dispute["created"]),
        f"<code>{dispute['id']}</code>",
        escape(money.formatted(dispute["amount"], dispute["currency"])),
        escape(dispute["status"]),
        f"<code>{dispute['payment_intent']}</code>",
        " ".join(
            _button(f"To {status}", f"disputes/{dispute['id']}/decide", {"status": status})
            for status in disputes.NEXT.get(dispute["status"], ())
        ),
    )


def _event(event: Json) -> str:
    return _row(
        _when(event["created"]),
        escape(event["type"]),
        f"<code>{event['object']}</code>",
        "<br>".join(_delivery(delivery) for delivery in event["deliveries"]),
        _button("Send again", f"events/{event['id']}/resend"),
    )


def _delivery(delivery: Json) -> str:
    outcomes = [str(a["status"] or a["error"]) for a in delivery["attempts"]]
    return escape(
        ": ".join([delivery["state"], ", ".join(outcomes)] if outcomes else [delivery["state"]])
    )


def _method(method: Method) -> str:
    number = method.number
    spaced = " ".join(number[i : i + 4] for i in range(0, len(number), 4))
    names = "<br>".join(f"<code>{name}</code>" for name in method.names)
    return _row(f"<code>{spaced}</code>", escape(method.does), names)
