"""POST /api/v1/auth/register: create an account."""

from docket.api import api, device, idempotency_key
from docket.auth import accounts
from docket.domain import passwords
from docket.domain.rate_limits import network
from docket.runtime import config
from docket.runtime.clock import now
from docket.schemas.auth import RegisterRequest, RegisterResponse
from docket.table import rate_limits

app = api(public=True)


@app.post("/api/v1/auth/register", status_code=201)
def register(registration: RegisterRequest) -> RegisterResponse:
    """Create an account. An address has at most one; letter case is ignored."""
    passwords.require_acceptable(registration.password, registration.email)
    most = config.read(config.RateLimits).of("register")
    rate_limits.count("register", network(device(app).address), most=most, at=now())
    user = accounts().register(registration, key=idempotency_key(app), at=now())
    return RegisterResponse.of(user)


handler = app.resolve
