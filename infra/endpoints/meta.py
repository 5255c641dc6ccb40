"""The API about itself."""

from dataclasses import replace

from infra.endpoint_spec import EndpointSpec, FunctionSpec, ResponseSpec
from infra.endpoints.responses import CACHED, NOT_MODIFIED

PAGE_HEADERS = (*CACHED, "Content-Security-Policy")

ENDPOINTS = (
    EndpointSpec(
        method="GET", path="/api/v1/prices", name="meta/prices", public=True, config=("prices",)
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/health",
        name="meta/health",
        public=True,
        reachable="anywhere",  # it shows whether the API works if the distribution does not
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/openapi.json",
        name="meta/openapi",
        headers=("If-None-Match",),
        public=True,
        responses=(
            NOT_MODIFIED,
            ResponseSpec(
                status=200, description="This description", schema="object", headers=CACHED
            ),
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/docs",
        name="meta/docs",
        headers=("If-None-Match",),
        public=True,
        content_type="text/html",
        responses=(
            replace(NOT_MODIFIED, headers=PAGE_HEADERS),
            ResponseSpec(status=200, headers=PAGE_HEADERS),
        ),
    ),
)

NOT_FOUND = FunctionSpec(name="meta/not_found", config=("edge",))
"""Behind the default route: it responds to unknown paths in the API's error format."""
