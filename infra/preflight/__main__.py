"""`make preflight`: print what the account lacks for a stage. Nothing is changed.

    python -m infra.preflight dev|prod [--identity jwt|cognito] [--alarm-email ADDRESS]

The exit status is 1 if something must be done first, which includes missing credentials.
"""

import argparse
import sys
from dataclasses import replace

from infra.deployment.deployed import session
from infra.preflight import checks
from infra.preflight.account import Account
from infra.preflight.credentials import log_in
from infra.preflight.finding import Finding, Level
from infra.setting_types.error import SettingsError
from infra.settings import DEPLOYED, with_identity


def main(arguments: list[str]) -> int:
    """The exit status: 1 if something must be done first."""
    parser = argparse.ArgumentParser(prog="python -m infra.preflight")
    parser.add_argument("stage", choices=DEPLOYED)
    parser.add_argument("--identity", choices=["jwt", "cognito"])
    parser.add_argument("--alarm-email")
    wanted = parser.parse_args(arguments)
    settings = DEPLOYED[wanted.stage]
    try:
        settings = with_identity(settings, wanted.identity or settings.identity_provider)
    except SettingsError as error:
        print(error)
        return 1
    if wanted.alarm_email:
        settings = replace(settings, alarm_email=wanted.alarm_email)
    account = log_in(session, settings)
    if not isinstance(account, Account):
        for finding in account:
            _show("Account", finding)
        return 1
    print(f"Stage {settings.stage} in account {account.id}, {account.region}:")
    levels = set()
    for subject, finding in checks.run(account):
        _show(subject, finding)
        levels.add(finding.level)
    if Level.MUST in levels:
        print("Not ready: do what is marked `must` first.")
        return 1
    print("Ready.")
    return 0


def _show(subject: str, finding: Finding) -> None:
    print(f"  {finding.level:8}{subject:12}{finding.fact}")
    if finding.action:
        print(f"{'':22}→ {finding.action}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
