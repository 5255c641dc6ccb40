"""Nothing is sent without TLS, or with a version before 1.2."""

import pytest

STAGES = ["dev", "prod", "dev with cognito", "prod with a domain"]
NOT_ENCRYPTED = {"Bool": {"aws:SecureTransport": "false"}}
OUTDATED = {"NumericLessThan": {"s3:TlsVersion": 1.2}}
POLICIES = {
    "AWS::S3::Bucket": ("AWS::S3::BucketPolicy", "Bucket"),
    "AWS::SNS::Topic": ("AWS::SNS::TopicPolicy", "Topics"),
    "AWS::SQS::Queue": ("AWS::SQS::QueuePolicy", "Queues"),
}
"""The type of the policies of each type, and the property that names what a policy is of."""


def denied(stage, kind):
    """For each resource of that type, the conditions on which its policy denies everybody."""
    policy_kind, place = POLICIES[kind]
    conditions: dict[str, list[dict[str, object]]] = {name: [] for name in stage.of_type(kind)}
    for policy in stage.of_type(policy_kind).values():
        owners = policy["Properties"][place]
        statements = policy["Properties"]["PolicyDocument"]["Statement"]
        for owner in owners if isinstance(owners, list) else [owners]:
            conditions[owner["Ref"]] += [
                statement["Condition"]
                for statement in statements
                if statement["Effect"] == "Deny" and statement["Principal"] in ("*", {"AWS": "*"})
            ]
    return conditions


@pytest.mark.parametrize("name", STAGES)
def test_buckets_queues_and_topics_deny_requests_without_tls(synthesise, name):
    for kind in POLICIES:
        conditions = denied(synthesise(name), kind)

        assert conditions
        assert all(NOT_ENCRYPTED in denials for denials in conditions.values()), conditions


@pytest.mark.parametrize("name", STAGES)
def test_buckets_deny_old_versions_of_tls(synthesise, name):
    conditions = denied(synthesise(name), "AWS::S3::Bucket")

    assert len(conditions) >= 3
    assert all(OUTDATED in denials for denials in conditions.values()), conditions


@pytest.mark.parametrize("name", STAGES)
def test_the_distribution_and_its_origins_use_tls(synthesise, name):
    config = synthesise(name).only("AWS::CloudFront::Distribution")["DistributionConfig"]
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    custom = [it["CustomOriginConfig"] for it in config["Origins"] if "CustomOriginConfig" in it]

    assert {it["ViewerProtocolPolicy"] for it in behaviors} == {"redirect-to-https", "https-only"}
    assert {it["OriginProtocolPolicy"] for it in custom} == {"https-only"}
    assert [it["OriginSSLProtocols"] for it in custom] == [["TLSv1.2"]]


def test_a_domain_sets_the_minimum_that_the_default_certificate_cannot(synthesise):
    """CloudFront sets `TLSv1` with its default certificate, whatever the template says."""
    with_domain = synthesise("prod with a domain").only("AWS::CloudFront::Distribution")
    default = synthesise("prod").only("AWS::CloudFront::Distribution")

    certificate = with_domain["DistributionConfig"]["ViewerCertificate"]
    assert certificate["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert certificate["SslSupportMethod"] == "sni-only"
    assert "ViewerCertificate" not in default["DistributionConfig"]


@pytest.mark.parametrize("name", STAGES)
def test_the_api_has_no_domain_beside_the_distribution(synthesise, name):
    assert not synthesise(name).of_type("AWS::ApiGatewayV2::DomainName")
