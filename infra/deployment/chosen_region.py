"""The region of a deployment, which somebody must have chosen."""

import os

from botocore.exceptions import ProfileNotFound

from infra.deployment.deployed import session
from infra.setting_types.error import SettingsError

FALLBACK = "us-east-1"
"""The CDK CLI deploys there if it finds no region, and does not say so."""


class NoRegionError(SettingsError):
    """Nobody has chosen a region. The message says how to."""


def chosen_region() -> str:
    """The region that the CDK CLI passes to the app.

    Raises `NoRegionError` for the fallback that neither the environment nor the profile names: a
    forgotten variable must not store customers' documents on another continent.
    """
    region = os.environ.get("CDK_DEFAULT_REGION", FALLBACK)
    if region == FALLBACK and _named_region() != FALLBACK:
        raise NoRegionError(
            "There is no region. Set AWS_REGION, or `region` in the profile of AWS_PROFILE, to "
            "where it shall run."
        )
    return region


def _named_region() -> str | None:
    try:
        return session().region_name
    except ProfileNotFound:
        return None
