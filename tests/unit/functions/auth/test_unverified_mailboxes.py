"""What a stranger who has registered the address of somebody else can have mailed to its owner."""

from functions.account import delete
from functions.auth import login, register
from tests.unit.functions.conftest import ADA, PASSWORD, WITH_EACH_IDENTITY, jwt_unless_parametrized

identity_provider = jwt_unless_parametrized


@WITH_EACH_IDENTITY
def test_no_act_of_the_stranger_is_mailed(call, verifying, inbox, sign_in):
    body = {"email": ADA, "password": PASSWORD}
    assert call(register, "POST", "register", body).status == 202
    inbox()

    for _ in range(3):
        assert call(login, "POST", "login", body).status == 200
    assert call(delete, "DELETE", "me", caller=sign_in()).status == 202

    assert inbox() == []
