"""The command line."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from docket.domain.errors import OrderNotFound, PaymentsUnreachable
from docket.domain.orders.order import OrderStatus
from docket.gateways import stripe_ranges
from docket.gateways.mail import MailRefused, NotSent, PossiblySent
from docket.gateways.stripe_ranges import Range
from docket.runtime.clock import now
from operations import (
    accounts,
    mail,
    orders,
    reconcile,
    redrive,
    refund,
    rotation,
    show,
    snapshot,
    unrecorded,
)
from operations.accounts import InUserPool, NoSuchAccount
from operations.deployment import NotDeployed, Operator, connect
from operations.refund import NothingToRefund

SETTLING = timedelta(minutes=5)
"""What is younger may still be under way, so `reconcile` leaves it to the next run."""
USUAL_RANGE = timedelta(days=7)

type Print = Callable[[str], None]
type Command = Callable[[argparse.Namespace, Operator], Iterator[str]]
"""Does what is wanted, and yields lines to print."""


class _Differs(Exception):
    """`reconcile` found a difference."""


def run(arguments: Sequence[str], write: Print) -> int:
    """Run a command and print its lines. Returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        _act(options, write)
    except NotDeployed:
        write(f"This account has no stage {options.stage} in this region.")
    except OrderNotFound:
        write("There is no such order.")
    except NoSuchAccount:
        write("There is no such account.")
    except InUserPool:
        write("The sessions of this stage are those of its user pool: use Cognito's own tools.")
    except NothingToRefund as error:
        write(f"Nothing to refund: {error}.")
    except (NotSent, PossiblySent, MailRefused) as error:
        code = f" ({error})" if str(error) else ""
        write(f"SES has not done it{code}. Run the command again.")
    except PaymentsUnreachable:
        write("Stripe does not answer. Run the command again.")
    except _Differs:
        return 1
    else:
        return 0
    return 2


def _act(options: argparse.Namespace, write: Print) -> None:
    act: Command = options.run
    for line in act(options, connect(options.stage)):
        write(line)


def _orders(options: argparse.Namespace, _: Operator) -> Iterator[str]:
    return orders.lines(snapshot.of_table(), status=options.status, owing=options.owing)


def _show(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return show.lines(snapshot.of_table(), options.order, operator.stage)


def _refund(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return refund.refund(snapshot.of_table(), options.order, options.payment, operator)


def _acknowledge(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return refund.acknowledge(snapshot.of_table(), options.order, options.refund, operator)


def _redrive(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return redrive.redrive(options.queues, operator)


def _allow_mail(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return mail.allow_mail(options.address, operator)


def _rotate(_: argparse.Namespace, operator: Operator) -> Iterator[str]:
    return rotation.rotate(operator, at=now())


def _account_command(act: Callable[..., Iterator[str]]) -> Command:
    def run_on_account(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
        return act(options.account, operator, at=now())

    return run_on_account


def _cancel_unrecorded(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    latest = now() - unrecorded.SHORTEST_AGE
    until = min(options.until or latest, latest)
    within = Range(since=options.since or until - USUAL_RANGE, until=until)
    intents = list(stripe_ranges.intents(within))
    return unrecorded.cancel(intents, snapshot.of_table(), operator)


def _reconcile(options: argparse.Namespace, operator: Operator) -> Iterator[str]:
    at = now()
    until = options.until or at - SETTLING
    within = Range(since=options.since or until - USUAL_RANGE, until=until)
    count = 0
    for difference in reconcile.differences(operator.stage, within, at):
        yield str(difference)
        count += 1
    yield f"{count} differences from {within.since:%Y-%m-%dT%H:%MZ} to {until:%Y-%m-%dT%H:%MZ}"
    if count:
        raise _Differs


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m operations")
    commands = parser.add_subparsers(required=True)

    def command(name: str, act: Command, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.add_argument("--stage", required=True)
        added.set_defaults(run=act)
        return added

    listing = command("orders", _orders, "List the orders of all customers with what they owe.")
    listing.add_argument("--status", type=OrderStatus, choices=list(OrderStatus))
    listing.add_argument("--owing", action="store_true", help="only with money or work owed")
    command("show", _show, "Show everything about an order.").add_argument("order")
    returned = command("refund", _refund, "Return what is left of an order's payment.")
    returned.add_argument("order")
    returned.add_argument("--payment", metavar="INTENT", help="instead of the current one")
    ended = command("acknowledge", _acknowledge, "End a failed refund: it was returned otherwise.")
    ended.add_argument("order")
    ended.add_argument("refund", help="its id, as `show` has it")
    moved = command("redrive", _redrive, "Move dead letters back to their queues.")
    moved.add_argument("queues", nargs="*", metavar="QUEUE", help="such as uploads; else all")
    command("rotate-keys", _rotate, "Take the next step of replacing the key of access tokens.")
    for name, act, text in (
        ("end-sessions", accounts.end_sessions, "End all sessions of an account."),
        ("disable", accounts.disable, "Disable an account: its sessions end, no other begins."),
        ("enable", accounts.enable, "Let the owner of a disabled account sign in again."),
        (
            "remove-second-factor",
            accounts.remove_second_factor,
            "Turn the second factor of an account off, whose owner has lost it.",
        ),
        (
            "remove-passkeys",
            accounts.remove_passkeys,
            "Remove all passkeys of an account, which others have, too.",
        ),
    ):
        added = command(name, _account_command(act), text)
        added.add_argument("account", help="its id or its email address")
    allowed = command("allow-mail", _allow_mail, "Send mail again to an address that bounced.")
    allowed.add_argument("address")
    unused = command(
        "cancel-unrecorded", _cancel_unrecorded, "Cancel open intents that the table has not."
    )
    usual = f"such as 2026-11-01; else {USUAL_RANGE.days} days"
    unused.add_argument("--since", type=_time, help=usual)
    latest = f"{unrecorded.SHORTEST_AGE.days} days ago at the latest"
    unused.add_argument("--until", type=_time, help=latest)
    compared = command("reconcile", _reconcile, "Compare Stripe, table, bucket and queues.")
    compared.add_argument("--since", type=_time, help=usual)
    compared.add_argument("--until", type=_time, help=f"else {SETTLING.seconds // 60} minutes ago")
    return parser


def _time(text: str) -> datetime:
    """ISO 8601, in UTC unless it names another zone."""
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
