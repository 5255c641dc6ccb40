"""Publish the site's build: the same step locally and on AWS.

    python -m infra.deployment.publish_site dev      to the deployed stage of that name

Browsers cache files with a hash in their name for a year, and revalidate the others every time. The
pages that reference the new files are uploaded last, and old files stay, so that open tabs keep
working. The pages without the app get the values of the stage (`infra.website.stage_values`).
"""

import json
import mimetypes
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from mypy_boto3_s3 import S3Client

from infra.deployment.deployed import session
from infra.names import Names
from infra.setting_types.error import SettingsError
from infra.settings import DEPLOYED
from infra.website.stage_values import FILLED, filled, stage_values

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "frontend/dist"
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
NOT_FOUND = "404.html"
NOT_STORED = "no-store"
"""A browser that revalidated the page of an unknown address would get 304 instead of 404."""


def publish(
    s3: S3Client,
    bucket: str,
    build: Path,
    config: Mapping[str, str | None],
    values: Mapping[str, str],
) -> int:
    """Upload the build, with the stage's values, and its `config.json`.

    Returns the number of files.
    """
    page = build / "index.html"
    if not page.is_file():
        raise FileNotFoundError(f"{page}: the site is not built (npm run build, in frontend/)")
    paths = sorted(path for path in build.rglob("*") if path.is_file())
    for path in sorted(paths, key=lambda path: path.suffix == ".html"):
        name = path.relative_to(build).as_posix()
        body = path.read_bytes()
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=filled(body.decode(), values).encode() if name.endswith(FILLED) else body,
            ContentType=content_type(name),
            CacheControl=_caching(name),
            # The distribution answers with this status: infra/constructs/website/page_response.js.
            Metadata={"status": "404"} if path.name == NOT_FOUND else {},
        )
    s3.put_object(
        Bucket=bucket,
        Key="config.json",
        Body=json.dumps(config).encode(),
        ContentType="application/json",
        CacheControl=REVALIDATE,
    )
    return len(paths) + 1


def _caching(name: str) -> str:
    if name.startswith("assets/"):
        return IMMUTABLE
    return NOT_STORED if name.endswith(NOT_FOUND) else REVALIDATE


def content_type(name: str) -> str:
    """The content type by the file's suffix. Raises `ValueError` for an unknown one."""
    if name.endswith(".woff2"):
        return "font/woff2"
    media_type, _ = mimetypes.guess_type(name)
    if media_type is None:
        raise ValueError(f"{name}: no content type is known for it")
    text = media_type.startswith("text/") or media_type in {
        "application/javascript",
        "application/json",
        "application/manifest+json",
    }
    return f"{media_type}; charset=utf-8" if text else media_type


def main(stage: str) -> None:
    """Publish to a deployed stage. Raises `SettingsError` if it names no operator."""
    DEPLOYED[stage].require_operator()
    names = Names(stage)
    outputs = {**_outputs(names.stack("data")), **_outputs(names.stack("site"))}
    aws = session()
    secret = aws.client("secretsmanager").get_secret_value(SecretId=outputs["StripeSecret"])
    publishable_key = json.loads(secret["SecretString"])["publishable_key"]
    config = {
        "stripe_publishable_key": publishable_key,
        "stripe_js": None,
        "identity": outputs["SignInBy"],
    }
    settings = replace(DEPLOYED[stage], region=aws.region_name)
    values = stage_values(settings, url=outputs["SiteUrl"])
    count = publish(aws.client("s3"), outputs["SiteBucket"], BUILD, config, values)
    print(f"{count} files published: {outputs['SiteUrl']}")
    if not publishable_key.strip():
        print("Nobody can pay yet: store Stripe's keys (docs/deployment.md), and publish again.")


def _outputs(stack: str) -> dict[str, str]:
    described = session().client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one argument
        raise SystemExit("usage: python -m infra.deployment.publish_site STAGE")
    try:
        main(sys.argv[1])
    except SettingsError as error:
        sys.exit(str(error))
