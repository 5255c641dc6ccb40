"""The settings of the stages in which accounts live, beside those of lives of orders."""

import json
from dataclasses import asdict

from infra.setting_types.rate_limits import UNLIMITED
from tests.simulation.environment import settings as lives

SITE = "https://docket.test"
SENDER = "Docket <no-reply@docket.test>"
TOKEN_SECRET, SEALING_SECRET = "token-key", "sealing-key"

FEEDBACK = lives.queue_of("feedback")

ACCESS_SECONDS = 900
REAUTHENTICATION_SECONDS = 900

MAX_SKEW_SECONDS = 1.0
"""Far more than of functions at AWS. What ends sessions compares times, which must not differ by
minutes."""

SETTINGS = {
    **lives.SETTINGS,
    "DOCKET_IDENTITY_PROVIDER": "jwt",
    "DOCKET_AUTHORIZER": "lambda",
    "DOCKET_TOKEN_SECRET": TOKEN_SECRET,
    "DOCKET_SEALING_SECRET": SEALING_SECRET,
    "DOCKET_ISSUER": "docket",
    "DOCKET_AUDIENCE": "docket-api",
    "DOCKET_ACCESS_TOKEN_SECONDS": str(ACCESS_SECONDS),
    "DOCKET_REFRESH_TOKEN_SECONDS": str(30 * 86_400),
    "DOCKET_SESSION_SECONDS": str(180 * 86_400),
    "DOCKET_REAUTHENTICATION_SECONDS": str(REAUTHENTICATION_SECONDS),
    "DOCKET_RATE_LIMITS": json.dumps(asdict(UNLIMITED)),
    "DOCKET_SITE_SCHEME": "https",
    "DOCKET_VERIFICATION": "before_payment",
    "DOCKET_SITE_URL": SITE,
    "DOCKET_MAIL_SENDER": SENDER,
    "DOCKET_MAIL_CONFIGURATION": "docket-simulation",
}

UNVERIFIED = {"DOCKET_VERIFICATION": "never"}
"""A stage that verifies no address by mail."""

SECRETS = {
    TOKEN_SECRET: {"kid": "1", "key": "the key of tokens in all lives"},
    SEALING_SECRET: {"key": "the key that seals in all lives"},
}
