"""In every commercial region the browser may use the addresses that the service signs."""

from urllib.parse import urlsplit

import botocore.session
import pytest

from docket.gateways import s3
from docket.runtime import aws, config
from tests.make import OID, THEN, a_document, a_read_document

COMMERCIAL = next(
    partition
    for partition in botocore.session.get_session().get_data("partitions")["partitions"]
    if partition["id"] == "aws"
)
REGIONS = sorted(COMMERCIAL["regions"].keys() - {"aws-global"})


def documents_bucket(stage):
    return stage.only("AWS::S3::Bucket", "DataDocuments")


@pytest.fixture(scope="module")
def signed_origins():
    """The origins of every kind of address that is signed for a bucket in a region."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    def origins(bucket, region):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        monkeypatch.setenv("DOCKET_BUCKET", bucket)
        s3._s3.cache_clear()
        config._load.cache_clear()
        addresses = {
            "upload": s3.presigned_post("ada", a_document(), at=THEN).url,
            "download": s3.download_url("ada", a_read_document()),
            "picture": s3.page_image_url("D1", "v1", 0, "thumbnail"),
            "report": s3.report_url(OID, "report.pdf"),
        }
        parts = {name: urlsplit(address) for name, address in addresses.items()}
        return {name: f"{part.scheme}://{part.netloc}" for name, part in parts.items()}

    aws._session.cache_clear()
    yield origins
    monkeypatch.undo()
    for made in (s3._s3, aws._session, config._load):
        made.cache_clear()


def test_there_are_regions_to_look_at():
    assert {"us-east-1", "eu-central-1", "ap-southeast-5"} <= set(REGIONS)


@pytest.mark.parametrize("region", REGIONS)
def test_signed_addresses_have_the_origin_that_the_sites_policy_allows(
    synthesise, signed_origins, region
):
    stage = synthesise("prod")
    policy = stage.page_policy(region)
    bucket = stage.resolved(documents_bucket(stage)["BucketName"], region)

    origins = signed_origins(bucket, region)

    assert set(origins.values()) == {f"https://{bucket}.s3.{region}.amazonaws.com"}
    assert origins["upload"] in policy["connect-src"]
    assert origins["picture"] in policy["img-src"]


def test_the_bucket_that_is_signed_for_lets_the_sites_pages_in_and_no_others(synthesise):
    stage = synthesise("prod")

    (rule,) = documents_bucket(stage)["CorsConfiguration"]["CorsRules"]

    site = stage.template["Outputs"]["SiteUrl"]["Value"]
    assert rule["AllowedOrigins"] == [site]
