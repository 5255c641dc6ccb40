"""The security headers of every response that the distribution sends."""

from aws_cdk import Duration
from aws_cdk import aws_cloudfront as cloudfront

HSTS_MAX_AGE = Duration.days(730)
"""How long a browser that was here uses only HTTPS: two years."""

PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    'usb=(), payment=(self "https://js.stripe.com")'
)

CUSTOM_HEADERS = cloudfront.ResponseCustomHeadersBehavior(
    custom_headers=[
        cloudfront.ResponseCustomHeader(
            header="permissions-policy", value=PERMISSIONS, override=True
        ),
        cloudfront.ResponseCustomHeader(
            header="cross-origin-opener-policy", value="same-origin-allow-popups", override=True
        ),
    ]
)
"""Headers that CloudFront has no setting for. Only pages have them."""


def security_headers(
    content_security_policy: str | None,
) -> cloudfront.ResponseSecurityHeadersBehavior:
    """The headers, with a content security policy if one is given."""
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=content_security_policy, override=True
        )
        if content_security_policy
        else None,
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=HSTS_MAX_AGE, include_subdomains=True, override=True
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=cloudfront.HeadersFrameOption.DENY, override=True
        ),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
            override=True,
        ),
    )
