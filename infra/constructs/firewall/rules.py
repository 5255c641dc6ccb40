"""CloudFormation's side of the rules of `infra.firewall`."""

from aws_cdk import aws_wafv2 as wafv2

from infra.firewall import (
    API_PREFIX,
    BLOCKED,
    RATE_WINDOW_SECONDS,
    RULE_GROUPS,
    TOO_MANY_REQUESTS,
    WEBHOOK_PATH,
    Answer,
    RuleGroup,
)
from infra.setting_types.traffic import Waf

_Acl = wafv2.CfnWebACL
_Statement = _Acl.StatementProperty

RATE_RULE = "RequestsToTheApi"


def rules(waf: Waf) -> list[wafv2.CfnWebACL.RuleProperty]:
    """The rate rule, then the rule groups: a request that is refused anyway is not inspected."""
    return [
        _rate_rule(waf, priority=0),
        *(_group_rule(group, priority) for priority, group in enumerate(RULE_GROUPS, start=1)),
    ]


def visibility(name: str) -> wafv2.CfnWebACL.VisibilityConfigProperty:
    """Metrics by that name, and samples in the console, which data protection covers."""
    return _Acl.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
    )


def _rate_rule(waf: Waf, *, priority: int) -> wafv2.CfnWebACL.RuleProperty:
    """Pages are not counted: they come from CloudFront's cache, dozens of files for each visit."""
    to_the_api = _Statement(
        and_statement=_Acl.AndStatementProperty(statements=[_the_api(), _not_the_webhook()])
    )
    return _Acl.RuleProperty(
        name=RATE_RULE,
        priority=priority,
        action=_block(TOO_MANY_REQUESTS),
        visibility_config=visibility(RATE_RULE),
        statement=_Statement(
            rate_based_statement=_Acl.RateBasedStatementProperty(
                aggregate_key_type="IP",
                evaluation_window_sec=RATE_WINDOW_SECONDS,
                limit=waf.requests_per_address,
                scope_down_statement=to_the_api,
            )
        ),
    )


def _group_rule(group: RuleGroup, priority: int) -> wafv2.CfnWebACL.RuleProperty:
    """A group, whose blocking rules answer as the API does.

    "Matching requests are handled exactly as if the configured rule's action were the override
    setting":
    https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html.
    """
    actions = {
        **dict.fromkeys(group.blocking, _block(BLOCKED)),
        **dict.fromkeys(group.counted, _Acl.RuleActionProperty(count=_Acl.CountActionProperty())),
    }
    return _Acl.RuleProperty(
        name=group.name,
        priority=priority,
        override_action=_Acl.OverrideActionProperty(none={}),
        visibility_config=visibility(group.name),
        statement=_Statement(
            managed_rule_group_statement=_Acl.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=group.name,
                rule_action_overrides=[
                    _Acl.RuleActionOverrideProperty(name=name, action_to_use=action)
                    for name, action in actions.items()
                ],
                scope_down_statement=None if group.inspects_webhook else _not_the_webhook(),
            )
        ),
    )


def _block(answer: Answer) -> wafv2.CfnWebACL.RuleActionProperty:
    return _Acl.RuleActionProperty(
        block=_Acl.BlockActionProperty(
            custom_response=_Acl.CustomResponseProperty(
                response_code=answer.status,
                custom_response_body_key=answer.code,
                response_headers=[
                    _Acl.CustomHTTPHeaderProperty(name=name, value=value)
                    for name, value in answer.headers.items()
                ],
            )
        )
    )


def _the_api() -> wafv2.CfnWebACL.StatementProperty:
    """A match of every path that CloudFront may send to the API.

    CloudFront normalizes a path as RFC 3986 describes before it compares it with the patterns of
    its behaviors, and sends the original to the origin:
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html.
    So `/x/../api/v1` and `/%61pi/v1` reach the API. A firewall that normalized too could disagree:
    decoded and normalized, `/api/v1/orders/..%2f..%2f..%2f..%2fx` is `/x`, which the API serves as
    an order's id. Whatever the normalization, it removes segments and adds none, so the decoded
    path contains the prefix somewhere. A page with that in its path is counted as well.
    """
    return _path("CONTAINS", API_PREFIX, transformation="URL_DECODE")


def _not_the_webhook() -> wafv2.CfnWebACL.StatementProperty:
    """The path exactly as Stripe sends it: no other form of it is exempt."""
    webhook = _path("EXACTLY", WEBHOOK_PATH, transformation="NONE")
    return _Statement(not_statement=_Acl.NotStatementProperty(statement=webhook))


def _path(constraint: str, text: str, *, transformation: str) -> wafv2.CfnWebACL.StatementProperty:
    """A match of the path, which AWS WAF receives as the viewer sent it."""
    return _Statement(
        byte_match_statement=_Acl.ByteMatchStatementProperty(
            field_to_match=_Acl.FieldToMatchProperty(uri_path={}),
            positional_constraint=constraint,
            search_string=text,
            text_transformations=[_Acl.TextTransformationProperty(priority=0, type=transformation)],
        )
    )
