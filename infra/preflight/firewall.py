"""Whether AWS's rule groups have the rules that `infra.firewall` names.

AWS WAF ignores a name that a group does not have, so that neither a deployment nor a test notices:
https://docs.aws.amazon.com/waf/latest/APIReference/API_RuleActionOverride.html.
"""

from collections.abc import Iterator

from infra.firewall import RULE_GROUPS, RuleGroup
from infra.preflight.account import Account
from infra.preflight.finding import Finding, ok, warning
from infra.regions import EDGE_REGION

MODULE = "infra/firewall.py"


def firewall_rules_exist(account: Account) -> Iterator[Finding]:
    """Each rule group has exactly the rules that the firewall decides about."""
    if account.settings.waf is None:
        yield ok("The stage has no firewall.")
        return
    wafv2 = account.clients.client("wafv2", region_name=EDGE_REGION)
    for group in RULE_GROUPS:
        described = wafv2.describe_managed_rule_group(
            VendorName="AWS", Name=group.name, Scope="CLOUDFRONT"
        )
        yield from _differences(group, {rule["Name"] for rule in described["Rules"]})


def _differences(group: RuleGroup, rules: set[str]) -> Iterator[Finding]:
    named = {*group.blocking, *group.counted}
    if missing := sorted(named - rules):
        yield warning(
            f"{group.name} has no rule {', '.join(missing)}: what {MODULE} states about it has no "
            "effect.",
            f"Look for its new name in AWS's description of the group, and write it to {MODULE}.",
        )
    if added := sorted(rules - named):
        yield warning(
            f"{group.name} has {', '.join(added)}, which {MODULE} does not name: AWS decides "
            "whether it blocks, with a plain answer.",
            f"Decide whether it may block customers, and add it to {MODULE}.",
        )
    if rules == named:
        yield ok(f"{group.name} has the {len(rules)} rules that are decided about.")
