"""The command line runs each command on a deployed stage."""

from datetime import timedelta

import pytest
from botocore.stub import Stubber

from docket.domain.payments.pricing import Money
from docket.gateways import mail as ses
from docket.gateways import stripe as gateway
from docket.table.payments import refunds
from operations import unrecorded
from operations.commands import run
from tests.make import OID, an_order
from tests.table_state import save


def test_orders_are_listed(command):
    save(an_order())

    status, lines = command("orders", "--status", "pending")

    assert status == 0
    assert lines[0].startswith(OID)


def test_an_order_is_shown(command):
    save(an_order())

    status, lines = command("show", OID)

    assert status == 0
    assert lines[0].startswith(f"order    {OID}")


def test_an_unknown_order_is_reported(command):
    assert command("show", OID) == (2, ["There is no such order."])


def test_a_failure_of_ses_is_reported(command, mailbox):
    with Stubber(ses._ses()) as sesv2:
        sesv2.add_client_error("delete_suppressed_destination", http_status_code=500)
        sesv2.add_client_error("delete_suppressed_destination", "AccessDeniedException", "ada@")

        failed = command("allow-mail", "ada@example.com")
        refused = command("allow-mail", "ada@example.com")

    assert failed == (2, ["SES has not done it. Run the command again."])
    assert refused == (2, ["SES has not done it (AccessDeniedException). Run the command again."])


def test_nothing_to_refund_is_reported(command):
    save(an_order())

    status, (line,) = command("refund", OID)

    assert status == 2
    assert line.startswith("Nothing to refund")
    assert refunds.of_order(OID) == []


def test_an_unknown_refund_is_not_acknowledged(command):
    save(an_order())

    assert command("acknowledge", OID, "re_1") == (
        2,
        [f"Nothing to refund: re_1 is not a refund of {OID}."],
    )


@pytest.mark.usefixtures("jwt_stage")
def test_the_key_of_access_tokens_is_rotated(command):
    status, (line,) = command("rotate-keys")

    assert status == 0
    assert line == "Key 2 is published. Run this again later."


def test_a_young_intent_is_not_cancelled(command, stripe):
    intent = gateway.create_intent(an_order(), Money(250, "eur"))

    assert command("cancel-unrecorded", "--until", "2099-01-01") == (0, [])

    assert stripe.intent(intent.id).status == "requires_payment_method"


def test_an_old_intent_that_is_not_recorded_is_cancelled(command, stripe, monkeypatch):
    intent = gateway.create_intent(an_order(), Money(250, "eur"))
    monkeypatch.setattr(unrecorded, "SHORTEST_AGE", timedelta(seconds=-1))

    status, (line,) = command("cancel-unrecorded")

    assert (status, line) == (0, f"{intent.id} of {OID}: canceled at Stripe")


def test_redrive_finds_no_dead_letters(command):
    assert command("redrive") == (0, [])


def test_reconcile_counts_the_differences(command, stage_queues):
    assert command("reconcile", "--since", "2026-11-01")[0] == 0

    stage_queues.send("uploads-dead-letters", "{}")
    status, lines = command("reconcile", "--until", "2026-11-08T12:00+01:00")

    assert status == 1
    assert lines[-1] == "1 differences from 2026-11-01T11:00Z to 2026-11-08T11:00Z"


def test_an_outage_of_stripe_is_reported(command, stripe):
    stripe.fail_calls()

    assert command("reconcile") == (2, ["Stripe does not answer. Run the command again."])


def test_another_stage_is_reported(deployed):
    lines: list[str] = []

    assert run(["orders", "--stage", "prod"], lines.append) == 2
    assert lines == ["This account has no stage prod in this region."]


@pytest.mark.parametrize("arguments", [[], ["orders"], ["dance", "--stage", "test"]])
def test_an_incomplete_command_is_refused(arguments, capsys):
    with pytest.raises(SystemExit):
        run(arguments, print)

    assert "usage: python -m operations" in capsys.readouterr().err
