"""The site of a request, as passkeys know it."""

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

from docket.api.edge import SITE_HEADER
from docket.api.request_headers import header
from docket.domain.accounts.passkey import RelyingParty
from docket.domain.errors import DirectCall
from docket.runtime import config


def relying_party(app: APIGatewayHttpResolver) -> RelyingParty:
    """The domain that passkeys are bound to, and the origin of the site's pages.

    The distribution is called by its own names only. Raises `DirectCall` without its header.
    """
    host = header(app, SITE_HEADER)
    if not host:
        raise DirectCall
    settings = config.read(config.RelyingParty)
    return RelyingParty(
        id=settings.relying_party or host.partition(":")[0],
        origin=f"{settings.site_scheme}://{host}",
    )
