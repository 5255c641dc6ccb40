"""Publish the site's build: the same step here and on AWS.

    python -m local.publish_site docket-dev      to the deployed stack of that name

Files whose name holds a hash of what they hold are kept by browsers for a year; the others are
asked for anew every time. The page that names the new files goes up last, and old files stay, so
that a tab opened before goes on working.
"""

import json
import mimetypes
import sys
from collections.abc import Mapping
from pathlib import Path

import boto3
from mypy_boto3_s3 import S3Client

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "frontend/dist"
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


def publish(s3: S3Client, bucket: str, build: Path, config: Mapping[str, str | None]) -> int:
    """Put the build, and the stage's `config.json` with it. Returns how many files that was."""
    page = build / "index.html"
    if not page.is_file():
        raise FileNotFoundError(f"{page}: the site is not built (npm run build, in frontend/)")
    paths = sorted(path for path in build.rglob("*") if path.is_file() and path != page)
    for path in [*paths, page]:
        name = path.relative_to(build).as_posix()
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=path.read_bytes(),
            ContentType=content_type(name),
            CacheControl=IMMUTABLE if name.startswith("assets/") else REVALIDATE,
        )
    s3.put_object(
        Bucket=bucket,
        Key="config.json",
        Body=json.dumps(config).encode(),
        ContentType="application/json",
        CacheControl=REVALIDATE,
    )
    return len(paths) + 2


def content_type(name: str) -> str:
    """By the file's ending. Raises `ValueError` for one that browsers would be left to guess."""
    if name.endswith(".woff2"):
        return "font/woff2"
    guessed, _ = mimetypes.guess_type(name)
    if guessed is None:
        raise ValueError(f"{name}: no content type is known for it")
    text = guessed.startswith("text/") or guessed in {"application/javascript", "application/json"}
    return f"{guessed}; charset=utf-8" if text else guessed


def main(stack: str) -> None:
    described = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    keys = boto3.client("secretsmanager").get_secret_value(SecretId=outputs["StripeSecret"])
    config = {
        "stripe_publishable_key": json.loads(keys["SecretString"])["publishable_key"],
        "stripe_js": None,
        "identity": outputs["SignInBy"],
    }
    count = publish(boto3.client("s3"), outputs["SiteBucket"], BUILD, config)
    print(f"{count} files published: {outputs['SiteUrl']}")


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one argument
        raise SystemExit("usage: python -m local.publish_site STACK")
    main(sys.argv[1])
