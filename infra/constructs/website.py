"""One distribution for the site and the API: one origin to the browser, so no CORS between them."""

import json
from pathlib import Path

from aws_cdk import Aws, Duration, Fn, RemovalPolicy
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.data import Data
from infra.constructs.explained import explained
from infra.constructs.identity import Identity
from infra.settings import Settings

DEVELOPMENT = "http://localhost:5173"
POLICY = Path(__file__).parents[1] / "content_security_policy.json"
HSTS = Duration.days(730)

# A path of the site that names no file is a page of the single-page app.
# The API's own prefix, alone or in other letter case, reaches this function instead of the API: it
# is no page, so it is refused as the API refuses what it does not know.
PAGES = """
function handler(event) {
  var request = event.request;
  var path = request.uri.toLowerCase();
  if (path === '/api' || path.indexOf('/api/') === 0) {
    var id = event.context.requestId;
    return {
      statusCode: 404,
      statusDescription: 'Not Found',
      headers: {
        'content-type': { value: 'application/json' },
        'cache-control': { value: 'no-store' },
        'x-request-id': { value: id }
      },
      body: {
        encoding: 'text',
        data: JSON.stringify({
          error: 'There is nothing here', code: 'not_found', request_id: id
        })
      }
    };
  }
  var name = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (name.indexOf('.') === -1) request.uri = '/index.html';
  return request;
}
"""

# Whoever the request comes from, in a header that a viewer cannot choose: it is written over here.
# One who calls the API past the distribution can; so functions believe it only beside the proof
# that the distribution adds, and count such a caller by the address they connect from.
VIEWER = """
function handler(event) {
  var request = event.request;
  request.headers['x-docket-viewer'] = { value: event.viewer.ip };
  return request;
}
"""

PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    'usb=(), payment=(self "https://js.stripe.com")'
)


def content_security_policy(documents: str, stripe_api: str | None) -> str:
    """What the site's pages may load and call. Stripe's own advice, the documents, and no more.

    The directives are in `infra/content_security_policy.json`; the browser tests' server reads them
    there as well. `stripe_api` is the local double: it plays Stripe at one address.
    """
    places = {"{documents}": documents, "{stripe_double}": stripe_api}
    rules: dict[str, list[str]] = json.loads(POLICY.read_text())
    return "; ".join(
        " ".join([rule, *filter(None, (places.get(source, source) for source in sources))])
        for rule, sources in rules.items()
    )


class Website(Construct):
    """`bucket` holds the build, `distribution` serves it at `url`, pages come from `origins`."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        data: Data,
        api: Api,
        identity: Identity,
    ) -> None:
        super().__init__(scope, name)
        self._settings = settings
        self._identity = identity
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            server_access_logs_bucket=data.access_logs,
            server_access_logs_prefix="site/",
            removal_policy=RemovalPolicy.DESTROY,  # the build can be made and published again
        )
        domain = settings.domain
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"Docket {settings.stage}",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021
            if domain
            else None,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            domain_names=[domain.name] if domain else None,
            certificate=acm.Certificate.from_certificate_arn(
                self, "Certificate", domain.certificate_arn
            )
            if domain
            else None,
            log_bucket=data.access_logs,
            log_file_prefix="cloudfront/",
            default_behavior=self._pages(data),
            additional_behaviors={"/api/*": self._api(api)},
        )
        self.url = self._url()
        # Locally also the development server of the site, which passes /api on to the stack.
        self.origins = [self.url, DEVELOPMENT] if settings.emulator else [self.url]
        self._explain()

    def _pages(self, data: Data) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(self.bucket),
            viewer_protocol_policy=self._viewer_protocol(),
            # The published files say themselves how long they are good for.
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            compress=True,
            function_associations=[self._at_request("Pages", PAGES)],
            response_headers_policy=cloudfront.ResponseHeadersPolicy(
                self,
                "PageHeaders",
                security_headers_behavior=_security_headers(
                    content_security_policy(
                        data.documents_origin,
                        self._settings.emulator.stripe_api if self._settings.emulator else None,
                    )
                ),
                custom_headers_behavior=_permissions(),
            ),
        )

    def _api(self, api: Api) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._api_origin(api),
            viewer_protocol_policy=self._viewer_protocol(),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            compress=True,
            function_associations=[self._at_request("Viewer", VIEWER)],
            response_headers_policy=cloudfront.ResponseHeadersPolicy(
                self,
                "ApiHeaders",
                # No content security policy here: the page of the API's description has its own.
                security_headers_behavior=_security_headers(None),
            ),
        )

    def _api_origin(self, api: Api) -> origins.HttpOrigin:
        emulator = self._settings.emulator
        proof = {"x-docket-edge": self._identity.edge_key.secret_value.unsafe_unwrap()}
        if emulator:
            # The emulator really dials its origins, and an API's own name resolves to nothing.
            return origins.HttpOrigin(
                "localhost",
                protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
                http_port=emulator.port,
                origin_path=f"/_aws/execute-api/{api.http.api_id}/$default",
                custom_headers=proof,
            )
        host = Fn.join(".", [api.http.api_id, "execute-api", Aws.REGION, Aws.URL_SUFFIX])
        return origins.HttpOrigin(
            host,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            custom_headers=proof,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
        )

    def _at_request(self, name: str, code: str) -> cloudfront.FunctionAssociation:
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            function=cloudfront.Function(
                self,
                name,
                code=cloudfront.FunctionCode.from_inline(code.strip()),
                runtime=cloudfront.FunctionRuntime.JS_2_0,
            ),
        )

    def _viewer_protocol(self) -> cloudfront.ViewerProtocolPolicy:
        return (
            cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
            if self._settings.tls
            else cloudfront.ViewerProtocolPolicy.ALLOW_ALL
        )

    def _url(self) -> str:
        if self._settings.domain:
            return f"https://{self._settings.domain.name}"
        name = self.distribution.distribution_domain_name
        if self._settings.emulator:
            label = Fn.select(0, Fn.split(".", name))
            return f"http://{label}.cloudfront.localhost:{self._settings.emulator.port}"
        return f"https://{name}"

    def _explain(self) -> None:
        reasons = {
            "AwsSolutions-CFR1": "Customers may be anywhere.",
            "AwsSolutions-CFR2": "The API is throttled, every form is validated, nothing is "
            "rendered by a server: a firewall would cost more than all else and guard little.",
        }
        if not self._settings.domain:
            reasons["AwsSolutions-CFR4"] = (
                "Without a domain of one's own CloudFront's certificate, and its choice of "
                "protocols, cannot be changed."
            )
        for rule, reason in reasons.items():
            explained(self.distribution, rule, reason)


def _security_headers(policy: str | None) -> cloudfront.ResponseSecurityHeadersBehavior:
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=policy, override=True
        )
        if policy
        else None,
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=HSTS, include_subdomains=True, override=True
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


def _permissions() -> cloudfront.ResponseCustomHeadersBehavior:
    return cloudfront.ResponseCustomHeadersBehavior(
        custom_headers=[
            cloudfront.ResponseCustomHeader(
                header="permissions-policy", value=PERMISSIONS, override=True
            ),
            cloudfront.ResponseCustomHeader(
                header="cross-origin-opener-policy", value="same-origin-allow-popups", override=True
            ),
        ]
    )
