"""Whether a request came through the distribution, and which of its headers can be trusted.

The distribution adds an edge key, a secret, the address of its viewer, and the host that it called.
Callers of the API's own address do not pass the distribution's defences, so that only endpoints
with a reason for it respond to them.
"""

import hmac
from typing import Any, Literal

from docket.domain import errors
from docket.runtime import config

KEY_HEADER = "x-docket-edge"
VIEWER_HEADER = "x-docket-viewer"
SITE_HEADER = "x-docket-site"

type Reachable = Literal["distribution", "anywhere"]
"""From where a function can be called."""


def admitted(event: dict[str, Any], reachable: Reachable) -> dict[str, Any]:
    """The event with the headers that can be trusted.

    Raises `DirectCall` if the function is only reachable through the distribution, and the request
    has none of its keys.
    """
    if reachable == "anywhere":
        # Without a key the caller may have written the headers of the distribution.
        headers = {
            name: value
            for name, value in event["headers"].items()
            if name not in (VIEWER_HEADER, SITE_HEADER)
        }
        return {**event, "headers": headers}
    if not _is_valid(event["headers"].get(KEY_HEADER, "")):
        raise errors.DirectCall
    return event


def _is_valid(sent: str) -> bool:
    """Whether it is a valid key. All are compared, so that the duration does not reveal which."""
    keys = config.read(config.Edge).edge_keys
    matches = [hmac.compare_digest(sent.encode(), key.encode()) for key in keys]
    return any(matches)
