"""The export of an account, beside its worker in `events`."""

from infra.endpoint_spec import EndpointSpec, Grant, Objects, transaction
from infra.endpoints.actions import EXPORTS, GET, PUT, READ_OBJECT, SESSIONS, UPDATE, USERS
from infra.endpoints.grants import CALL_EXPORT_WORKER, LOOK_UP_SESSION

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/auth/me/export",
        name="exports/request",
        only="own sessions",
        errors=("reauthentication_required", "too_many_tries"),
        headers=("Accept-Language",),
        config=("reauthentication",),
        table=(
            LOOK_UP_SESSION,
            transaction(Grant((PUT,), (USERS,)), Grant((UPDATE,), (SESSIONS,))),
        ),
        queues=(CALL_EXPORT_WORKER,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me/export",
        name="exports/get",
        only="own sessions",
        table=(Grant((GET,), (USERS,)),),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/auth/me/export/archives/{number}",
        name="exports/download",
        only="own sessions",
        errors=("reauthentication_required", "export_not_found"),
        config=("reauthentication",),
        table=(LOOK_UP_SESSION, Grant((GET,), (USERS,))),
        objects=(Objects((READ_OBJECT,), EXPORTS, presigned=True),),
    ),
)
