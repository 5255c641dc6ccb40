from datetime import timedelta

import pytest

from docket.domain.accounts.second_factor import SecondFactor, UsedCode
from docket.table import client
from docket.table.accounts import second_factors
from docket.table.client import ConditionFailed
from tests.make_people import THEN

pytestmark = pytest.mark.usefixtures("table")

LATER = THEN + timedelta(minutes=1)
FACTOR = SecondFactor(user_id="ada", sealed_secret="sealed", created_at=THEN)
OTHER = SecondFactor(user_id="ada", sealed_secret="another", created_at=LATER)


def confirm(factor=FACTOR, used_by="R1"):
    used = UsedCode(step=7)
    client.write(
        second_factors.confirm_write(factor, used, ["h1", "h2"], at=LATER, used_by=used_by)
    )


def use(used, used_by, factor=FACTOR):
    client.write(second_factors.use_write(factor, used, used_by=used_by))


@pytest.fixture
def confirmed():
    second_factors.begin(FACTOR)
    confirm()


def test_a_factor_is_confirmed_with_its_recovery_codes(confirmed):
    found = second_factors.find("ada")

    assert found
    assert (found.confirmed_at, found.last_step) == (LATER, 7)
    assert found.recovery_hashes == {"h1", "h2"}
    assert second_factors.find("eve") is None


def test_only_the_latest_factor_is_confirmed_and_once():
    second_factors.begin(FACTOR)
    second_factors.begin(OTHER)
    with pytest.raises(ConditionFailed):
        confirm()
    confirm(OTHER)

    with pytest.raises(ConditionFailed):
        confirm(OTHER, used_by="R2")
    with pytest.raises(ConditionFailed):
        second_factors.begin(FACTOR)


@pytest.mark.parametrize(
    ("used", "later"),
    [
        (UsedCode(step=8), UsedCode(step=9)),
        (UsedCode(recovery_hash="h1"), UsedCode(recovery_hash="h2")),
    ],
)
def test_a_code_is_used_once(confirmed, used, later):
    use(used, "R1")

    with pytest.raises(ConditionFailed):
        use(used, "R2")
    use(later, "R2")


def test_a_code_of_a_factor_that_was_replaced_is_refused(confirmed):
    with pytest.raises(ConditionFailed):
        use(UsedCode(step=8), "R2", OTHER)
    with pytest.raises(ConditionFailed):
        client.write(second_factors.renew_write(OTHER, ["h3"]))
    with pytest.raises(ConditionFailed):
        client.write(second_factors.remove_write(OTHER))
