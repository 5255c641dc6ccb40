"""The firewall of the distribution. AWS accepts it in us-east-1 only."""

from aws_cdk import aws_wafv2 as wafv2
from constructs import Construct

from infra.constructs.firewall.log import FirewallLog
from infra.constructs.firewall.rules import rules, visibility
from infra.firewall import ANSWERS, PROTECTED_HEADERS
from infra.names import FIREWALL, Names
from infra.setting_types.traffic import Waf
from infra.settings import Settings

_Acl = wafv2.CfnWebACL


class Firewall(Construct):
    """`arn` is the web ACL's, which the distribution names."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings, waf: Waf) -> None:
        super().__init__(scope, name)
        acl_name = Names(settings.stage).cloudfront(FIREWALL, region=settings.region)
        acl = wafv2.CfnWebACL(
            self,
            "Default",
            name=acl_name,
            scope="CLOUDFRONT",
            default_action=_Acl.DefaultActionProperty(allow=_Acl.AllowActionProperty()),
            # The alarm finds the metrics by this name.
            visibility_config=visibility(acl_name),
            custom_response_bodies={
                answer.code: _Acl.CustomResponseBodyProperty(
                    content=answer.body, content_type="APPLICATION_JSON"
                )
                for answer in ANSWERS
            },
            rules=rules(waf),
            data_protection_config=_data_protection(),
        )
        self.arn = acl.attr_arn
        FirewallLog(self, "Log", settings=settings, acl=acl)


def _data_protection() -> wafv2.CfnWebACL.DataProtectionConfigProperty:
    """What the log and the samples in the console never show.

    It also covers the part of a body that a rule matched, which the redacted fields of a logging
    configuration do not:
    https://docs.aws.amazon.com/waf/latest/APIReference/API_DataProtection.html.
    """
    fields = (
        _Acl.FieldToProtectProperty(field_type="SINGLE_HEADER", field_keys=list(PROTECTED_HEADERS)),
        _Acl.FieldToProtectProperty(field_type="QUERY_STRING"),
        _Acl.FieldToProtectProperty(field_type="BODY"),
    )
    return _Acl.DataProtectionConfigProperty(
        data_protections=[
            _Acl.DataProtectProperty(action="SUBSTITUTION", field=field) for field in fields
        ]
    )
