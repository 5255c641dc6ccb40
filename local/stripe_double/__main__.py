"""python -m local.stripe_double --port 4242 --state .local/stripe: run the double."""

import argparse
import signal
import sys
import threading
from pathlib import Path

from local.stripe_double import Endpoint, StripeDouble, StripeError, Timing


def main() -> int:
    """Run until a signal. The exit status: 1 if it cannot start, 2 for wrong arguments."""
    arguments = _arguments()
    if bool(arguments.webhook_url) != bool(arguments.webhook_secret):
        print("--webhook-url and --webhook-secret go together", file=sys.stderr)
        return 2
    try:
        webhook = (
            Endpoint(arguments.webhook_url, arguments.webhook_secret)
            if arguments.webhook_url
            else None
        )
        double = StripeDouble(
            arguments.state,
            port=arguments.port,
            secret_key=arguments.secret_key,
            publishable_key=arguments.publishable_key,
            webhook=webhook,
            timing=Timing(settle_seconds=arguments.settle_seconds),
        )
    except (OSError, StripeError) as error:
        print(f"The Stripe double can't start: {error}", file=sys.stderr)
        return 1
    end = threading.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: end.set())
    with double:
        print(f"The Stripe double is at {double.url}", flush=True)
        end.wait()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m local.stripe_double",
        description="A double of Stripe: http://127.0.0.1:PORT/ shows what it did.",
    )
    parser.add_argument("--port", type=int, default=0, help="0: a free port, printed at the start")
    parser.add_argument("--state", type=Path, required=True, help="directory of the data")
    parser.add_argument("--secret-key", default="sk_test_double")
    parser.add_argument("--publishable-key", default="pk_test_double")
    parser.add_argument("--webhook-url", help="where events are sent; can be set later")
    parser.add_argument("--webhook-secret")
    parser.add_argument(
        "--settle-seconds",
        type=float,
        default=Timing().settle_seconds,
        help="how long a bank debit is processing (default %(default)s)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
