"""The setting decides where credentials are."""

import pytest

from docket.auth.account_security.credentials import credentials
from docket.auth.cognito import credentials as in_pool
from docket.auth.jwt import credentials as in_table


@pytest.mark.parametrize(
    ("identity_provider", "module"),
    [("jwt_stage", in_table), ("pool", in_pool)],
    indirect=["identity_provider"],
)
def test_the_identity_has_the_credentials(identity_provider, module):
    assert credentials() is module
