"""The API as a table: method, path, function, and the exact permissions of that function.

Each module has rows of the functions of one folder under `functions/`. Four readers share the
table: the CDK constructs (routes, functions, roles), the infrastructure tests (every route, policy
and environment in the template equals its row), the house tests (every row has a handler and every
handler a row) and the README. Nothing about an endpoint is derived from its name elsewhere. This
package does not import CDK.
"""

from infra.endpoint_spec import EndpointSpec, FunctionSpec
from infra.endpoints import (
    analyses,
    api_keys,
    auth,
    documents,
    events,
    exports,
    meta,
    orders,
    payments,
)

ENDPOINTS: tuple[EndpointSpec, ...] = (
    *auth.ENDPOINTS,
    *exports.ENDPOINTS,
    *api_keys.ENDPOINTS,
    *orders.ENDPOINTS,
    *documents.ENDPOINTS,
    *analyses.ENDPOINTS,
    *payments.ENDPOINTS,
    *meta.ENDPOINTS,
)

FUNCTIONS: tuple[FunctionSpec, ...] = (
    *ENDPOINTS,
    meta.NOT_FOUND,
    auth.AUTHORIZER,
    *events.FUNCTIONS,
)
"""Also the functions that are behind no route of their own."""
