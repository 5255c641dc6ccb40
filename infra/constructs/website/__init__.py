"""One distribution for the site and the API: one origin for the browser, so CORS is not needed."""

from aws_cdk import Fn, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.data import Data
from infra.constructs.identity_provider import Identity
from infra.constructs.website.distribution import Distribution
from infra.settings import Settings

DEVELOPMENT_SERVER = "http://localhost:5173"


class Website(Construct):
    """`bucket` holds the build, `distribution` serves it at `url`; pages have `origins`."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        data: Data,
        api: Api,
        identity_provider: Identity,
    ) -> None:
        super().__init__(scope, name)
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=settings.tls,
            server_access_logs_bucket=data.access_logs,
            server_access_logs_prefix="site/",
            removal_policy=RemovalPolicy.DESTROY,  # the site can be built and published again
        )
        self.distribution = Distribution(
            self,
            "Default",
            settings=settings,
            site=self.bucket,
            data=data,
            api=api,
            identity_provider=identity_provider,
        ).distribution
        self.url = self._url(settings)
        # The local stage also allows the site's development server, which forwards /api to the
        # stack.
        self.origins = [self.url, DEVELOPMENT_SERVER] if settings.emulator else [self.url]

    def _url(self, settings: Settings) -> str:
        if settings.domain:
            return f"https://{settings.domain.name}"
        name = self.distribution.distribution_domain_name
        if settings.emulator:
            label = Fn.select(0, Fn.split(".", name))
            return f"http://{label}.cloudfront.localhost:{settings.emulator.port}"
        return f"https://{name}"
