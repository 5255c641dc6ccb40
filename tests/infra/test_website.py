"""The site and the API are one origin, with the headers that keep a page to itself."""


def behaviors(stage):
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    (api,) = config["CacheBehaviors"]
    return config["DefaultCacheBehavior"], api


def headers(stage, behavior):
    policy = stage.template["Resources"][behavior["ResponseHeadersPolicyId"]["Ref"]]
    return policy["Properties"]["ResponseHeadersPolicyConfig"]


def test_the_api_is_part_of_the_site_is_not_cached_and_gets_every_header_but_the_host(synthesise):
    _, api = behaviors(synthesise("prod"))

    assert api["PathPattern"] == "/api/*"
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert api["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert len(api["AllowedMethods"]) == 7


def test_everything_is_sent_over_https_when_deployed(synthesise):
    for behavior in behaviors(synthesise("prod")):
        assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"


def test_every_reply_carries_the_headers_that_guard_it(synthesise):
    stage = synthesise("prod")

    for behavior in behaviors(stage):
        guards = headers(stage, behavior)["SecurityHeadersConfig"]

        assert guards["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
        assert guards["ContentTypeOptions"] == {"Override": True}
        assert guards["FrameOptions"]["FrameOption"] == "DENY"
        assert guards["ReferrerPolicy"]["Override"] is True


def test_the_api_description_page_keeps_its_own_content_security_policy(synthesise):
    stage = synthesise("prod")
    _, api = behaviors(stage)

    assert "ContentSecurityPolicy" not in headers(stage, api)["SecurityHeadersConfig"]


def test_pages_load_only_what_is_ours_stripes_and_the_documents(synthesise):
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


def test_the_double_is_trusted_on_one_machine_and_nowhere_else(synthesise):
    for name, trusted in (("prod", False), ("dev", False), ("local", True)):
        stage = synthesise(name)
        pages, _ = behaviors(stage)
        policy = headers(stage, pages)["SecurityHeadersConfig"]["ContentSecurityPolicy"]

        assert ("http://127.0.0.1" in str(policy)) is trusted, name


def test_the_sites_bucket_opens_to_its_distribution_alone(synthesise):
    policy = synthesise("prod").only("AWS::S3::BucketPolicy", "WebsiteBucket")["PolicyDocument"]

    allowed = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]

    (reader,) = allowed
    assert reader["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert reader["Action"] == "s3:GetObject"
    assert "AWS:SourceArn" in reader["Condition"]["StringEquals"]
