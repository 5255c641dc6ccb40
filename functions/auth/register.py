"""POST /api/v1/auth/register: create an account."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response, content_types

from docket.api import api, device, idempotency_key
from docket.auth import accounts, new_passwords
from docket.domain.accounts.user import address_of
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import now
from docket.schemas.accounts.auth import RegisterRequest, RegisterResponse
from docket.table import rate_limits
from docket.workflows.accounts import mails

app = api(public=True)


@app.post("/api/v1/auth/register", status_code=201)
def register(registration: RegisterRequest) -> Response[RegisterResponse]:
    """Create an account. An address has at most one; letter case is ignored.

    Where addresses are verified by mail, the response is 202 whether the address has an account or
    not, and a mail goes to the address. Otherwise it is 201 or 409.
    """
    new_passwords.require_acceptable(
        registration.password, registration.email, registration.full_name
    )
    most, client = config.read(config.RateLimits).of("register"), device(app)
    rate_limits.count("register", network(client.address), most=most, at=now())
    key = idempotency_key(app)
    if not config.read(config.Verification).is_on:
        user = accounts().register(registration, key=key, at=now())
        return _response(HTTPStatus.CREATED, RegisterResponse.of(user))
    rate_limits.count_mail(address_of(registration.email), "register", at=now())
    mail = accounts().register_by_mail(registration, key=key, language=client.language, at=now())
    mails.call_worker(mail)
    return _response(HTTPStatus.ACCEPTED, RegisterResponse.by_mail())


def _response(status: HTTPStatus, body: RegisterResponse) -> Response[RegisterResponse]:
    return Response(status, content_types.APPLICATION_JSON, body)


handler = app.resolve
