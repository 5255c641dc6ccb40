"""The rules of the firewall in front of the distribution, as data. No import of CDK.

AWS maintains the rule groups and documents each rule:
https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html. A rule that
is named here as blocking answers as the API does. A rule that AWS adds later blocks with a plain
403 until it is named here. AWS WAF ignores names that a group does not have.

Docket validates the body of each request against its schema, builds neither SQL nor HTML nor
commands of it, and opens no address that is in it. Passwords, titles and file names may be any
text. So the rules about suspicious text in a body only count: they would refuse ordinary customers
and protect nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from infra.layers.build import ROOT

MESSAGES = ROOT / "layers/core/python/docket/messages/en.json"
API_PREFIX = "/api/"
WEBHOOK_PATH = "/api/v1/payments/webhook"
"""Stripe sends large bodies from few addresses, and signs them."""

RATE_WINDOW_SECONDS = 300
"""The window in which AWS WAF counts an address's requests: five minutes."""

PROTECTED_HEADERS = ("authorization", "cookie", "referer", "stripe-signature")
"""Headers that are not logged. A referrer may contain the client secret of a payment."""


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """A rule group of AWS. `counted` has the reason why a rule does not block."""

    name: str
    blocking: tuple[str, ...]
    counted: Mapping[str, str] = field(default_factory=dict)
    inspects_webhook: bool = False


ANY_TEXT = "A password, a title or a file name may be any text; see the module's docstring."

NO_SUCH_SOFTWARE = "Docket runs neither Java nor React on a server, and a body may be any text."

RULE_GROUPS = (
    RuleGroup(
        name="AWSManagedRulesAmazonIpReputationList",
        blocking=("AWSManagedIPReputationList", "AWSManagedReconnaissanceList"),
        counted={"AWSManagedIPDDoSList": "AWS only counts it: customers share such addresses."},
        inspects_webhook=True,
    ),
    RuleGroup(
        name="AWSManagedRulesKnownBadInputsRuleSet",
        blocking=(
            "JavaDeserializationRCE_HEADER",
            "JavaDeserializationRCE_URIPATH",
            "JavaDeserializationRCE_QUERYSTRING",
            "Host_localhost_HEADER",
            "PROPFIND_METHOD",
            "ExploitablePaths_URIPATH",
            "Log4JRCE_HEADER",
            "Log4JRCE_QUERYSTRING",
            "Log4JRCE_URIPATH",
        ),
        counted={
            "JavaDeserializationRCE_BODY": NO_SUCH_SOFTWARE,
            "Log4JRCE_BODY": NO_SUCH_SOFTWARE,
            "ReactJSRCE_BODY": NO_SUCH_SOFTWARE,
        },
    ),
    RuleGroup(
        name="AWSManagedRulesCommonRuleSet",
        blocking=(
            "UserAgent_BadBots_HEADER",
            "SizeRestrictions_QUERYSTRING",
            "SizeRestrictions_Cookie_HEADER",
            "SizeRestrictions_URIPATH",
            "EC2MetaDataSSRF_COOKIE",
            "EC2MetaDataSSRF_URIPATH",
            "EC2MetaDataSSRF_QUERYARGUMENTS",
            "GenericLFI_QUERYARGUMENTS",
            "GenericLFI_URIPATH",
            "RestrictedExtensions_URIPATH",
            "RestrictedExtensions_QUERYARGUMENTS",
            "GenericRFI_QUERYARGUMENTS",
            "GenericRFI_URIPATH",
            "CrossSiteScripting_COOKIE",
            "CrossSiteScripting_QUERYARGUMENTS",
            "CrossSiteScripting_URIPATH",
        ),
        counted={
            "NoUserAgent_HEADER": "The header is optional, and a customer's program may omit it.",
            "SizeRestrictions_BODY": "It blocks from 8 KB; an order with many documents is larger.",
            "EC2MetaDataSSRF_BODY": ANY_TEXT,
            "GenericLFI_BODY": ANY_TEXT,
            "GenericRFI_BODY": ANY_TEXT,
            "CrossSiteScripting_BODY": ANY_TEXT,
        },
    ),
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to a blocked request: an error of the API, with a code of the firewall's own."""

    code: str
    status: int
    params: Mapping[str, int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The JSON. The firewall cannot name the request, so `request_id` is empty."""
        text: str = json.loads(MESSAGES.read_text())["error"][self.code]
        for name, value in self.params.items():
            text = text.replace(f"{{{{{name}}}}}", str(value))
        return json.dumps(
            {"error": text, "code": self.code, "params": dict(self.params), "request_id": ""}
        )


BLOCKED = Answer(code="request_blocked", status=403, headers={"Cache-Control": "no-store"})
"""To a request that a blocking rule matches."""
TOO_MANY_REQUESTS = Answer(
    code="too_many_requests",
    status=429,
    params={"retry_after": RATE_WINDOW_SECONDS},
    headers={"Cache-Control": "no-store", "Retry-After": str(RATE_WINDOW_SECONDS)},
)
"""To an address above the rate, which may try again after the window."""
ANSWERS = (BLOCKED, TOO_MANY_REQUESTS)
