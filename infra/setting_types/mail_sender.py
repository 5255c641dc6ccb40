"""Who sends mail to customers: a part of the settings of a stage."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MailSender:
    """The sender's domain or, if it is not the stage's domain, the address is verified by SES."""

    address: str
    """The From address."""
    dmarc: str | None = "v=DMARC1; p=quarantine"
    """The DMARC record of the stage's domain; None if the domain has one already."""

    def identity(self, domain: str | None) -> str:
        """What SES verifies in a stage with that domain."""
        return domain if domain and self.address.endswith(f"@{domain}") else self.address
