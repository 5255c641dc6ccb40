"""The transport of Stripe's SDK that calls the double in this process, without a socket."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import urlsplit

import stripe

from local.stripe_double.api import Call, Reply
from local.stripe_double.calls import NoReply

# The SDK's constructor has no types.
_NO_CONNECTION: Callable[..., Exception] = stripe.APIConnectionError


class DirectClient(stripe.HTTPClient):
    """Give it to a `StripeClient` as its `http_client`: only the host of its addresses is ignored.

    A client that is not answered gives up after `timeout` seconds. It passes them, and the pauses
    before its retries, with `sleep`: a simulation advances its clock there.
    """

    name: ClassVar[str] = "direct"

    def __init__(
        self,
        answer: Callable[[Call], Reply | NoReply],
        *,
        timeout: float,
        sleep: Callable[[float], object],
    ) -> None:
        super().__init__()
        self._answer = answer
        self._timeout = timeout
        self._sleep = sleep

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        *,
        _usage: list[str] | None = None,
    ) -> tuple[str, int, Mapping[str, str]]:
        """Call the double."""
        parts = urlsplit(url)
        names = {name.lower(): value for name, value in (headers or {}).items()}
        outcome = self._answer(
            Call(method.upper(), parts.path, parts.query, post_data or "", names)
        )
        if isinstance(outcome, NoReply):
            self._sleep(min(outcome.seconds, self._timeout))
            raise _NO_CONNECTION(f"The double did not respond ({outcome.kind}).", should_retry=True)
        lower = {name.lower(): value for name, value in outcome.headers.items()}
        return outcome.text, outcome.status, lower

    def close(self) -> None:
        """There is no connection."""

    def _sleep_time_seconds(self, num_retries: int) -> float:
        """Pass the SDK's pause before a retry, without its random part, and leave it none."""
        self._sleep(min(self.INITIAL_DELAY * 2 ** (num_retries - 1), self.MAX_DELAY))
        return 0
