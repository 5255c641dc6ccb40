"""Analyses and reports."""

from infra.endpoint_spec import EndpointSpec, Grant, Objects, ResponseSpec
from infra.endpoints.actions import ORDERS, QUERY, READ_OBJECT, REPORTS, RESULTS, WRITE_OBJECT
from infra.endpoints.grants import READ_ORDER, REQUEST_READINGS, order_change
from infra.endpoints.layers import WITH_ANALYSIS, WITH_READER
from infra.endpoints.responses import REDIRECT

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/create",
        errors=("nothing_to_read",),
        layers=WITH_ANALYSIS,
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,)), order_change()),
        queues=(REQUEST_READINGS,),
        responses=(
            ResponseSpec(
                status=202,
                description="Documents are still being read; the facts known so far",
                schema="AnalysisResponse",
            ),
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/get",
        errors=("analysis_not_found",),
        layers=WITH_ANALYSIS,
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/report",
        name="analyses/report",
        headers=("Accept-Language",),
        errors=("not_paid", "analysis_not_found"),
        layers=WITH_READER,
        memory="report",
        table=(READ_ORDER, Grant((QUERY,), (ORDERS,))),
        objects=(Objects((READ_OBJECT,), RESULTS), Objects((READ_OBJECT, WRITE_OBJECT), REPORTS)),
        responses=(REDIRECT,),
    ),
)
