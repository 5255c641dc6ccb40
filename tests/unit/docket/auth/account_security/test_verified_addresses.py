import pytest

from docket.auth.account_security.verified_addresses import require_verified_address
from docket.domain.errors import NotVerified
from docket.runtime import config
from tests.make_people import a_user


@pytest.mark.usefixtures("jwt_stage")
@pytest.mark.parametrize(
    ("setting", "is_required"), [("never", False), ("before_payment", True), ("before_order", True)]
)
def test_a_way_in_needs_a_verified_address_where_any_is_verified(setting, is_required, monkeypatch):
    monkeypatch.setenv("DOCKET_VERIFICATION", setting)
    config._load.cache_clear()

    require_verified_address(a_user(email_verified=True))
    if is_required:
        with pytest.raises(NotVerified):
            require_verified_address(a_user(email_verified=False))
    else:
        require_verified_address(a_user(email_verified=False))
