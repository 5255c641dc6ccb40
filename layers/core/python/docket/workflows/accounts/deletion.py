"""The deletion of an account: begun by its owner, and carried out by the worker of debts.

DELETE /auth/me ──► deletion owed (table) ──► worker: sweep, remove, sweep again ──► mail
"""

from datetime import datetime

from docket.domain.accounts.deletion import Deletion
from docket.domain.accounts.mail import Mail, MailKind
from docket.domain.accounts.user import Caller, RequestDevice
from docket.domain.errors import AccountDisabled, NotSignedIn
from docket.domain.notices import notice
from docket.runtime.clock import new_id
from docket.table.accounts import account_access, deletions, users


def begin(caller: Caller, device: RequestDevice, *, at: datetime) -> Mail:
    """Begin the deletion of the caller's account. Returns the mail that is owed.

    A repeated request changes nothing. Raises `NotSignedIn` and `AccountDisabled`.
    """
    user = users.find(caller.user_id)
    if user is None:
        raise NotSignedIn
    mail = notice(MailKind.DELETION_STARTED, user, device, device.language, mail_id=new_id(), at=at)
    deletion = Deletion(
        user_id=user.id,
        email=user.email,
        language=device.language,
        requested_at=at,
        mail_id=new_id(),
    )
    if not deletions.begin(deletion, mail) and not account_access.find(user.id).deleting_at:
        raise AccountDisabled
    return mail
