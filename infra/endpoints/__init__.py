"""The API as a table: method, path, function, and the exact permissions of that function.

Each module has rows of the functions of one folder under `functions/`, or of a part of one. Four
readers share the table: the CDK constructs (routes, functions, roles), the infrastructure tests
(every route, policy and environment in the template equals its row), the house tests (every row has
a handler and every handler a row) and the README. Nothing about an endpoint is derived from its
name elsewhere. This package does not import CDK.
"""

from infra.endpoint_spec import EndpointSpec, FunctionSpec
from infra.endpoints import analyses, documents, events, meta, orders, payments
from infra.endpoints.accounts import (
    api_keys,
    auth,
    exports,
    passkeys,
    second_factors,
    sessions,
)

ENDPOINTS: tuple[EndpointSpec, ...] = (
    *auth.ENDPOINTS,
    *second_factors.ENDPOINTS,
    *sessions.ENDPOINTS,
    *exports.ENDPOINTS,
    *api_keys.ENDPOINTS,
    *passkeys.ENDPOINTS,
    *orders.ENDPOINTS,
    *documents.ENDPOINTS,
    *analyses.ENDPOINTS,
    *payments.ENDPOINTS,
    *meta.ENDPOINTS,
)

FUNCTIONS: tuple[FunctionSpec, ...] = (
    *ENDPOINTS,
    meta.NOT_FOUND,
    sessions.AUTHORIZER,
    *events.FUNCTIONS,
)
"""Also the functions that are behind no route of their own."""
