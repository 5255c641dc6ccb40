"""Why a request to sign in shows from where it comes: a cache policy that caches nothing of it."""

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.constructs.physical_names import cloudfront_name
from infra.settings import Settings

PLACE_HEADERS = ("CloudFront-Viewer-City", "CloudFront-Viewer-Country")


def sign_in_cache_policy(scope: Construct, *, settings: Settings) -> cloudfront.CachePolicy:
    """The policy of the paths where somebody signs in.

    CloudFront adds the place of a viewer only for a policy that names its headers. A policy of
    origin requests cannot do so and leave out `Host`, and a cache policy cannot if it forbids
    caching, so this one allows a second. What is posted is never cached.
    """
    return cloudfront.CachePolicy(
        scope,
        "SignIn",
        cache_policy_name=cloudfront_name("sign-in", settings),
        min_ttl=Duration.seconds(0),
        default_ttl=Duration.seconds(0),
        max_ttl=Duration.seconds(1),
        header_behavior=cloudfront.CacheHeaderBehavior.allow_list(*PLACE_HEADERS),
        query_string_behavior=cloudfront.CacheQueryStringBehavior.all(),
        cookie_behavior=cloudfront.CacheCookieBehavior.none(),
    )
