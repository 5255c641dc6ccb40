import json

import pytest
from argon2 import PasswordHasher

from docket.auth import password_hashing
from docket.domain import rate_limits
from docket.domain.accounts.second_factor import RECOVERY_CODES
from docket.runtime import clock, config
from docket.table import client
from docket.table.accounts import account_access, users
from functions.account import change_password
from functions.auth import login, reset_password
from tests.dynamodb_faults import before_write, lost_replies
from tests.table_state import stored
from tests.unit.functions.conftest import (
    ADA,
    PASSWORD,
    WITH_EACH_IDENTITY,
    App,
    authorized,
    jwt_unless_parametrized,
)

identity_provider = jwt_unless_parametrized

RECOVERY_CODE = "K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D"
"""Of nobody."""


@WITH_EACH_IDENTITY
def test_a_code_opens_a_session(authenticator, first_step, second_step):
    reply = second_step(first_step(), authenticator.next_code())

    assert authorized(reply.json["access_token"])["user_id"]
    assert reply.refresh_token
    assert reply.device_token


@WITH_EACH_IDENTITY
@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_recovery_code_opens_one_session_and_is_noticed(
    authenticator, first_step, second_step, written
):
    code = written(authenticator.recovery_codes[3])

    assert second_step(first_step(), code).status == 200
    assert second_step(first_step(), code).refusal == (401, "wrong_code")
    (mail,) = [item for item in stored() if item.get("kind") == "recovery_code_used"]
    assert mail["params"]["left"] == str(RECOVERY_CODES - 1)


def test_a_code_of_the_app_is_valid_once(authenticator, first_step, second_step):
    code = authenticator.next_code()
    assert second_step(first_step(), code).status == 200

    assert second_step(first_step(), code).refusal == (401, "wrong_code")


@pytest.mark.parametrize(("late", "status"), [(0, 200), (30, 200), (90, 401)])
def test_a_code_is_accepted_for_a_period_more_than_it_is_shown(
    authenticator, first_step, second_step, late, status
):
    code = authenticator.next_code(60)
    authenticator.next_code(late)

    assert second_step(first_step(), code).status == status


def test_a_wrong_code_opens_nothing(authenticator, first_step, second_step):
    wrong = str((int(authenticator.next_code()) + 1) % 1_000_000).zfill(6)

    for code in (wrong, RECOVERY_CODE, "123456"):
        assert second_step(first_step(), code).refusal == (401, "wrong_code")


def test_codes_are_limited_for_the_account(authenticator, first_step, second_step):
    token = first_step()
    statuses = [second_step(token, RECOVERY_CODE).status for _ in range(11)]

    assert statuses == [401] * 10 + [429]
    assert second_step(token, authenticator.next_code(0)).status == 429


@pytest.fixture
def tries_of_a_day(authenticator, first_step, second_step, monkeypatch):
    """Somebody who has the password tries codes until the limit of a day."""
    monkeypatch.setattr(rate_limits, "OWNER_DAY_LIMIT", 3)
    token = first_step()
    return [second_step(token, RECOVERY_CODE).status for _ in range(4)]


def test_codes_are_limited_for_the_day(tries_of_a_day):
    """Else one of 1,440 a day is right with a good chance within months."""
    assert tries_of_a_day == [401] * 3 + [429]


@pytest.mark.usefixtures("tries_of_a_day")
def test_a_reset_lets_the_owner_in_whose_codes_are_used_up(
    call, forget, authenticator, second_step
):
    body = {"token": forget()[-1], "password": "nine yellow umbrellas"}
    device = call(reset_password, "POST", "reset-password", body).device_token
    cookies = {"cookies": (f"__Host-docket_device={device}",)}
    body = {"email": ADA, "password": "nine yellow umbrellas"}
    step = call(login, "POST", "login", body, **cookies).json["mfa_token"]

    assert second_step(step, authenticator.next_code(), **cookies).status == 200


def test_a_known_device_gets_in_however_many_strangers_guess(
    authenticator, first_step, second_step
):
    device = second_step(first_step(), authenticator.next_code()).device_token
    cookie = (f"__Host-docket_device={device}",)
    token = first_step()
    for _ in range(11):
        second_step(token, RECOVERY_CODE)

    assert (
        second_step(first_step(cookies=cookie), authenticator.next_code(), cookies=cookie).status
        == 200
    )


def test_the_first_step_expires(authenticator, first_step, second_step, clock_at):
    token = first_step()
    code = authenticator.next_code(301)

    assert second_step(token, code).refusal == (401, "login_expired")


def test_the_token_of_the_first_step_is_no_access_token(
    authenticator, first_step, second_step, session
):
    token = first_step()

    assert authorized(token).keys() == {"token"}
    assert second_step(session["token"], authenticator.next_code()).refusal == (
        401,
        "login_expired",
    )


def test_a_changed_password_voids_the_first_step(authenticator, first_step, second_step):
    token = first_step()
    credential = users.credential(ADA)
    assert credential
    client.write(*users.password_writes(credential, "another hash"))

    assert second_step(token, authenticator.next_code()).refusal == (401, "login_expired")


@WITH_EACH_IDENTITY
def test_a_disabled_account_opens_no_session(authenticator, first_step, second_step, session):
    token = first_step()
    client.write(account_access.disable_write(session["user_id"], at=clock.now()))

    assert second_step(token, authenticator.next_code()).refusal == (403, "account_disabled")


