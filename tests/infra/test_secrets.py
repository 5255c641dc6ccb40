"""Each secret of a stage has its row in the policy for keys."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs/cryptography.md").read_text()
STORED = set(re.findall(r"\| Secrets Manager, `(\w+)`", PAGE))


def rows_of(secret):
    return {name for name in STORED if name in secret}


def test_the_policy_has_a_period_for_each_secret(synthesise):
    secrets = synthesise("prod").of_type("AWS::SecretsManager::Secret")

    rows = [rows_of(secret) for secret in secrets]

    assert all(len(found) == 1 for found in rows)
    assert set().union(*rows) == STORED
