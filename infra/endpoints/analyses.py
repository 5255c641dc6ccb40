"""Analyses and reports."""

from infra.endpoint_spec import Access, EndpointSpec, Grant, Messages, Objects, ResponseSpec
from infra.endpoints.actions import (
    GET,
    ORDERS,
    PUT,
    RATE_LIMITS,
    READ_OBJECT,
    READ_VERSION_TAGS,
    REPORTS,
    RESULTS,
    SEND,
    UPDATE,
    UPLOADS,
    WRITE_OBJECT,
)
from infra.endpoints.grants import (
    CALL_REPORT_WORKER,
    LIST_ITEMS,
    READ_ORDER,
    READ_WITH_ORDER,
    order_change,
)
from infra.endpoints.layers import WITH_ANALYSIS, WITH_READER
from infra.endpoints.responses import REDIRECT

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/create",
        snapshot=True,
        scope="write",
        test_keys=True,
        errors=("nothing_to_read",),
        layers=WITH_ANALYSIS,
        table=(
            READ_ORDER,
            READ_WITH_ORDER,
            LIST_ITEMS,
            order_change(Grant((UPDATE,), (ORDERS,))),
        ),
        config=("limits", "uploads"),
        malware_scan=Access(objects=(Objects((READ_VERSION_TAGS,), UPLOADS),)),
        queues=(Messages(SEND, ("readings",)),),  # a repeated reading has no parts yet
        responses=(
            ResponseSpec(
                status=202,
                description="Documents are still being read; the facts known so far",
                schema="AnalysisResponse",
                headers=("Link",),
            ),
            ResponseSpec(status=201, headers=("Link",)),
        ),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/analysis",
        name="analyses/get",
        snapshot=True,
        scope="read",
        test_keys=True,
        errors=("analysis_not_found",),
        layers=WITH_ANALYSIS,
        table=(READ_WITH_ORDER, LIST_ITEMS),
        responses=(ResponseSpec(status=200, headers=("Link",)),),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/report",
        name="analyses/report",
        scope="read",
        test_keys=True,
        headers=("Accept-Language",),
        errors=("not_paid",),
        layers=WITH_READER,
        memory="report",
        table=(READ_ORDER, READ_WITH_ORDER, LIST_ITEMS),
        objects=(Objects((READ_OBJECT,), RESULTS), Objects((READ_OBJECT, WRITE_OBJECT), REPORTS)),
        responses=(REDIRECT,),
    ),
    EndpointSpec(
        method="POST",
        path="/api/v1/analyses/orders/{order_id}/reports",
        name="analyses/request_report",
        scope="read",
        test_keys=True,
        headers=("Accept-Language",),
        errors=("not_paid",),
        table=(READ_ORDER, Grant((PUT,), (ORDERS,)), Grant((UPDATE,), (RATE_LIMITS,))),
        queues=(CALL_REPORT_WORKER,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/analyses/orders/{order_id}/reports",
        name="analyses/get_report",
        scope="read",
        test_keys=True,
        headers=("Accept-Language",),
        errors=("not_paid", "report_not_found"),
        table=(READ_ORDER, Grant((GET,), (ORDERS,)), READ_WITH_ORDER),
        objects=(Objects((READ_OBJECT,), REPORTS, presigned=True),),
        responses=(
            REDIRECT,
            ResponseSpec(
                status=202,
                description="The report is being made",
                schema="ReportStateResponse",
                headers=("Retry-After",),
            ),
        ),
    ),
)
