"""API keys: created by a customer who is present, and recognised in requests."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from docket.auth.account_security.credentials import credentials
from docket.auth.account_security.verified_addresses import require_verified_address
from docket.domain.accounts import api_key
from docket.domain.accounts.api_key import ApiKey, UsableKey
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import OpenSession, RequestDevice
from docket.domain.errors import NotSignedIn
from docket.domain.notices import notice
from docket.runtime.clock import new_id
from docket.schemas.accounts.api_keys import CreateApiKeyRequest
from docket.table import rate_limits
from docket.table.accounts import api_keys, sessions


@dataclass(frozen=True, kw_only=True)
class NewApiKey:
    """A key, its text, which is stored nowhere, and the notice that is owed to its owner."""

    key: ApiKey
    text: str
    notice: Mail


def create(
    session: OpenSession, request: CreateApiKeyRequest, *, device: RequestDevice, at: datetime
) -> NewApiKey:
    """Create a key. Raises `TooManyKeys`, and `NotSignedIn` if the account is gone.

    Where addresses are verified, that of the account must be. Raises `NotVerified`.
    """
    user = credentials().account(session.user_id)
    if user is None:
        raise NotSignedIn
    require_verified_address(user)
    text = api_key.new_text(secrets.choice, mode=request.mode)
    key = ApiKey(
        id=new_id(),
        user_id=user.id,
        hash=_hash_of(text),
        hint=api_key.hint_of(text),
        name=request.name,
        scopes=api_key.ordered(request.scopes),
        created_at=at,
        expires_at=at + timedelta(days=request.expires_in_days),
        generation=session.access.key_generation,
        mode=request.mode,
    )
    kind, mail_id = MailKind.API_KEY_CREATED, new_id()
    mail = notice(kind, user, device, device.language, mail_id=mail_id, at=at, name=key.name)
    api_keys.create(key, mail, *sessions.open_writes(session))
    return NewApiKey(key=key, text=text, notice=mail)


def use(text: str, *, at: datetime) -> UsableKey | None:
    """The key of a request, if it may be used now. Raises `TooManyTries` beyond its rate.

    None if it may not, or is no key. The use is recorded, unless one was recorded shortly before.
    """
    if not api_key.is_well_formed(text):
        return None
    usable = api_keys.find_usable(_hash_of(text), at=at)
    if usable is None:
        return None
    key = usable.key
    rate_limits.count_key(key.id, at=at)
    return usable if key.is_use_recorded(at) or api_keys.record_use(key, at=at) else None


def _hash_of(text: str) -> str:
    """A fast hash is enough, because a key has 178 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
