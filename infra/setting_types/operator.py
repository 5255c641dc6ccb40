"""Who runs a stage: what the law asks of the site's imprint, privacy notice and terms."""

from dataclasses import dataclass

from infra.setting_types.error import SettingsError


@dataclass(frozen=True, kw_only=True)
class Operator:
    """The person or company that customers have a contract with."""

    name: str
    """With the legal form, for example `Example GmbH`."""
    address: tuple[str, ...]
    """The lines of a postal address at which a letter can be served: no post office box."""
    mail: str
    """The address for questions of customers and of authorities."""
    vat_id: str | None = None
    """The VAT identification number; None: the operator has none."""
    represented_by: str | None = None
    """Who represents a company, and where it is registered; None for a person."""

    def __post_init__(self) -> None:
        if not (self.name.strip() and self.address and all(map(str.strip, self.address))):
            raise SettingsError("the operator has a name and a postal address")
        if "@" not in self.mail:
            raise SettingsError("the operator has an address for mail")
