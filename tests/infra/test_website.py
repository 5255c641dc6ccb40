"""The distribution: the site and the API on one origin, and their security headers."""

from aws_cdk.aws_cloudfront import CachePolicy

from docket.api.identity import SIGN_IN_PATH


def behaviors(stage):
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    *_, api = config["CacheBehaviors"]
    return config["DefaultCacheBehavior"], api


def headers(stage, behavior):
    policy = stage.resources[behavior["ResponseHeadersPolicyId"]["Ref"]]
    return policy["Properties"]["ResponseHeadersPolicyConfig"]


def test_the_api_is_not_cached_and_receives_every_header_but_host(synthesise):
    _, api = behaviors(synthesise("prod"))

    assert api["PathPattern"] == "/api/*"
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert api["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert len(api["AllowedMethods"]) == 7


def test_a_sign_in_is_not_cached_and_shows_the_place_of_the_viewer(synthesise):
    stage = synthesise("prod")
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    sign_in, api = config["CacheBehaviors"]
    policy = stage.resources[sign_in["CachePolicyId"]["Ref"]]["Properties"]["CachePolicyConfig"]

    assert sign_in["PathPattern"] == f"{SIGN_IN_PATH}*" == "/api/v1/auth/login*"
    assert {**sign_in, "PathPattern": "/api/*", "CachePolicyId": api["CachePolicyId"]} == api
    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 0, 1)
    assert policy["ParametersInCacheKeyAndForwardedToOrigin"]["HeadersConfig"] == {
        "HeaderBehavior": "whitelist",
        "Headers": ["CloudFront-Viewer-City", "CloudFront-Viewer-Country"],
    }


def test_the_emulator_has_one_behaviour_of_the_api(synthesise):
    config = synthesise("local").only("AWS::CloudFront::Distribution")["DistributionConfig"]

    assert [behavior["PathPattern"] for behavior in config["CacheBehaviors"]] == ["/api/*"]


def test_deployed_stages_redirect_pages_to_https_and_refuse_other_requests(synthesise):
    stage = synthesise("prod")
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    api = {
        behavior["PathPattern"]: behavior["ViewerProtocolPolicy"]
        for behavior in config["CacheBehaviors"]
    }

    assert config["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert api == {"/api/v1/auth/login*": "https-only", "/api/*": "https-only"}


def test_every_response_has_security_headers(synthesise):
    stage = synthesise("prod")

    for behavior in behaviors(stage):
        security = headers(stage, behavior)["SecurityHeadersConfig"]

        assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
        assert security["ContentTypeOptions"] == {"Override": True}
        assert security["FrameOptions"]["FrameOption"] == "DENY"
        assert security["ReferrerPolicy"] == {
            "Override": True,
            "ReferrerPolicy": "strict-origin-when-cross-origin",
        }


def test_api_responses_keep_their_own_content_security_policy(synthesise):
    stage = synthesise("prod")
    _, api = behaviors(stage)

    assert "ContentSecurityPolicy" not in headers(stage, api)["SecurityHeadersConfig"]


def test_pages_load_only_from_the_site_stripe_and_the_documents_bucket(synthesise):
    documents = (
        "https://docket-prod-documents-123456789012-eu-central-1.s3.eu-central-1.amazonaws.com"
    )

    assert synthesise("prod").page_policy("eu-central-1") == {
        "default-src": ["'self'"],
        "script-src": ["'self'", "https://js.stripe.com"],
        "frame-src": ["https://js.stripe.com", "https://hooks.stripe.com"],
        "connect-src": ["'self'", "https://api.stripe.com", documents],
        "img-src": ["'self'", "data:", "blob:", documents],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "worker-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }


def test_only_the_local_policy_allows_the_stripe_double(synthesise):
    for name, allowed in (("prod", False), ("dev", False), ("local", True)):
        stage = synthesise(name)
        pages, _ = behaviors(stage)
        policy = headers(stage, pages)["SecurityHeadersConfig"]["ContentSecurityPolicy"]

        assert ("http://127.0.0.1" in str(policy)) is allowed, name


def test_only_the_distribution_reads_the_site_bucket(synthesise):
    policy = synthesise("prod").only("AWS::S3::BucketPolicy", "WebsiteBucket")["PolicyDocument"]

    allowed = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]

    (reader,) = allowed
    assert reader["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert reader["Action"] == ["s3:GetObject", "s3:ListBucket"]  # to list: 404 for what is missing
    assert "AWS:SourceArn" in reader["Condition"]["StringEquals"]


def test_no_query_of_a_page_reaches_the_site_bucket(synthesise):
    pages, _ = behaviors(synthesise("prod"))

    assert pages["CachePolicyId"] == CachePolicy.CACHING_OPTIMIZED.cache_policy_id
    assert "OriginRequestPolicyId" not in pages
