"""Whether the site of the stage names who runs it."""

from collections.abc import Iterator

from infra.preflight.account import Account
from infra.preflight.finding import Finding, must, ok
from infra.setting_types.error import SettingsError


def operator_is_named(account: Account) -> Iterator[Finding]:
    """The stage has an operator, if it requires one."""
    try:
        account.settings.require_operator()
    except SettingsError as error:
        yield must(f"`make deploy` and `make publish` refuse: {error}.", "Set `operator` there.")
    else:
        yield ok("The imprint and the terms have what they need.")
