"""Examples of requests and responses: one order from its creation to the report.

The models of the API make them from domain objects, so that no example contradicts its model. The
responses follow from the requests.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from analysis.consolidate import consolidate, key_facts
from analysis.model.page_numbers import published
from docket.auth import signing_keys
from docket.auth.cookies import logout_response
from docket.domain.accounts.passkey import NewPasskeyOptions
from docket.domain.accounts.user import AccountAccess
from docket.domain.event import AuditContext
from docket.domain.orders.correction import Correction, Statement, Verdict
from docket.domain.orders.finished_review import FinishedReview
from docket.domain.orders.order import OrderStatus
from docket.domain.orders.report import Report, ReportOptions
from docket.schemas.accounts.api_keys import (
    ApiKeyResponse,
    CreateApiKeyRequest,
    CreatedApiKeyResponse,
)
from docket.schemas.accounts.auth import (
    ConfirmLinkRequest,
    KeySetResponse,
    LoginRequest,
    ProfileResponse,
    RefreshRequest,
    RegisterResponse,
    UpdateProfileRequest,
)
from docket.schemas.accounts.credentials import (
    ChangeEmailRequest,
    ChangePasswordRequest,
    ConfirmEmailResponse,
    ForgotPasswordRequest,
    ResetPasswordRequest,
)
from docket.schemas.accounts.exports import ArchiveUrlResponse, ExportResponse
from docket.schemas.accounts.passkeys import (
    AddPasskeyRequest,
    PasskeyLoginOptionsResponse,
    PasskeyOptionsResponse,
    PasskeyProof,
    PasskeyResponse,
    RenamePasskeyRequest,
)
from docket.schemas.accounts.second_factors import (
    ConfirmTotpRequest,
    LoginCodeRequest,
    TotpResponse,
)
from docket.schemas.accounts.sessions import ReauthenticateRequest, SessionResponse
from docket.schemas.analyses import AnalysisResponse, CreateAnalysisRequest, ReportResponse
from docket.schemas.base import HealthResponse, RequestModel
from docket.schemas.corrections import CorrectFactRequest
from docket.schemas.document_analyses import FactResponse
from docket.schemas.documents import (
    CreateDocumentResponse,
    DocumentDetailResponse,
    DocumentResponse,
    PageImageResponse,
    PresignedPostResponse,
)
from docket.schemas.ids import (
    EXAMPLE_FACT_ID,
)
from docket.schemas.orders import (
    EventResponse,
    OrderResponse,
    UpdateOrderStatusRequest,
    UpdateReviewRequest,
)
from docket.schemas.payments import (
    ConfirmPaymentRequest,
    ConfirmPaymentResponse,
    PaymentIntentResponse,
    PriceListResponse,
    WebhookResponse,
)
from docket.schemas.reports import CreateReportRequest, ReportStateResponse
from docket.workflows.documents.facts import reviewed_facts
from functions.account.change_email import SENT as ADDRESS_CHANGE_SENT
from functions.account.change_password import CHANGED as PASSWORD_CHANGED
from functions.account.delete import STARTED as DELETION_STARTED
from functions.account.remove_password import REMOVED as WITHOUT_PASSWORD
from functions.account.send_verification import SENT as VERIFICATION_SENT
from functions.account.verify_email import CONFIRMED as ADDRESS_CONFIRMED
from functions.api_keys.revoke import REVOKED
from functions.auth.forgot_password import SENT as RESET_SENT
from functions.auth.reauthenticate import CONFIRMED
from functions.auth.reset_password import CHANGED as PASSWORD_RESET
from functions.documents.delete import REMOVED
from functions.passkeys.remove import REMOVED as WITHOUT_PASSKEY
from functions.second_factor.remove_totp import REMOVED as WITHOUT_FACTOR
from functions.sessions.end import ENDED
from functions.sessions.end_others import ENDED as ALL_ENDED
from infra.openapi.example_account import (
    API_KEY,
    API_KEY_TEXT,
    CHALLENGE,
    EXPORT,
    PASSKEY,
    READY_EXPORT,
    RECOVERY_CODES,
    RELYING_PARTY,
    SESSION,
    SESSION_CALLER,
)
from infra.openapi.example_content import CONTENT_REQUESTS, CONTENT_RESPONSES
from infra.openapi.example_order import (
    CANCELLED_ORDER,
    CREATE_DOCUMENT,
    CREATE_DOCUMENTS,
    CREATE_ORDER,
    CREATED_AT,
    FACTS,
    INTENT,
    LOGIN,
    NEW_DOCUMENT,
    NEW_ORDER,
    PAID_AT,
    PAID_ORDER,
    PAYMENT,
    PAYMENT_INTENT_ID,
    PREVIEW,
    READ_DOCUMENT,
    READ_ORDER,
    READING_ORDER,
    REGISTER,
    RENAME_DOCUMENT,
    SAMPLE_ORDER,
    STORAGE,
    UPLOAD,
    USER,
)

type Json = dict[str, Any]

TOKEN = "l3kG0kDqvH1vCq0nJc3m4Xo5u8m1Q2w3E4r5T6y7U8I"  # noqa: S105 - an example

REQUESTS: tuple[RequestModel, ...] = (
    REGISTER,
    LoginRequest(email=REGISTER.email, password=REGISTER.password),
    RefreshRequest.model_validate({"refresh_token": "the-value-of-the-cookie"}),
    UpdateProfileRequest(full_name=REGISTER.full_name),
    ReauthenticateRequest(password=REGISTER.password),
    LoginCodeRequest(mfa_token=TOKEN, code="492039"),
    ConfirmTotpRequest(code="492039"),
    ConfirmLinkRequest(token=TOKEN, password=REGISTER.password),
    ForgotPasswordRequest(email=REGISTER.email),
    ResetPasswordRequest(token=TOKEN, password=REGISTER.password),
    ChangePasswordRequest(password=REGISTER.password, new_password="seven purple bicycles"),  # noqa: S106 - an example
    ChangeEmailRequest(email="ada.lovelace@example.com"),
    CREATE_ORDER,
    UpdateOrderStatusRequest(status=OrderStatus.CANCELLED),
    UpdateReviewRequest(status="finished"),
    CREATE_DOCUMENT,
    CREATE_DOCUMENTS,
    CreateAnalysisRequest(details="For the tax return of 2026"),
    CreateReportRequest(format="xlsx", language="de", doubtful="omit"),
    ConfirmPaymentRequest(payment_id=PAYMENT_INTENT_ID),
    RENAME_DOCUMENT,
    CorrectFactRequest(action="correct", value="191.00 EUR"),
    *CONTENT_REQUESTS,
    CreateApiKeyRequest(name="Accounting import", scopes=["read", "write"], expires_in_days=90),
    AddPasskeyRequest(
        name="Firefox on Windows",
        credential_id="hQk2p7Zb1mVt0cXoYw3rJg",
        client_data="eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
        attestation="o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ",
    ),
    RenamePasskeyRequest(name="Work laptop"),
    PasskeyProof(
        credential_id="hQk2p7Zb1mVt0cXoYw3rJg",
        user_handle="MDFKREIyVjNXNFg1WTZaN0E4QjlDMEQxRTU",
        client_data="eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0",
        authenticator_data="SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        signature="MEUCIQDq2lG5pV0v",
    ),
)

REPORT = Report.requested(
    "01JDB2V3W4X5Y6Z7A8B9C0D1F2", USER.id, NEW_ORDER.id, ReportOptions(form="xlsx"), at=PAID_AT
)
WHOLE = AnalysisResponse.whole(
    PAID_ORDER,
    [READ_DOCUMENT],
    {READ_DOCUMENT.id: reviewed_facts.reviewed(FACTS, ())},
    consolidate([key_facts(FACTS) | {"document_id": READ_DOCUMENT.id}]),
)


_READ_FACT = FACTS["facts"][-1]
CORRECTION = Correction(
    fact_id=EXAMPLE_FACT_ID,
    verdict=Verdict.CORRECTED,
    read=_READ_FACT,
    stated=replace(
        Statement.of(_READ_FACT), value="EUR 191.00", normalised={"minor": 19100, "currency": "eur"}
    ),
    user_id=USER.id,
    at=PAID_AT,
)
(CORRECTED,) = reviewed_facts.reviewed({"facts": []}, [CORRECTION])["facts"]
CORRECTED["review"]["found"] = True


def _events() -> list[EventResponse]:
    ids = (f"01JDB2X{number:019d}" for number in range(3))
    customer = AuditContext(actor="customer", at=CREATED_AT, new_id=lambda: next(ids))
    stripe = replace(customer, actor="stripe", at=PAID_AT)
    return [
        EventResponse.of(event)
        for event in (
            customer.event("opened"),
            customer.event("document_added", NEW_DOCUMENT.facts),
            stripe.event(
                "paid",
                PAYMENT.facts,
                from_status=OrderStatus.PENDING,
                to_status=OrderStatus.COMPLETED,
            ),
        )
    ]


PAID = OrderResponse.of(PAID_ORDER, [READ_DOCUMENT])
REVIEWED_ORDER = replace(PAID_ORDER, review=FinishedReview(finished_at=PAID_AT, user_id=USER.id))
UPLOAD_FORM = PresignedPostResponse.of(UPLOAD)

RESPONSES: Mapping[tuple[str, str], object] = {
    ("auth/register", "201"): RegisterResponse.of(USER),
    ("auth/register", "202"): RegisterResponse.by_mail(),
    ("account/confirm_email", "200"): ConfirmEmailResponse.of(is_changed=True),
    ("auth/login", "200"): LOGIN,
    ("auth/refresh", "200"): LOGIN,
    ("auth/login_mfa", "200"): LOGIN,
    ("second_factor/begin_totp", "200"): TotpResponse(
        secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",  # noqa: S106 - an example
        uri="otpauth://totp/Docket:ada%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Docket",
    ),
    ("second_factor/confirm_totp", "200"): RECOVERY_CODES,
    ("second_factor/renew_recovery_codes", "200"): RECOVERY_CODES,
    ("second_factor/remove_totp", "200"): WITHOUT_FACTOR,
    ("passkeys/list", "200"): [PasskeyResponse.of(PASSKEY)],
    ("passkeys/options", "200"): PasskeyOptionsResponse.of_new(
        NewPasskeyOptions(
            challenge=CHALLENGE,
            user=USER,
            user_handle="MDFKREIyVjNXNFg1WTZaN0E4QjlDMEQxRTU",
            passkeys=(PASSKEY,),
        ),
        RELYING_PARTY,
    ),
    ("passkeys/add", "201"): PasskeyResponse.of(replace(PASSKEY, used_at=None)),
    ("passkeys/rename", "200"): PasskeyResponse.of(replace(PASSKEY, name="Work laptop")),
    ("passkeys/remove", "200"): WITHOUT_PASSKEY,
    ("account/remove_password", "200"): WITHOUT_PASSWORD,
    ("auth/login_passkey_options", "200"): PasskeyLoginOptionsResponse.of(CHALLENGE, RELYING_PARTY),
    ("auth/login_passkey", "200"): LOGIN,
    ("auth/reauthenticate_passkey", "200"): CONFIRMED,
    ("auth/logout", "200"): logout_response().body,
    ("account/delete", "202"): DELETION_STARTED,
    ("account/get", "200"): ProfileResponse.of(USER),
    ("account/update", "200"): ProfileResponse.of(USER),
    ("orders/list", "200"): [OrderResponse.of(PAID_ORDER, [])],
    ("orders/create", "201"): OrderResponse.of(NEW_ORDER, []),
    ("orders/create_sample", "201"): OrderResponse.of(SAMPLE_ORDER, [NEW_DOCUMENT]),
    ("orders/get", "200"): OrderResponse.of(READ_ORDER, [READ_DOCUMENT]),
    ("orders/update_status", "200"): OrderResponse.of(CANCELLED_ORDER, []),
    ("orders/update_review", "200"): OrderResponse.of(REVIEWED_ORDER, [READ_DOCUMENT]),
    ("orders/list_events", "200"): _events(),
    ("orders/add_document", "201"): CreateDocumentResponse.with_upload_form(NEW_DOCUMENT, UPLOAD),
    ("orders/list_documents", "200"): [DocumentResponse.of(READ_DOCUMENT)],
    ("documents/renew_upload", "200"): UPLOAD_FORM,
    ("documents/get", "200"): DocumentDetailResponse.detailed(
        READ_DOCUMENT,
        download_url=f"{STORAGE}/uploads/{USER.id}/{NEW_ORDER.id}/{READ_DOCUMENT.id}/1",
        pages=[
            PageImageResponse(
                number=1,
                thumbnail_url=f"{STORAGE}/results/{READ_DOCUMENT.id}/1/page-0-thumbnail.webp",
                picture_url=f"{STORAGE}/results/{READ_DOCUMENT.id}/1/page-0-readable.webp",
                width=1240,
                height=1754,
            )
        ],
    ),
    ("documents/rename", "200"): DocumentResponse.of(replace(READ_DOCUMENT, title="Rent, March")),
    ("documents/delete", "200"): REMOVED,
    ("documents/correct_fact", "200"): FactResponse.model_validate(published(CORRECTED)),
    **CONTENT_RESPONSES,
    ("analyses/create", "201"): PREVIEW,
    ("analyses/create", "202"): AnalysisResponse.preview(READING_ORDER, []),
    ("analyses/get", "200"): WHOLE,
    ("analyses/report", "200"): ReportResponse(
        url=f"{STORAGE}/reports/{NEW_ORDER.id}/docket-{NEW_ORDER.id}.json"
    ),
    ("analyses/request_report", "202"): ReportStateResponse.of(REPORT),
    ("analyses/get_report", "202"): ReportStateResponse.of(
        REPORT.with_progress(25, 300, at=PAID_AT)
    ),
    ("analyses/get_report", "200"): ReportStateResponse.of(
        REPORT.with_progress(300, 300, at=PAID_AT).ready("Invoices.xlsx", at=PAID_AT),
        f"{STORAGE}/reports/{NEW_ORDER.id}/{REPORT.object_name}",
    ),
    ("payments/create_intent", "200"): PaymentIntentResponse.of(
        INTENT, publishable_key="pk_test_example"
    ),
    ("payments/confirm", "200"): ConfirmPaymentResponse(message=PAID.status_reason, order=PAID),
    ("payments/webhook", "200"): WebhookResponse(effect=True),
    ("account/verify_email", "200"): ADDRESS_CONFIRMED,
    ("api_keys/list", "200"): [ApiKeyResponse.of(API_KEY, AccountAccess(), at=PAID_AT)],
    ("api_keys/create", "201"): CreatedApiKeyResponse.of_new(
        replace(API_KEY, last_used_at=None), API_KEY_TEXT, at=CREATED_AT
    ),
    ("api_keys/revoke", "200"): REVOKED,
    ("sessions/list", "200"): [SessionResponse.of(SESSION, SESSION_CALLER)],
    ("sessions/end_others", "200"): ALL_ENDED,
    ("sessions/end", "200"): ENDED,
    ("auth/reauthenticate", "200"): CONFIRMED,
    ("account/send_verification", "202"): VERIFICATION_SENT,
    ("auth/forgot_password", "202"): RESET_SENT,
    ("auth/reset_password", "200"): PASSWORD_RESET,
    ("account/change_password", "200"): PASSWORD_CHANGED,
    ("account/change_email", "202"): ADDRESS_CHANGE_SENT,
    ("exports/request", "202"): ExportResponse.of(EXPORT, at=PAID_AT),
    ("exports/get", "200"): ExportResponse.of(READY_EXPORT, at=PAID_AT),
    ("exports/download", "200"): ArchiveUrlResponse(
        url=f"{STORAGE}/exports/{EXPORT.user_id}/{EXPORT.id}/01JDB2V3W4X5Y6Z7A8B9C0D1E5.zip"
    ),
    ("auth/jwks", "200"): KeySetResponse.of([signing_keys.jwk("1", "an example")]),
    ("meta/prices", "200"): PriceListResponse(base=200, per_page=50, currency="eur"),
    ("meta/health", "200"): HealthResponse(),
    ("meta/openapi", "200"): {
        "openapi": "3.1.0",
        "info": {"title": "Docket", "version": "1"},
        "paths": {},
    },
}
"""The responses with content, by operation and status."""

STRIPE_EVENT_EXAMPLE: Json = {
    "id": "evt_3QExampleExample",
    "type": "payment_intent.succeeded",
    "data": {"object": {"id": PAYMENT_INTENT_ID, "object": "payment_intent"}},
}

_AS_JSON: TypeAdapter[Any] = TypeAdapter(Any)


def request_examples() -> Json:
    """An example of each request, by the name of its schema."""
    return {
        type(request).__name__: request.model_dump(mode="json", exclude_unset=True)
        for request in REQUESTS
    } | {"StripeEvent": STRIPE_EVENT_EXAMPLE}


def response_example(operation: str, status: str) -> Any:
    """The example of a successful response with JSON. Raises `KeyError` if there is none."""
    return _AS_JSON.dump_python(RESPONSES[operation, status], mode="json", by_alias=True)
