"""Single documents."""

from infra.endpoint_spec import EndpointSpec, Grant, Objects, ResponseSpec
from infra.endpoints.actions import (
    DELETE,
    GET,
    ORDERS,
    READ_OBJECT,
    READ_VERSION,
    RESULTS,
    UPDATE,
    UPLOADS,
    USERS,
)
from infra.endpoints.grants import LIST_ITEMS, READ_WITH_ORDER, SIGN_UPLOAD_FORM, order_change
from infra.endpoints.layers import WITH_ANALYSIS
from infra.endpoints.responses import REDIRECT

CORRECT = (READ_WITH_ORDER, LIST_ITEMS, order_change(Grant((UPDATE, DELETE), (ORDERS,))))
"""A correction rests on those before it, and replaces or removes one."""

ENDPOINTS = (
    EndpointSpec(
        method="POST",
        path="/api/v1/documents/{document_id}/upload",
        name="documents/renew_upload",
        scope="write",
        errors=(
            "order_closed",
            "sample_order",
            "document_settled",
            "limit_reached",
            "too_many_tries",
        ),
        table=(READ_WITH_ORDER, Grant((UPDATE,), (ORDERS, USERS))),
        config=("limits",),
        objects=(SIGN_UPLOAD_FORM,),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/documents/{document_id}",
        name="documents/get",
        snapshot=True,
        scope="read",
        test_keys=True,
        errors=("document_not_arrived", "document_quarantined", "document_erased"),
        table=(READ_WITH_ORDER, Grant((GET,), (ORDERS,))),
        objects=(
            Objects((READ_VERSION,), UPLOADS, presigned=True),
            Objects((READ_OBJECT,), RESULTS, presigned=True),
        ),
        responses=(REDIRECT,),
    ),
    EndpointSpec(
        method="PATCH",
        path="/api/v1/documents/{document_id}",
        name="documents/rename",
        scope="write",
        headers=("If-Match",),
        errors=("if_match_required", "sample_order", "title_changed"),
        table=(READ_WITH_ORDER, order_change(Grant((UPDATE,), (ORDERS,)))),
    ),
    EndpointSpec(
        method="DELETE",
        path="/api/v1/documents/{document_id}",
        name="documents/delete",
        scope="write",
        errors=("order_closed", "sample_order"),
        table=(
            Grant((GET,), (ORDERS,)),
            READ_WITH_ORDER,
            order_change(Grant((UPDATE, DELETE), (ORDERS,))),
        ),
    ),
    EndpointSpec(
        method="PUT",
        path="/api/v1/documents/{document_id}/facts/{fact_id}",
        name="documents/correct_fact",
        snapshot=True,
        scope="write",
        test_keys=True,
        headers=("If-Match",),
        errors=(
            "analysis_not_found",
            "document_in_progress",
            "fact_changed",
            "fact_not_found",
            "if_match_required",
            "not_paid",
        ),
        layers=WITH_ANALYSIS,
        table=CORRECT,
        responses=(ResponseSpec(status=200, headers=("ETag",)),),
    ),
    EndpointSpec(
        method="PUT",
        path="/api/v1/documents/{document_id}/line-items",
        name="documents/correct_line_items",
        scope="write",
        test_keys=True,
        headers=("If-Match",),
        errors=(
            "analysis_not_found",
            "document_in_progress",
            "if_match_required",
            "line_items_changed",
            "line_items_incomplete",
            "not_paid",
        ),
        layers=WITH_ANALYSIS,
        table=CORRECT,
        responses=(ResponseSpec(status=200, headers=("ETag",)),),
    ),
    EndpointSpec(
        method="GET",
        path="/api/v1/documents/{document_id}/pages/{page}/text",
        name="documents/get_page_text",
        scope="read",
        test_keys=True,
        errors=("not_paid", "page_not_found"),
        layers=WITH_ANALYSIS,
        memory="report",  # it loads the whole result
        table=(READ_WITH_ORDER,),
        objects=(Objects((READ_OBJECT,), RESULTS),),
    ),
)
