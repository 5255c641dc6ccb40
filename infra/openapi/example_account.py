"""The account that the examples of the API's description show: its sessions, keys and export."""

from datetime import timedelta

from docket.domain.accounts.api_key import ApiKey
from docket.domain.accounts.export import Archive, Export
from docket.domain.accounts.passkey import Passkey, RelyingParty
from docket.domain.accounts.user import Caller, Device, Session
from docket.schemas.accounts.second_factors import (
    RecoveryCodesResponse,
)
from docket.schemas.ids import (
    EXAMPLE_API_KEY_ID,
    EXAMPLE_PASSKEY_ID,
    EXAMPLE_SESSION_ID,
)
from infra.openapi.example_order import (
    CREATED_AT,
    PAID_AT,
    READ_DOCUMENT,
    USER,
)

RELYING_PARTY = RelyingParty(id="docket.example.com", origin="https://docket.example.com")
PASSKEY = Passkey(
    id=EXAMPLE_PASSKEY_ID,
    user_id=USER.id,
    credential_id="hQk2p7Zb1mVt0cXoYw3rJg",
    public_key="",
    sign_count=0,
    is_synced=True,
    name="Firefox on Windows",
    created_at=CREATED_AT,
    used_at=PAID_AT,
)
CHALLENGE = "k7dC2vT9sLr4NcYk8ZpJ6aHd3Fe47Ysg"

SESSION = Session(
    id=EXAMPLE_SESSION_ID,
    user_id=USER.id,
    refresh_hash="",
    created_at=CREATED_AT,
    used_at=PAID_AT,
    verified_at=CREATED_AT,
    expires_at=PAID_AT + timedelta(days=30),
    ends_at=CREATED_AT + timedelta(days=180),
    device=Device(address="203.0.113.7", agent="Firefox/140.0 (Windows NT 10.0)", place="Bern, CH"),
)
API_KEY_TEXT = "dk_live_Gq7xWmB2vT9sLr4NcYk8ZpJ6aHd3Fe47YsgW"
API_KEY = ApiKey(
    id=EXAMPLE_API_KEY_ID,
    user_id=USER.id,
    hash="",
    hint="dk_live_Gq7x",
    name="Accounting import",
    scopes=("read", "write"),
    created_at=CREATED_AT,
    expires_at=CREATED_AT + timedelta(days=90),
    last_used_at=PAID_AT,
)
SESSION_CALLER = Caller(user_id=USER.id, session_id=SESSION.id)

RECOVERY_CODES = RecoveryCodesResponse(
    recovery_codes=["K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D", "MFRG-GZDF-MZTW-Q2LK-7BSU-X4PA-6YOC"]
)

EXPORT = Export.requested("01JDB2V3W4X5Y6Z7A8B9C0D1E4", USER.id, "en", at=PAID_AT)
_ARCHIVE = Archive(id="01JDB2V3W4X5Y6Z7A8B9C0D1E5", size_bytes=1_048_576)
READY_EXPORT = EXPORT.with_archive(_ARCHIVE, READ_DOCUMENT.id, at=PAID_AT).ready(at=PAID_AT)
