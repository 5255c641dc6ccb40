"""In every commercial region the site's policy allows the origins of the presigned URLs."""

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


@pytest.fixture(scope="module")
def signed_origins():
    """Return the origin of each kind of presigned URL for a bucket in a region."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)

    def origins(bucket, region):
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        monkeypatch.setenv("DOCKET_BUCKET", bucket)
        s3._s3.cache_clear()
        config._load.cache_clear()
        urls = {
            "upload": s3.presigned_post("ada", a_document(), at=THEN).url,
            "download": s3.download_url("ada", a_read_document()),
            "picture": s3.page_image_url("D1", 1, 0, "thumbnail"),
            "report": s3.report_url(OID, "report.pdf", filename="report.pdf"),
        }
        parts = {name: urlsplit(url) for name, url in urls.items()}
        return {name: f"{part.scheme}://{part.netloc}" for name, part in parts.items()}

    aws._session.cache_clear()
    yield origins
    monkeypatch.undo()
    for cached in (s3._s3, aws._session, config._load):
        cached.cache_clear()


def test_the_commercial_regions_are_known():
    assert {"us-east-1", "eu-central-1", "ap-southeast-5"} <= set(REGIONS)


@pytest.mark.parametrize("region", REGIONS)
def test_the_site_allows_the_origins_of_presigned_urls(synthesise, signed_origins, region):
    stage = synthesise("prod")
    policy = stage.page_policy(region)
    documents = stage.only("AWS::S3::Bucket", "DataDocuments")
    bucket = stage.resolved(documents["BucketName"], region)

    origins = signed_origins(bucket, region)

    assert set(origins.values()) == {f"https://{bucket}.s3.{region}.amazonaws.com"}
    assert origins["upload"] in policy["connect-src"]
    assert origins["picture"] in policy["img-src"]
