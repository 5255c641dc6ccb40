"""The account that is asked, in the stage's region."""

from dataclasses import dataclass

from infra.deployment.deployed import Clients
from infra.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Account:
    """`id` is the number of the account that the credentials belong to."""

    clients: Clients
    id: str
    region: str
    settings: Settings