def test_another_address_or_password_leaves_the_factor(
    authenticator, call, session, first_step, second_step
):
    body = {"password": PASSWORD, "new_password": "nine yellow umbrellas"}
    assert call(change_password, "POST", "change-password", body, caller=session).status == 200

    reply = call(login, "POST", "login", {"email": ADA, "password": "nine yellow umbrellas"})

    assert second_step(reply.json["mfa_token"], authenticator.next_code()).status == 200


def test_lost_replies_have_one_effect(request, first_step, second_step):
    with lost_replies(4):
        authenticator = request.getfixturevalue("authenticator")
    with lost_replies(4):
        assert second_step(first_step(), authenticator.next_code()).status == 200


def test_a_session_does_not_escape_a_password_that_changes_meanwhile(
    authenticator, first_step, second_step, call, session
):
    token, code = first_step(), authenticator.next_code()
    body = {"password": PASSWORD, "new_password": "nine yellow umbrellas"}

    def change():
        assert call(change_password, "POST", "change-password", body, caller=session).status == 200

    with before_write(change, number=4):  # after three counters
        refused = second_step(token, code)

    assert refused.refusal == (401, "login_expired")


@WITH_EACH_IDENTITY
def test_a_login_does_not_escape_a_factor_that_is_turned_on_meanwhile(
    call, ada, begin_factor, confirm_factor, clock_at
):
    app = App(begin_factor().json["secret"], clock_at)

    def turn_on():
        assert confirm_factor(app.next_code()).status == 200

    with before_write(turn_on, number=3):  # after the counters of the attempt
        refused = call(login, "POST", "login", ada)

    assert refused.refusal == (409, "changed_meanwhile")
    assert call(login, "POST", "login", ada).json["mfa_required"]


@pytest.fixture
def limits(monkeypatch):
    """Set limits of the second factor."""

    def limit(**most):
        stored_limits = config.read(config.RateLimits)
        second_factor = stored_limits.of("second_factor").model_copy(update=most)
        new_limits = {**stored_limits.rate_limits, "second_factor": second_factor}
        text = json.dumps({name: limit.model_dump() for name, limit in new_limits.items()})
        monkeypatch.setenv("DOCKET_RATE_LIMITS", text)
        config._load.cache_clear()

    return limit


def test_right_codes_are_not_counted_for_the_network(
    authenticator, first_step, second_step, limits
):
    limits(network=2, site=2)

    for code in authenticator.recovery_codes[:3]:
        assert second_step(first_step(), code).status == 200


def test_wrong_codes_are_counted_for_the_network(authenticator, first_step, second_step, limits):
    limits(network=2, site=9)
    for _ in range(2):
        assert second_step(first_step(), "123456").status == 401

    assert second_step(first_step(), authenticator.recovery_codes[0]).status == 429


@pytest.mark.parametrize("most", [{"network": 3}, {"site": 3}, {"everyone": 3}])
def test_no_stranger_in_the_network_locks_out_a_known_device(
    authenticator, first_step, second_step, limits, most
):
    device = second_step(first_step(), authenticator.next_code()).device_token
    cookie = (f"__Host-docket_device={device}",)
    limits(**most)
    while second_step(first_step(), "123456").status != 429:
        pass

    reply = second_step(first_step(cookies=cookie), authenticator.next_code(), cookies=cookie)

    assert reply.status == 200


@pytest.fixture
def outdated(authenticator, monkeypatch):
    """The parameters of hashes are raised after the account has stored one."""
    raised = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    monkeypatch.setattr(password_hashing, "_HASHER", raised)


def is_outdated():
    credential = users.credential(ADA)
    assert credential
    assert credential.password_hash
    return password_hashing.is_outdated(credential.password_hash)


def test_a_first_step_replaces_an_outdated_hash(outdated, first_step):
    assert is_outdated()

    first_step()

    assert not is_outdated()


def test_two_first_steps_replace_an_outdated_hash(outdated, first_step):
    with before_write(first_step, number=4):  # after the counters, and that of the success
        assert first_step()

    assert not is_outdated()


def test_a_first_step_with_a_lost_reply_replaces_an_outdated_hash(outdated, first_step):
    with lost_replies(skipped=3):
        assert first_step()

    assert not is_outdated()


@WITH_EACH_IDENTITY
def test_the_second_step_ends_the_session_whose_cookie_it_replaces(
    authenticator, first_step, second_step
):
    first = second_step(first_step(), authenticator.next_code())
    cookies = (f"__Host-docket_refresh={first.refresh_token}",)

    token = first_step(cookies=cookies)
    assert authorized(first.json["access_token"])["user_id"]

    assert second_step(token, authenticator.next_code(), cookies=cookies).status == 200
    assert authorized(first.json["access_token"]).keys() == {"token"}


def test_each_code_is_logged_with_its_factor(authenticator, first_step, second_step, logged_tries):
    for code in ("123456", authenticator.next_code(), authenticator.recovery_codes[0]):
        second_step(first_step(), code)

    codes = [(result, factor) for result, _, factor in logged_tries() if factor != "password"]
    assert codes == [("refused", "code"), ("accepted", "app"), ("accepted", "recovery_code")]
