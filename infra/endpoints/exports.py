"""The export of an account, beside its worker in `events`."""

from infra.endpoint_spec import EndpointSpec, Grant, Objects
from infra.endpoints.actions import EXPORTS, GET, PUT, READ_OBJECT, USERS
from infra.endpoints.grants import CALL_EXPORT_WORKER

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/me/export",
        name="auth/request_export",
        only="jwt",
        errors=("reauthentication_required", "too_many_tries"),
        headers=("Accept-Language",),
        config=("reauthentication",),
        table=(Grant((PUT,), (USERS,)),),
        queues=(CALL_EXPORT_WORKER,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me/export",
        name="auth/get_export",
        only="jwt",
        table=(Grant((GET,), (USERS,)),),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me/export/archives/{number}",
        name="auth/download_export",
        only="jwt",
        errors=("reauthentication_required", "export_not_found"),
        config=("reauthentication",),
        table=(Grant((GET,), (USERS,)),),
        objects=(Objects((READ_OBJECT,), EXPORTS, presigned=True),),
    ),
)
