"""Calls and their faults: a call has a response, or its connection ends without one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from local.stripe_double.api import Api, Call, Reply
from local.stripe_double.state.faults import CallFault, Faults


@dataclass(frozen=True)
class NoReply:
    """The connection ends without a response: at once if it is reset, or after `seconds`."""

    kind: Literal["timeout", "reset"]
    seconds: float = 0


class Calls:
    """Answers calls, each with the fault that is set for it.

    `wait` passes the seconds of a slow call. `record` notes a call: its method and path, the status
    of its response (None without one), and its error or its fault.
    """

    def __init__(
        self,
        api: Api,
        faults: Faults,
        *,
        wait: Callable[[float], object],
        record: Callable[[str, str, int | None, str | None], None],
    ) -> None:
        self._api = api
        self._faults = faults
        self._wait = wait
        self._record = record

    def answer(self, call: Call) -> Reply | NoReply:
        """The response, or none if a fault ends the connection; a fault may run the call before."""
        fault = self._faults.next_for(call.method, call.path)
        if fault is None:
            return self._execute(call)
        name = f"{fault.kind} {fault.when}"
        if fault.kind == "slow":
            return self._answer_slowly(call, fault, name)
        if fault.kind == "stored_error":
            reply = self._api.answer(call, failing=fault.when)
            self._record(call.method, call.path, reply.status, name)
            return reply
        if fault.when == "after":
            self._execute(call, name)
        else:
            self._record(call.method, call.path, None, name)
        return self._failure(fault)

    def _execute(self, call: Call, fault: str | None = None) -> Reply:
        reply = self._api.answer(call)
        error = reply.body.get("error")
        self._record(call.method, call.path, reply.status, fault or (error and error.get("code")))
        return reply

    def _answer_slowly(self, call: Call, fault: CallFault, name: str) -> Reply:
        """The seconds pass while the call's idempotency key is in use, or after the effect."""
        before = fault.seconds if fault.when == "before" else 0
        reply = self._api.answer(call, lambda: self._wait(before))
        self._record(call.method, call.path, reply.status, name)
        if fault.when == "after":
            self._wait(fault.seconds)
        return reply

    def _failure(self, fault: CallFault) -> Reply | NoReply:
        if fault.kind == "error":
            return self._api.server_error()
        if fault.kind == "rate_limit":
            return self._api.rate_limited()
        if fault.kind == "lock_timeout":
            return self._api.lock_timeout()
        return NoReply("timeout", fault.seconds) if fault.kind == "timeout" else NoReply("reset")
