"""Errors of accounts: logins, sessions, second factors, API keys and one-time links."""

from typing import Literal

from docket.domain.errors.base import Conflict, DocketError, NotFound


class NotSignedIn(DocketError):
    code = "not_signed_in"


class WrongCredentials(DocketError):
    code = "wrong_credentials"


class AccountDisabled(DocketError):
    code = "account_disabled"


class NotVerified(DocketError):
    code = "email_not_verified"


class ReauthenticationRequired(DocketError):
    code = "reauthentication_required"


class SecondFactorRequired(DocketError):
    code = "second_factor_required"


class PasswordRequired(DocketError):
    code = "password_required"


class WrongCode(DocketError):
    code = "wrong_code"


class PasskeyRefused(DocketError):
    code = "passkey_refused"


class LoginExpired(DocketError):
    code = "login_expired"


class ScopeMissing(DocketError):
    code = "scope_missing"
    parameters = frozenset({"scope", "context"})

    def __init__(
        self, scope: str | None, context: Literal["session", "test"] | None = None
    ) -> None:
        """`scope`: the scope that the operation needs; None: it accepts no API key.

        `context`: it accepts no key at all, or no test key.
        """
        variant = context if scope else "session"
        super().__init__(**({"context": variant} if variant else {"scope": scope or ""}))


class SessionNotFound(NotFound):
    code = "session_not_found"


class ExportNotFound(NotFound):
    code = "export_not_found"


class ApiKeyNotFound(NotFound):
    code = "api_key_not_found"


class PasskeyNotFound(NotFound):
    code = "passkey_not_found"


class EmailTaken(Conflict):
    code = "email_taken"


class SecondFactorExists(Conflict):
    code = "second_factor_exists"


class NoPasskey(Conflict):
    code = "no_passkey"


class NoMail(Conflict):
    code = "no_mail"


class MailSuppressed(Conflict):
    code = "mail_suppressed"


class LastPasskey(Conflict):
    code = "last_passkey"


class NoPassword(Conflict):
    code = "no_password"


class TooManyKeys(Conflict):
    code = "too_many_keys"
    parameters = frozenset({"most"})

    def __init__(self, most: int) -> None:
        """`most`: the limit."""
        super().__init__(most=most)


class TooManyPasskeys(TooManyKeys):
    code = "too_many_passkeys"


class LinkRefused(Conflict):
    code = "link_refused"


class LinkInvalid(LinkRefused):
    code = "link_invalid"


class LinkExpired(LinkRefused):
    code = "link_expired"


class LinkUsed(LinkRefused):
    code = "link_used"


class LinkExhausted(LinkRefused):
    code = "link_exhausted"
