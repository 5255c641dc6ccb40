"""Versions of the accounts that are broken on purpose, each of which their lives must find."""

from tests.simulation.breaks import Break

BROKEN = (
    Break(
        "leave the sessions open after a reset of the password",
        "docket.auth.account_security.passwords:reset",
        "account_access.end_sessions_write(user.id, at=since, with_keys=True),",
        "",
    ),
    Break(
        "end only the sessions that began before a change did",
        "docket.domain.accounts.user:AccountAccess.admits",
        "is_ended = is_ended or session.generation != self.generation",
        "",
    ),
    Break(
        "let a session that has ended meanwhile change its account",
        "docket.table.accounts.account_access:_is_unchanged",
        'if access.generation is None:\n        return "attribute_not_exists(#generation)", {}',
        'if True:\n        return "attribute_not_exists(#nothing)", {}',
        seed=12,
    ),
    Break(
        "accept a link from before a change of the password",
        "docket.auth.account_security.passwords:reset",
        "(user.id, user.version) != (link.user_id, link.user_version)",
        "user.id != link.user_id",
        seed=44,
    ),
    Break(
        "accept a refresh token long after its exchange",
        "docket.auth.account_security.sessions:_exchanged",
        "if stored.in_grace(old.hash, at=at):",
        "if True:",
        seed=10,
    ),
    Break(
        "give an account to each form of an address",
        "docket.domain.accounts.user:address_of",
        'return f"{_lower(local)}@',
        'return f"{local}@',
        seed=6,
    ),
    Break(
        "skip the second step of a login",
        "docket.auth.account_security.sessions:login",
        "if user.second_factor:",
        "if False:",
        seed=20,
    ),
    Break(
        "admit the sessions of a disabled account",
        "docket.domain.accounts.user:AccountAccess.is_closed",
        "self.disabled_at is not None or self.deleting_at is not None",
        "self.deleting_at is not None",
        seed=1,
    ),
    Break(
        "forget the links of an account that is deleted",
        "docket.table.accounts.deletions:erase_links",
        "_delete(indexed)",
        "list(indexed)",
    ),
    Break(
        "leave the keys of an account usable after a reset",
        "docket.domain.accounts.user:AccountAccess.admits_key",
        "return not self.is_closed and not is_ended",
        "return not self.is_closed",
        seed=6,
    ),
    Break(
        "send a mail again at once if the reply of SES was lost",
        "docket.domain.accounts.mail:Mail.is_unconfirmed",
        "self.sending_since is not None and at < self.sending_since + CONFIRMATION_WAIT",
        "False",
    ),
    Break(
        "forget a mail that SES did not accept",
        "docket.workflows.accounts.mails:_send",
        "mails.unmark_sending(mail, attempt)\n        raise NotSettled from error",
        "pass",
        seed=5,
    ),
    Break(
        "accept a passkey whatever key has signed",
        "docket.auth.account_security.passkeys:_verified",
        "passkey_verification.use_of(proof, passkey, challenge.content, party)",
        "PasskeyUse(sign_count=passkey.sign_count + 1, is_synced=False)",
        seed=22,
    ),
    Break(
        "accept a challenge twice",
        "docket.auth.account_security.passkeys:_use_writes",
        "passkeys.answered(challenge.content, until=challenge.expires_at, used_by=used_by),",
        "",
        seed=24,
    ),
    Break(
        "leave the sessions open that a removed passkey has opened",
        "docket.auth.account_security.passkeys:remove",
        "mail, *ended)",
        "mail)",
        seed=35,
    ),
    Break(
        "offer the newest archive to everybody",
        "docket.gateways.export_objects:_key",
        "object_keys.export_archive(export.user_id, export.id, archive.id)",
        'object_keys.export_archive("everybody", "export", "archive")',
        seed=20,
    ),
)
