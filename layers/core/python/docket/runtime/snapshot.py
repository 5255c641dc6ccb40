"""SnapStart: what is done before a snapshot is taken, and after each copy of it is restored.

Lambda runs a function's imports once, stores the memory of that process as a snapshot, and restores
every later process from it. What is made before the snapshot costs no caller any time, and is the
same in all copies. The rules follow from AWS's page "Handling uniqueness with Lambda SnapStart":

- AWS clients are made before the snapshot. They hold no connection and no fixed credentials: with
  SnapStart botocore fetches credentials from an endpoint, and again when they have expired.
- Secrets are read after it. A snapshot may be weeks old, and would bring a rotated key back.
- Connections are opened after it, on the first call.
- Ids and tokens come from the operating system's random numbers, which differ between copies. The
  state of Python's `random`, from which Docket and botocore draw their waits, does not: without a
  new seed, all copies that were throttled together would repeat their requests together.

Where no snapshots are taken, none of this happens, and clients are made on first use.
"""

import random
from collections.abc import Callable

try:
    import snapshot_restore_py as lambda_hooks
except ModuleNotFoundError:  # it is a part of Lambda's own runtime, and is needed nowhere else
    lambda_hooks = None


def before_snapshot[F: Callable[..., object]](prepare: F) -> F:
    """Decorator: call the function, which has no required parameters, before the snapshot."""
    if lambda_hooks:
        lambda_hooks.register_before_snapshot(prepare)
    return prepare


def after_restore[F: Callable[..., object]](reset: F) -> F:
    """Decorator: call the function, which has no required parameters, in each restored copy."""
    if lambda_hooks:
        lambda_hooks.register_after_restore(reset)
    return reset


@after_restore
def seed_random() -> None:
    """Seed Python's `random` from the operating system."""
    random.seed()
