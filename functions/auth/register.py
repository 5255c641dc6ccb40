"""POST /api/v1/auth/register: make an account."""

from docket import config
from docket.api import api, device, idempotency_key
from docket.clock import now
from docket.contract.auth import Registered, Registration
from docket.domain import passwords, tries
from docket.sign_in import accounts
from docket.table import throttles

app = api(public=True)


@app.post("/api/v1/auth/register", status_code=201)
def register(wanted: Registration) -> Registered:
    """Make an account. An address has one, however its letters are written."""
    passwords.require_good(wanted.password, wanted.email)
    throttles.count_registration(
        tries.network(device(app).address), most=config.read(config.Tries).registrations, at=now()
    )
    user = accounts().register(wanted, key=idempotency_key(app), at=now())
    return Registered.of(user)


handler = app.resolve
