"""Changes of an account in a pool that overlap, are interrupted, or arrive late.

Another request runs, or everything ends, before each call of a change that writes to the table or
to the pool. After a reset only its password works, and of a change that was refused nothing stays.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ReadTimeoutError

from docket.auth import accounts
from docket.auth.account_security import addresses, passwords
from docket.auth.account_security.link_proofs import LinkProof
from docket.domain.accounts.one_time_link import LinkPurpose
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import (
    ConcurrentChange,
    DocketError,
    IdentityUnreachable,
    LinkInvalid,
)
from docket.gateways import cognito
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest
from docket.table import client
from docket.table.accounts import account_access, one_time_links, sessions, users
from docket.table.accounts.pool import pool_leases
from tests.table_state import open_session

pytestmark = pytest.mark.usefixtures("pool")

PASSWORD = "seven purple bicycles"
CHANGED, RESET, OTHER_RESET = "nine yellow umbrellas", "five green hammocks", "two orange lanterns"
DEVICE = RequestDevice(address="203.0.113.7")
MOST_CALLS = 40

TABLE_WRITES = ("update_item", "transact_write_items")
POOL_WRITES = ("admin_set_user_password", "admin_update_user_attributes")


class Died(BaseException):
    """The function has ended: no call of it is sent any more."""


@contextmanager
def calls_to(intercept: Callable[[str, Callable[[], object]], object]) -> Iterator[None]:
    """Let `intercept` have each call that writes, by its name and the call itself."""
    wrapped: list[tuple[Any, str]] = [(client.dynamodb(), name) for name in TABLE_WRITES]
    wrapped += [(cognito._client(), name) for name in POOL_WRITES]
    with ExitStack() as stack:
        stack.enter_context(patch("time.sleep"))
        for system, name in wrapped:
            real = getattr(system, name)

            def call(real=real, name=name, **request):
                return intercept(name, lambda: real(**request))

            stack.enter_context(patch.object(system, name, call))
        yield


class Account:
    """An account with two sessions, links to reset its password, and a change of its address."""

    def __init__(self, number: int) -> None:
        self.address, self.new_address = f"ada{number}@example.com", f"new{number}@example.com"
        request = RegisterRequest(email=self.address, password=PASSWORD)
        self.user = accounts().register(request, key=None, at=now())
        self.session = open_session(self.user.id)
        self.other_session = open_session(self.user.id, "S2")
        self.token = self._link(LinkPurpose.RESET_PASSWORD, self.address)
        counted = addresses.count_change(self.session, self.new_address, at=now())
        mail, _ = addresses.request_change(self.session, *counted, language="en")
        purpose = LinkPurpose.CONFIRM_NEW_ADDRESS
        self.address_token = self._link(purpose, self.new_address, about=mail.about)

    def _link(self, purpose, address, *, about=None):
        token, link = one_time_links.create(purpose, self.user, address, at=now(), about=about)
        client.write(one_time_links.put(link))
        return token

    def change(self, session_id="S1", password=CHANGED):
        caller = Caller(user_id=self.user.id, session_id=session_id)
        session = sessions.require_open_session(caller, at=now())
        passwords.change(session, PASSWORD, password, device=DEVICE, at=now())

    def change_in_another_session(self):
        self.change("S2", OTHER_RESET)

    def reset(self, password=RESET, *, at=None):
        passwords.reset(self.token, password, device=DEVICE, at=at or now())

    def reset_again(self):
        self.reset(OTHER_RESET)

    def move(self):
        caller = Caller(user_id=self.user.id, session_id="S1")
        if not addresses.confirm_change(
            self.address_token, LinkProof(caller, None, DEVICE), at=now()
        ):
            raise LinkInvalid  # the reset has verified the old address, which has to confirm, too

    def end_sessions(self):
        account_access.end_sessions(self.user.id, at=now())

    @property
    def current(self):
        user = accounts().find_by_id(self.user.id)
        assert user
        return user

    @property
    def working(self):
        """Which of the passwords work."""
        every = (PASSWORD, CHANGED, RESET, OTHER_RESET)
        address = self.current.address
        return {text for text in every if cognito.authenticate(address, text)}


SETS = {
    Account.change: CHANGED,
    Account.change_in_another_session: OTHER_RESET,
    Account.reset: RESET,
    Account.reset_again: OTHER_RESET,
}
"""The password that an act sets."""

AT_ONCE = [
    (Account.change, Account.reset),
    (Account.reset, Account.change),
    (Account.reset, Account.reset_again),
    (Account.change, Account.change_in_another_session),
    (Account.move, Account.reset),
    (Account.reset, Account.move),
    (Account.change, Account.end_sessions),
    (Account.move, Account.end_sessions),
    (Account.reset, Account.end_sessions),
]


def succeeds(act, account):
    try:
        act(account)
    except DocketError:
        return False
    return True


def overtaken(first, second, account, number):
    """Whether each act succeeds; the second runs before that call of the first. None: no such."""
    calls, results = 0, []

    def intercept(_, send):
        nonlocal calls
        calls += 1
        if calls == number:
            calls += MOST_CALLS  # those of the second act count no more
            results.append(succeeds(second, account))
        return send()

    with calls_to(intercept):
        results.append(succeeds(first, account))
    return None if len(results) == 1 else (results[1], results[0])


@pytest.mark.parametrize(
    ("first", "second"), AT_ONCE, ids=[f"{a.__name__}-{b.__name__}" for a, b in AT_ONCE]
)
def test_of_two_acts_at_once_what_succeeds_last_decides(first, second):
    for number in range(1, MOST_CALLS):
        account = Account(number)
        outcome = overtaken(first, second, account, number)
        if outcome is None:
            break

        done = [act for act, is_done in zip((first, second), outcome, strict=True) if is_done]
        (password,) = [SETS[act] for act in done if act in SETS] or [PASSWORD]
        address = account.new_address if Account.move in done else account.address
        assert done
        assert (number, account.working) == (number, {password})
        assert (number, account.current.address) == (number, address)
        assert users.find(account.user.id) in {None, account.current}
    assert number > 3


def dies(act, account, number):
    """The call that the act was about to send as it died, which may arrive later; else None."""
    calls, left = 0, []

    def intercept(name, send):
        nonlocal calls
        calls += 1
        if calls == number:
            left.append((name, send))
        if left:
            raise Died
        return send()

    with calls_to(intercept):
        try:
            act(account)
        except Died:
            return left[0]
    return None


@pytest.mark.parametrize("act", [Account.change, Account.reset_again, Account.move])
@pytest.mark.parametrize("arrives", [True, False], ids=["arrives late", "is lost"])
def test_a_reset_wins_over_what_has_died_before(act, arrives):
    """A call to the pool that was on its way arrives before the lease of its request expires."""
    for number in range(1, MOST_CALLS):
        account = Account(number)
        left = dies(act, account, number)
        if left is None or account.current.version:
            break  # it was complete
        name, send = left
        with patch("time.sleep"):
            has_reset = succeeds(Account.reset, account)
        if name in POOL_WRITES and arrives:
            send()
        if not has_reset:
            if act is Account.move and account.current.address != account.address:
                with patch("time.sleep"):
                    assert void(account)
            account.reset(at=now() + pool_leases.LIFETIME + timedelta(seconds=1))

        assert (number, name, account.working) == (number, name, {RESET})
    assert number > 3


def void(account):
    """Whether the link of the change is void, and gives the account its address back."""
    late = now() + pool_leases.LIFETIME + timedelta(seconds=1)
    client.update(account_access.session_ended_write(account.user.id, at=late))
    proof = LinkProof(None, PASSWORD, DEVICE)
    with pytest.raises(LinkInvalid):
        addresses.confirm_change(account.address_token, proof, at=late)
    return account.current.address == account.address


@pytest.mark.parametrize("act", [Account.change, Account.reset_again])
def test_a_call_that_gets_no_answer_may_arrive_before_a_reset_and_not_after_it(act):
    account, left = Account(1), []

    def intercept(name, send):
        if name not in POOL_WRITES:
            return send()
        left.append(send)
        raise ReadTimeoutError(endpoint_url="https://cognito-idp.example")

    with calls_to(intercept), pytest.raises(IdentityUnreachable):
        act(account)
    with patch("time.sleep"), pytest.raises(ConcurrentChange):
        account.reset()
    left[0]()
    account.reset(at=now() + pool_leases.LIFETIME + timedelta(seconds=1))

    assert account.working == {RESET}


def test_of_a_call_that_was_repeated_nobody_says_that_it_had_no_effect():
    """Its first attempt may arrive after what takes it back, and not after a reset."""
    account = Account(1)

    def intercept(name, send):
        if name == "transact_write_items" and CHANGED in account.working:
            account.end_sessions()
        reply = send()
        if name == "admin_set_user_password":
            reply["ResponseMetadata"]["RetryAttempts"] = 1
        return reply

    with calls_to(intercept), pytest.raises(IdentityUnreachable):
        account.change()
    with patch("time.sleep"), pytest.raises(ConcurrentChange):
        account.reset()
    assert account.working == {PASSWORD}
