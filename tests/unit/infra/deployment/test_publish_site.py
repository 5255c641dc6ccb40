import json

import boto3
import pytest
from moto import mock_aws

from infra.deployment import publish_site
from infra.deployment.publish_site import content_type, publish
from infra.setting_types.error import SettingsError


@pytest.fixture
def s3(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="site")
        yield client


@pytest.fixture
def build(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets/index-1a2b.js").write_text("1")
    return tmp_path


def test_hashed_files_are_cached_for_a_year_and_others_are_revalidated(s3, build):
    count = publish(s3, "site", build, {"identity": "jwt"}, {})

    stored = {
        name: s3.head_object(Bucket="site", Key=name)["CacheControl"]
        for name in ("assets/index-1a2b.js", "index.html", "config.json")
    }
    assert count == 3
    assert stored == {
        "assets/index-1a2b.js": "public, max-age=31536000, immutable",
        "index.html": "no-cache",
        "config.json": "no-cache",
    }


def test_the_stages_configuration_is_published_with_the_build(s3, build):
    publish(s3, "site", build, {"stripe_js": None, "identity": "cognito"}, {})

    config = s3.get_object(Bucket="site", Key="config.json")
    assert json.loads(config["Body"].read()) == {"stripe_js": None, "identity": "cognito"}


@pytest.mark.parametrize("key", ["", "pk_test_fake"])
def test_a_site_without_stripes_key_is_published_with_a_warning(
    s3, build, monkeypatch, capsys, key
):
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    secrets = boto3.client("secretsmanager", region_name="us-east-1")
    # A name of its own for each case: moto forgets its secrets only after the last of its users.
    name = f"stripe/{key or 'none'}"
    secrets.create_secret(Name=name, SecretString=json.dumps({"publishable_key": key}))
    outputs = {"StripeSecret": name, "SiteBucket": "site", "SiteUrl": "url", "SignInBy": "jwt"}
    monkeypatch.setattr(publish_site, "_outputs", lambda _: outputs)
    monkeypatch.setattr(publish_site, "BUILD", build)

    publish_site.main("dev")

    config = json.loads(s3.get_object(Bucket="site", Key="config.json")["Body"].read())
    assert config["stripe_publishable_key"] == key
    assert ("publish again" in capsys.readouterr().out) is (not key)


def test_a_page_gets_the_values_of_the_stage(s3, build):
    (build / "imprint.html").write_text("<p>{{operator.name}}</p>")

    publish(s3, "site", build, {}, {"operator.name": "Ada & Söhne"})

    page = s3.get_object(Bucket="site", Key="imprint.html")
    assert page["Body"].read().decode() == "<p>Ada &amp; Söhne</p>"


def test_the_page_for_unknown_paths_has_its_status_and_is_not_stored(s3, build):
    (build / "de").mkdir()
    for name in ("404.html", "de/404.html"):
        (build / name).write_text("<!doctype html>")

    publish(s3, "site", build, {}, {})

    for name in ("404.html", "de/404.html"):
        page = s3.head_object(Bucket="site", Key=name)
        assert (page["Metadata"], page["CacheControl"]) == ({"status": "404"}, "no-store")
    assert s3.head_object(Bucket="site", Key="index.html")["Metadata"] == {}


def test_prod_is_not_published_without_an_operator():
    with pytest.raises(SettingsError, match="set operator"):
        publish_site.main("prod")


def test_a_site_that_is_not_built_is_not_published(s3, tmp_path):
    with pytest.raises(FileNotFoundError, match="not built"):
        publish(s3, "site", tmp_path, {}, {})


def test_a_file_without_a_known_content_type_is_refused():
    assert content_type("a.woff2") == "font/woff2"
    assert content_type("index.html") == "text/html; charset=utf-8"
    with pytest.raises(ValueError, match="no content type"):
        content_type("a.unheard-of")
