"""How long data is retained that nobody deletes: a part of the settings of a stage."""

from dataclasses import dataclass

from infra.setting_types.error import SettingsError

LEAST_UNUSED_DAYS = 90
"""The check of an account is at most 90 days away, so a shorter retention might be exceeded."""
LEAST_NOTICE_DAYS = 14
"""Fewer might pass before a notice is delivered and read."""


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long data is retained that nobody deletes."""

    invoice_years: int
    """Invoice data of a deleted account, as the law asks, from the end of the payment's year."""
    unused_days: int | None
    """An account that was unused for so long gets a notice by mail. None: it exists for ever.

    Two years are far more than the longest session (180 days) and API key (a year) live, and laws
    on privacy ask for a limit. A stage that sends no mail removes no account.
    """
    notice_days: int
    """How long after the notice the account is removed, unless it is used before."""
    cancelled_days: int | None
    """The files of an order that was cancelled, or never paid, are erased after this time.

    Nothing can be done with such an order any more but to download its files. None: they stay until
    the customer deletes the account.
    """

    def __post_init__(self) -> None:
        if self.invoice_years < 0:
            raise SettingsError("invoice_years is 0 at least")
        if self.unused_days is not None and self.unused_days < LEAST_UNUSED_DAYS:
            raise SettingsError(f"unused_days are {LEAST_UNUSED_DAYS} at least")
        if self.cancelled_days is not None and self.cancelled_days < 1:
            raise SettingsError("cancelled_days are 1 at least, or None")
        if self.notice_days < LEAST_NOTICE_DAYS:
            raise SettingsError(
                f"notice_days are {LEAST_NOTICE_DAYS} at least: a mail is tried for three, and is"
                " read later"
            )


RETENTION = Retention(invoice_years=10, unused_days=730, notice_days=30, cancelled_days=30)
"""What a stage has unless it says otherwise."""
