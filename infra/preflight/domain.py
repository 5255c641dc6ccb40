"""Whether browsers reach the site by a domain of its own."""

from collections.abc import Iterator

from infra.preflight.account import Account
from infra.preflight.finding import Finding, ok, warning


def old_tls_is_refused(account: Account) -> Iterator[Finding]:
    """CloudFront takes a minimum version of TLS only beside a certificate of a custom domain.

    With its own certificate it sets the security policy TLSv1:
    https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html.
    """
    domain = account.settings.domain
    if domain is not None:
        yield ok(f"{domain.name} requires TLS 1.2.")
    elif account.settings.keeps_data:
        yield warning(
            "Without a domain the site is at cloudfront.net, where CloudFront accepts TLS 1.0.",
            "Set `domain` in infra/settings.py before you open the service.",
        )
    else:
        yield ok("The stage needs no domain. At cloudfront.net, CloudFront accepts TLS 1.0.")
