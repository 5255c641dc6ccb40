import pytest

from docket.auth.verification import require_verified
from docket.domain.accounts.user import Caller
from docket.domain.errors import NotVerified
from docket.runtime import config
from docket.table.accounts import users
from tests.make_people import a_credential

ADA = Caller(user_id="ada", session_id="S1")
ACTS = ("order", "payment")


@pytest.fixture
def refused(jwt_stage, monkeypatch):
    """The acts that the stage refuses to an account, by the setting."""

    def refused_acts(setting, *, verified=False):
        monkeypatch.setenv("DOCKET_VERIFICATION", setting)
        config._load.cache_clear()
        users.add(a_credential(email_verified=verified))
        return {act for act in ACTS if is_refused(act)}

    return refused_acts


def is_refused(act):
    try:
        require_verified(ADA, before=act)
    except NotVerified:
        return True
    return False


@pytest.mark.parametrize(
    ("setting", "acts"),
    [("never", set()), ("before_payment", {"payment"}), ("before_order", {"order", "payment"})],
)
def test_the_setting_decides_what_needs_a_verified_address(refused, setting, acts):
    assert refused(setting) == acts


def test_a_verified_account_may_do_everything(refused):
    assert refused("before_order", verified=True) == set()
