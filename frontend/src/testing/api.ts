import type {
  AnalysisResponse,
  ApiKeyResponse,
  CorrectFactRequest,
  CorrectLineItemsRequest,
  CreateApiKeyRequest,
  CreateDocumentRequest,
  DocumentAnalysisResponse,
  DocumentDetailResponse,
  DocumentResponse,
  DocumentStatus,
  EventResponse,
  ExportResponse,
  FactPreviewResponse,
  OrderResponse,
  PageTextResponse,
  PasskeyResponse,
  PaymentResponse,
  ProfileResponse,
  RefundResponse,
  ReportStateResponse,
  SessionResponse,
} from "@/lib/api/client.generated";

/** The calls that are refused until the customer has proved to be present. */
const NEEDS_PRESENCE =
  /^(DELETE \/auth\/(sessions|mfa|passkeys|me$|me\/password)|POST \/auth\/(change-email|keys|mfa|passkeys|me\/export)|GET \/auth\/me\/export\/)/;

const CHALLENGE = { challenge: "Y2hhbGxlbmdl", expires_in: 300, relying_party_id: "localhost" };
/** "01USER" in base64url. */
const HANDLE = "MDFVU0VS";

/**
 * A fake of the API for the tests of the site: it responds from memory, one request at a time. The
 * end-to-end tests use the real API.
 */
export class TestApi {
  user: ProfileResponse = {
    id: "01USER",
    email: "ada@example.org",
    full_name: "Ada Lovelace",
    created_at: "2026-11-01T09:00:00Z",
    email_verified: false,
    second_factor: false,
    has_password: true,
  };
  password = "correct horse battery";
  /** Whether the browser has a valid refresh cookie. */
  cookie = false;
  token = "token-1";
  refreshes = 0;
  orders: OrderResponse[] = [];
  sessions: SessionResponse[] = [];
  export: ExportResponse = anExport();
  apiKeys: ApiKeyResponse[] = [];
  passkeys: PasskeyResponse[] = [];
  /** Whether the customer has proved lately to be present. */
  isRecent = true;
  events: EventResponse[] = [];
  analysis: AnalysisResponse | null = null;
  /** By order: another analysis than `analysis`. */
  readonly previews = new Map<string, AnalysisResponse>();
  /** The report that was requested; null: none was. A test sets its progress. */
  report: ReportStateResponse | null = null;
  details = new Map<string, DocumentDetailResponse>();
  /** The text of pages, by `document/page`. A page without one has no words. */
  texts = new Map<string, PageTextResponse>();
  /** Responses for the next matching calls. With `afterEffect`, the call takes effect and its own response is lost. */
  readonly failures: { match: RegExp; status: number; body?: unknown; afterEffect?: boolean }[] = [];
  /** The duration of each response. */
  latencyMs = 0;
  /** Whether mailed links belong to the account of the session. */
  ownsLinks = true;
  /** The code that the authenticator app shows. */
  code = "492039";
  /** Calls whose responses are delayed. */
  readonly holds: { match: RegExp; until: Promise<void> }[] = [];
  readonly calls: {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: Headers;
    body: unknown;
  }[] = [];
  /** The content of the stage's `config.json`. */
  config = {
    stripe_publishable_key: "pk_test_1",
    stripe_js: null as string | null,
    identity: "jwt",
  };
  /** The URL that uploads are sent to. */
  bucket = "http://bucket.test/";
  /** The body and the response of the first request with each key: a repeated request has no second effect. */
  private readonly idempotent = new Map<string, { body: string; answer: unknown }>();
  /** The version of each response that was given with an ETag. */
  private readonly versions = new Map<string, number>();
  private made = 0;

  async handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.text();
    const body = text ? (JSON.parse(text) as Record<string, string>) : {};
    const path = pathname.replace(/^\/api\/v1/, "");
    const call = `${request.method} ${path}`;
    this.calls.push({ method: request.method, path, query: searchParams, headers: request.headers, body });

    if (this.latencyMs) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    await this.holds.find(({ match }) => match.test(call))?.until;
    const at = this.failures.findIndex(({ match }) => match.test(call));
    if (at >= 0) {
      const [failure] = this.failures.splice(at, 1);
      if (failure?.afterEffect) await this.answer(request, text);
      if (failure?.status === 0) throw new TypeError("Failed to fetch");
      return json(failure?.body ?? { error: "Broken", code: "broken" }, failure?.status ?? 500);
    }
    return this.answer(request, text);
  }

  private async answer(request: Request, text: string): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const body = text ? (JSON.parse(text) as Record<string, string>) : {};
    const path = pathname.replace(/^\/api\/v1/, "");
    const call = `${request.method} ${path}`;
    if (call === "GET /config.json") return json(this.config);

    if (call === "POST /auth/register") {
      if (body.email === this.user.email) return problem(409, "email_taken", "Taken");
      this.user = { ...this.user, email: body.email ?? "", full_name: body.full_name ?? null };
      this.password = body.password ?? "";
      return json({ message: "Welcome", user: this.user }, 201);
    }
    if (/^POST \/auth\/(reset-password|forgot-password)$/.test(call))
      return json({ message: "Done" }, path.endsWith("forgot-password") ? 202 : 200);
    if (/^POST \/auth\/(verify-email|confirm-email)$/.test(call)) {
      const isOwner = this.ownsLinks && request.headers.get("authorization") === `Bearer ${this.token}`;
      if (!isOwner && body.password === undefined)
        return problem(403, "password_required", "Enter the password");
      if (!isOwner && body.password !== this.password)
        return problem(401, "wrong_credentials", "Wrong password");
      return json({ message: "Done", ...(call.endsWith("confirm-email") && { confirmed: "one" }) });
    }
    if (call === "POST /auth/login") {
      const isRight = this.user.has_password && body.password === this.password;
      if (body.email !== this.user.email || !isRight)
        return problem(401, "wrong_credentials", "Invalid email or password");
      if (this.user.second_factor)
        return json({ mfa_required: true, mfa_token: "first-step", expires_in: 300 });
      this.cookie = true;
      return this.session();
    }
    if (call === "POST /auth/login/mfa") {
      if (body.code !== this.code) return problem(401, "wrong_code", "Wrong code");
      this.cookie = true;
      return this.session();
    }
    if (call === "POST /auth/login/passkey/options") return json(CHALLENGE);
    if (call === "POST /auth/login/passkey") {
      if (body.user_handle !== HANDLE) return problem(401, "passkey_refused", "Not accepted");
      this.cookie = true;
      return this.session();
    }
    if (call === "POST /auth/refresh") {
      this.refreshes += 1;
      if (!this.cookie) return problem(401, "not_signed_in", "Sign in to go on");
      this.token = `token-${this.refreshes + 1}`;
      return this.session();
    }
    if (request.headers.get("authorization") !== `Bearer ${this.token}`)
      return problem(401, "not_signed_in", "Sign in to go on");
    const key = request.headers.get("idempotency-key");
    if (key === null || !/^POST (\/orders|.*\/documents)$/.test(call))
      return this.conditional(
        request,
        this.signedIn(call, body, searchParams, request.headers.get("if-match")),
      );
    const before = this.idempotent.get(`${path} ${key}`);
    if (before && before.body !== text)
      return problem(409, "idempotency_key_reused", "This key was used for another request");
    if (before) return json(before.answer, 201);
    const answer = this.signedIn(call, body, searchParams, request.headers.get("if-match"));
    if (answer.ok) this.idempotent.set(`${path} ${key}`, { body: text, answer: await answer.clone().json() });
    return answer;
  }

  /** 304 instead of a response that the browser has already. */
  private async conditional(request: Request, response: Response): Promise<Response> {
    if (request.method !== "GET" || !response.headers.has("etag")) return response;
    const text = await response.text();
    const version = this.versions.get(text) ?? this.versions.size + 1;
    this.versions.set(text, version);
    const headers = { ...Object.fromEntries(response.headers), etag: `"${version}"` };
    return request.headers.get("if-none-match") === headers.etag
      ? new Response(null, { status: 304, headers })
      : new Response(text, { status: 200, headers });
  }

  private signedIn(
    call: string,
    body: Record<string, string>,
    query: URLSearchParams,
    tag: string | null,
  ): Response {
    if (call === "POST /auth/logout") {
      this.cookie = false;
      this.token = "none";
      return json({ message: "Bye" });
    }
    if (call === "GET /auth/me") return json(this.user);
    if (NEEDS_PRESENCE.test(call) && !this.isRecent)
      return problem(403, "reauthentication_required", "Confirm that it is you");
    if (/^POST \/auth\/(verify-email\/send|change-email)$/.test(call)) return json({ message: "Sent" }, 202);
    if (call === "POST /auth/change-password") {
      if (this.user.second_factor && !this.isRecent)
        return problem(403, "reauthentication_required", "Confirm that it is you");
      if (body.password !== this.password)
        return problem(401, "wrong_credentials", "Invalid email or password");
      this.password = body.new_password ?? "";
      return json({ message: "Changed" });
    }
    if (call === "DELETE /auth/me/password") {
      if (this.passkeys.length === 0) return problem(409, "no_passkey", "No passkey");
      this.user = { ...this.user, has_password: false };
      return json({ message: "Removed" });
    }
    if (call === "GET /auth/me/export") return json(this.export);
    if (call === "POST /auth/me/export") {
      this.export = anExport({ status: "making", requested_at: "2026-11-20T10:00:00Z" });
      return json(this.export, 202);
    }
    if (call.startsWith("GET /auth/me/export/archives/"))
      return this.export.status === "ready"
        ? json({ url: `http://bucket.test/${call.split("/").at(-1)}.zip` })
        : problem(404, "export_not_found", "No archive");
    if (call === "DELETE /auth/me") {
      this.cookie = false;
      this.token = "none";
      return json({ message: "Your account is being deleted" }, 202);
    }
    if (call === "PATCH /auth/me") {
      this.user = { ...this.user, full_name: body.full_name ?? null };
      return json(this.user);
    }
    if (call === "POST /auth/reauthenticate") {
      if (body.password !== this.password) return problem(401, "wrong_credentials", "Wrong password");
      if (this.user.second_factor && !body.code)
        return problem(403, "second_factor_required", "Enter a code");
      if (this.user.second_factor && body.code !== this.code) return problem(401, "wrong_code", "Wrong code");
      this.isRecent = true;
      return json({ message: "Confirmed" });
    }
    if (call === "POST /auth/reauthenticate/passkey") {
      if (body.user_handle !== HANDLE) return problem(401, "passkey_refused", "Not accepted");
      this.isRecent = true;
      return json({ message: "Confirmed" });
    }
    if (call === "GET /auth/passkeys") return json(this.passkeys);
    if (call === "POST /auth/passkeys/options")
      return json({
        ...CHALLENGE,
        user_handle: HANDLE,
        user_name: this.user.email,
        algorithms: [-8, -7],
        present_credential_ids: this.passkeys.map(() => "cHJlc2VudA"),
      });
    if (call === "POST /auth/passkeys") {
      const passkey = aPasskey({ id: `01PASSKEY${++this.made}`, name: body.name, used_at: null });
      this.passkeys = [passkey, ...this.passkeys];
      return json(passkey, 201);
    }
    if (call.startsWith("PATCH /auth/passkeys/")) {
      const found = this.passkeys.find(({ id }) => call.endsWith(`/${id}`));
      if (!found) return problem(404, "passkey_not_found", "No such passkey");
      const renamed = aPasskey({ ...found, name: body.name });
      this.passkeys = this.passkeys.map((passkey) => (passkey === found ? renamed : passkey));
      return json(renamed);
    }
    if (call.startsWith("DELETE /auth/passkeys/")) {
      const before = this.passkeys.length;
      if (!this.user.has_password && before === 1) return problem(409, "last_passkey", "The last one");
      this.passkeys = this.passkeys.filter(({ id }) => !call.endsWith(`/${id}`));
      return this.passkeys.length < before
        ? json({ message: "Removed" })
        : problem(404, "passkey_not_found", "No such passkey");
    }
    if (call === "POST /auth/mfa/totp") {
      const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
      return json({ secret, uri: `otpauth://totp/Docket:ada?secret=${secret}&issuer=Docket` });
    }
    if (call === "POST /auth/mfa/totp/confirm") {
      if (body.code !== this.code) return problem(401, "wrong_code", "Wrong code");
      this.user = { ...this.user, second_factor: true };
      return json({
        recovery_codes: ["K3Q2-7YLM-PZ4A-WX6B-H5TN-2CVE-RJ7D", "MFRG-GZDF-MZTW-Q2LK-7BSU-X4PA-6YOC"],
      });
    }
    if (call === "POST /auth/mfa/recovery-codes") return json({ recovery_codes: ["AAAA-BBBB-CCCC-DDDD"] });
    if (call === "DELETE /auth/mfa/totp") {
      this.user = { ...this.user, second_factor: false };
      return json({ message: "Off" });
    }
    if (call === "GET /auth/keys") return json(this.apiKeys);
    if (call === "POST /auth/keys") {
      const { name, mode = "live", scopes } = body as unknown as CreateApiKeyRequest;
      const hint = `dk_${mode}_Gq7x`;
      const key = anApiKey({ id: `01KEY${++this.made}`, name, mode, hint, scopes, last_used_at: null });
      this.apiKeys = [key, ...this.apiKeys];
      return json({ ...key, key: `${key.hint}WmB2vT9sLr4NcYk8ZpJ6aHd3Fe47YsgW` }, 201);
    }
    if (call.startsWith("DELETE /auth/keys/")) {
      const before = this.apiKeys.length;
      this.apiKeys = this.apiKeys.filter(({ id }) => !call.endsWith(`/${id}`));
      return this.apiKeys.length < before
        ? json({ message: "Revoked" })
        : problem(404, "api_key_not_found", "No such key");
    }
    if (call === "GET /auth/sessions") return json(this.sessions);
    if (call === "DELETE /auth/sessions") {
      this.sessions = this.sessions.filter((session) => session.is_current);
      return json({ message: "Ended" });
    }
    if (call.startsWith("DELETE /auth/sessions/")) {
      const open = this.sessions.length;
      this.sessions = this.sessions.filter(({ id }) => !call.endsWith(`/${id}`));
      return this.sessions.length < open
        ? json({ message: "Ended" })
        : problem(404, "session_not_found", "No such session");
    }
    if (call === "GET /orders") {
      const status = query.get("status");
      const all = this.orders.filter((order) => !status || order.status === status);
      const from = Number(query.get("cursor") ?? 0);
      const limit = Number(query.get("limit") ?? 25);
      const more = from + limit < all.length;
      return json(
        all.slice(from, from + limit).map((order) => ({ ...shown(order), documents: [] })),
        200,
        more ? { link: `</api/v1/orders?cursor=${from + limit}>; rel="next"` } : {},
      );
    }
    if (call === "POST /orders") {
      const order = anOrder({ id: `01ORDER${++this.made}`, title: body.title ?? "" });
      this.orders.unshift(order);
      return json(order, 201);
    }
    if (call === "POST /orders/sample") {
      if (!this.orders.some((order) => order.is_sample)) this.orders.unshift(aSampleOrder());
      return json(
        this.orders.find((order) => order.is_sample),
        201,
      );
    }
    const orderId = call.match(/orders\/([^/]+)/)?.[1];
    const documentId = call.match(/documents\/([^/]+)/)?.[1];
    const order = this.orders.find(
      ({ id, documents }) => id === orderId || documents.some((d) => d.id === documentId),
    );
    if (!order && this.orders.some(({ id }) => documentId?.startsWith(`${id}-`)))
      return problem(404, "document_not_found", "Document not found");
    if (!order) return problem(404, "order_not_found", "Order not found");
    if (/^GET \/orders\/[^/]+$/.test(call)) return json(shown(order), 200, { etag: "" });
    if (/^GET \/orders\/[^/]+\/documents$/.test(call)) {
      const from = Number(query.get("cursor") ?? 0);
      const end = from + Number(query.get("limit") ?? 100);
      const more = end < order.documents.length;
      const link = `</api/v1/orders/${order.id}/documents?cursor=${end}>; rel="next"`;
      return json(order.documents.slice(from, end), 200, more ? { link } : {});
    }
    if (/^GET .*\/events$/.test(call)) return json(this.events);
    if (/^PUT .*\/status$/.test(call)) return json(shown(this.change(order, { status: "cancelled" })));
    if (/^POST .*\/documents$/.test(call)) {
      const requests = (body as unknown as { documents: CreateDocumentRequest[] }).documents;
      if (order.documents.length + requests.length > 500)
        return problem(409, "order_full", "The order is full");
      const added = requests.map(({ filename, content_type, size, sha256 }) =>
        aDocument({
          id: `${order.id}-NEW${String(++this.made).padStart(4, "0")}`,
          order_id: order.id,
          filename,
          content_type,
          size,
          sha256: sha256 ?? null,
          status: "awaiting_upload",
          page_count: null,
          document_count: null,
          kind: null,
          language: null,
          headline: null,
        }),
      );
      this.change(order, { documents: [...order.documents, ...added] });
      return json(
        { documents: added.map((document) => ({ ...document, upload: this.presignedPost(document.id) })) },
        201,
      );
    }
    if (/^POST \/documents\/[^/]+\/upload$/.test(call)) {
      const status = order.documents.find(({ id }) => id === documentId)?.status;
      return status === "awaiting_upload" || status === "unreadable"
        ? json(this.presignedPost(documentId ?? ""))
        : problem(409, "document_settled", "The document is here already");
    }
    const ofText = call.match(/^GET \/documents\/([^/]+)\/pages\/(\d+)\/text$/);
    if (ofText)
      return json(
        this.texts.get(`${ofText[1]}/${ofText[2]}`) ?? { page: Number(ofText[2]), turned: 0, lines: [] },
      );
    if (/^GET \/documents\//.test(call)) {
      const detail = this.details.get(documentId ?? "");
      return detail ? json(detail) : problem(404, "document_not_found", "Document not found");
    }
    if (/^PATCH \/documents\//.test(call)) {
      const document = order.documents.find(({ id }) => id === documentId);
      if (!document || document.title_etag !== tag) {
        const params = {
          current: document?.title ?? document?.filename,
          requested: body.title ?? document?.filename,
          etag: document?.title_etag,
        };
        return json({ error: "Changed", code: "title_changed", params, request_id: "req-1" }, 412);
      }
      const title = body.title ?? null;
      const renamed = { ...document, title, title_etag: `"${title}"` };
      this.change(order, {
        documents: order.documents.map((other) => (other === document ? renamed : other)),
      });
      return json(renamed);
    }
    if (/^DELETE \/documents\//.test(call)) {
      this.change(order, { documents: order.documents.filter(({ id }) => id !== documentId) });
      return json({ message: "Removed" });
    }
    if (/^PUT .*\/review$/.test(call)) {
      const review =
        (body as { status?: string }).status === "finished"
          ? { finished_at: "2026-11-20T12:00:00Z", by: this.user.id, api_key_id: null }
          : null;
      return json(shown(this.change(order, { review })));
    }
    const ofItems = call.match(/^PUT \/documents\/([^/]+)\/line-items$/)?.[1];
    if (ofItems) return this.correctLineItems(ofItems, body as unknown as CorrectLineItemsRequest, tag);
    const factId = call.match(/^PUT \/documents\/[^/]+\/facts\/(\w+)$/)?.[1];
    if (factId) return this.correct(factId, body as unknown as CorrectFactRequest, tag);
    if (/^POST .*\/analysis$/.test(call) && this.analysis) {
      const { id, status, created_at } = this.analysis;
      this.change(order, { analysis: { id, status, created_at } });
      return this.analysisPage(this.analysis, order.id, 0, status === "reading" ? 202 : 201);
    }
    if (/^GET .*\/analysis$/.test(call)) {
      const analysis = this.previews.get(order.id) ?? this.analysis;
      return analysis && order.analysis
        ? this.analysisPage(analysis, order.id, Number(query.get("cursor") ?? 0))
        : problem(404, "analysis_not_found", "No analysis yet");
    }
    if (/^POST .*\/reports$/.test(call)) {
      // One that is ready is made anew.
      if (this.report?.status !== "making") this.report = aReportState();
      return json(this.report, 202);
    }
    if (/^GET .*\/reports$/.test(call)) {
      if (!this.report) return problem(404, "report_not_found", "No report");
      const { status } = this.report;
      const url = status === "ready" ? `http://bucket.test/report.${query.get("format")}` : null;
      return json({ ...this.report, url }, status === "ready" ? 200 : 202);
    }
    if (/payment-intent$/.test(call))
      return json({
        client_secret: "pi_1_secret_1",
        payment_intent_id: "pi_1",
        amount: order.quote?.amount,
        currency: "eur",
        publishable_key: "pk_test_1",
      });
    if (/payment-confirm$/.test(call))
      return json({ message: "Paid", order: shown(this.change(order, { status: "completed" })) });
    return problem(404, "not_found", "Not found");
  }

  /** A review of a fact of the analysis. Each one moves the tag of its document: `"1.0"`, `"1.1"`, … */
  private correct(
    factId: string,
    { action, value, page, box }: CorrectFactRequest,
    tag: string | null,
  ): Response {
    const document = this.analysis?.result.documents.find(({ facts }) =>
      facts?.some(({ id }) => id === factId),
    );
    const fact = document?.facts?.find(({ id }) => id === factId);
    if (!document?.facts || !fact) return problem(404, "fact_not_found", "No such fact");
    if (document.etag !== tag) {
      const params = { current: fact.value, requested: value || fact.value, etag: document.etag };
      return json({ error: "Changed", code: "fact_changed", params, request_id: "req-1" }, 412);
    }
    const read = fact.reader_value ?? { ...fact };
    const reader_value = { value: read.value, normalised: read.normalised, page: read.page, box: read.box };
    const verdicts = { accept: "accepted", correct: "corrected", reject: "rejected" } as const;
    const verdict = action === "reset" ? null : verdicts[action];
    const changed = {
      ...fact,
      value: value ?? read.value,
      normalised: value ?? read.normalised,
      page: page ?? read.page,
      box: box ?? read.box,
      corrected: action === "correct",
      reader_value: action === "correct" ? reader_value : null,
      review: verdict ? { verdict, at: "2026-11-20T11:00:00Z", by: "01USER", found: true } : null,
    };
    document.facts = document.facts.map((other) => (other.id === factId ? changed : other));
    document.etag = `"1.${Number(/\.(\d+)/.exec(tag ?? "")?.[1] ?? 0) + 1}"`;
    return json(changed, 200, { etag: document.etag });
  }

  /** Other line items of a document. */
  private correctLineItems(
    documentId: string,
    { items }: CorrectLineItemsRequest,
    tag: string | null,
  ): Response {
    const document = this.analysis?.result.documents.find(({ document_id }) => document_id === documentId);
    if (!document) return problem(404, "document_not_found", "No such document");
    if (document.etag !== tag) {
      const params = { etag: document.etag };
      return json({ error: "Changed", code: "line_items_changed", params, request_id: "req-1" }, 412);
    }
    const reader_line_items = document.reader_line_items ?? document.line_items ?? [];
    const corrected = items?.map((item) => {
      const read = reader_line_items.find(({ id }) => id && id === item.id);
      return {
        ...{ quantity: null, unit_price: null, page: null, box: null },
        ...item,
        ...(read && { page: read.page, box: read.box }),
        corrected: true,
      };
    });
    const answer = {
      line_items: corrected ?? reader_line_items,
      reader_line_items: corrected ? reader_line_items : null,
      line_items_review: corrected ? { at: "2026-11-20T11:00:00Z", by: "01USER" } : null,
    };
    document.etag = `"1.${Number(/\.(\d+)/.exec(tag ?? "")?.[1] ?? 0) + 1}"`;
    Object.assign(document, answer);
    return json(answer, 200, { etag: document.etag });
  }

  private analysisPage(analysis: AnalysisResponse, orderId: string, from: number, status = 200): Response {
    const { documents, ...result } = analysis.result;
    const end = from + 50;
    const unreadable = from === 0 ? (result.unreadable ?? []) : [];
    const page = { ...analysis, result: { ...result, documents: documents.slice(from, end), unreadable } };
    const link = `</api/v1/analyses/orders/${orderId}/analysis?cursor=${end}>; rel="next"`;
    return json(page, status, end < documents.length ? { link } : {});
  }

  change(order: OrderResponse, change: Partial<OrderResponse>): OrderResponse {
    const open = change.status && { is_analysis_open: change.status === "completed" };
    const changed = counted({ ...order, ...open, ...change });
    this.orders = this.orders.map((other) => (other.id === order.id ? changed : other));
    return changed;
  }

  /** Simulates that the file of a document, or of all documents without one, was uploaded and read. */
  arrive(documentId?: string): void {
    for (const order of this.orders) {
      const documents = order.documents.map((document) =>
        document.status === "awaiting_upload" && (documentId ?? document.id) === document.id
          ? { ...document, status: "ready" as const, page_count: 1, kind: "invoice" as const }
          : document,
      );
      const amount = 200 + 50 * documents.length;
      this.change(order, { documents, quote: { amount, currency: "eur", lines: [] } });
    }
  }

  private presignedPost(documentId: string) {
    return { url: this.bucket, fields: { key: `uploads/${documentId}` }, expires_at: "2026-11-20T10:15:00Z" };
  }

  private session(): Response {
    return json({ access_token: this.token, token_type: "Bearer", expires_in: 900, user: this.user });
  }
}

export function aReportState(change: Partial<ReportStateResponse> = {}): ReportStateResponse {
  return { status: "making", done: 0, total: 0, requested_at: "2026-11-20T10:00:00Z", url: null, ...change };
}

/** The analysis of an order before it is paid, of one document with two facts. */
export function aPreview(change: Partial<DocumentAnalysisResponse> = {}): AnalysisResponse {
  return {
    id: "01ANALYSIS",
    order_id: "01ORDER",
    status: "preview",
    created_at: "2026-11-20T10:02:00Z",
    result: {
      preview: true,
      documents: [
        {
          document_id: "01ORDER-01DOC",
          filename: "invoice.pdf",
          kind: "invoice",
          language: "en",
          page_count: 2,
          headline: "Invoice 118",
          etag: null,
          first_page_size: { width: 595, height: 842 },
          fact_count: 2,
          doubtful_count: 1,
          fact_previews: [
            aFactPreview(),
            aFactPreview({
              name: "gross",
              masked_value: "•••,••",
              confidence: 0.71,
              doubtful: true,
              page: 2,
            }),
          ],
          ...change,
        },
      ],
    },
  };
}

export function aFactPreview(change: Partial<FactPreviewResponse> = {}): FactPreviewResponse {
  return {
    name: "invoice_number",
    masked_value: "••••••",
    confidence: 0.99,
    doubtful: false,
    page: 1,
    box: [0.62, 0.12, 0.78, 0.14],
    ...change,
  };
}

export function anOrder(change: Partial<OrderResponse> = {}): OrderResponse {
  return counted({
    id: "01ORDER",
    user_id: "01USER",
    title: "Invoices March",
    is_sample: false,
    status: "pending",
    status_reason: "The API's own message.",
    status_reason_code: "no_documents",
    status_reason_params: {},
    created_at: "2026-11-20T10:00:00Z",
    updated_at: "2026-11-20T10:00:00Z",
    expires_at: null,
    promised_at: null,
    document_count: 0,
    in_progress: 0,
    progress: {
      awaiting_upload: 0,
      reading: 0,
      ready: 0,
      unreadable: 0,
      charged_pages: 0,
      doubtful: 0,
      reviewed: 0,
    },
    review: null,
    first_filename: null,
    documents: [],
    analysis: null,
    quote: null,
    payment: null,
    refunds: [],
    is_analysis_open: change.status === "completed",
    ...change,
  });
}

/** The order with the sample documents, which have been read. */
export function aSampleOrder(): OrderResponse {
  return anOrder({
    id: "01SAMPLE",
    title: null,
    is_sample: true,
    status: "completed",
    status_reason_code: "sample_completed",
    first_filename: "invoice.pdf",
    documents: [aDocument({ id: "01SAMPLE-1" })],
  });
}

/** The order with what it counts of its documents. */
function counted(order: OrderResponse): OrderResponse {
  const { documents } = order;
  const count = (status: DocumentStatus) => documents.filter((document) => document.status === status).length;
  const progress = {
    awaiting_upload: count("awaiting_upload"),
    reading: count("reading"),
    ready: count("ready"),
    unreadable: count("unreadable"),
    charged_pages: documents.reduce((sum, document) => sum + (document.page_count ?? 0), 0),
    doubtful: order.progress.doubtful,
    reviewed: order.progress.reviewed,
  };
  return {
    ...order,
    document_count: documents.length,
    in_progress: progress.awaiting_upload + progress.reading,
    progress,
    first_filename: documents[0]?.filename ?? null,
  };
}

/** The response of an order, which lists the first documents. */
function shown(order: OrderResponse): OrderResponse {
  const all = counted(order);
  return { ...all, documents: all.documents.slice(0, 100) };
}

/** An export; by default, that there is none. */
export function anExport(change: Partial<ExportResponse> = {}): ExportResponse {
  return { status: "none", requested_at: null, expires_at: null, archives: [], ...change };
}

/** An export that can be downloaded in some archives. */
export function aReadyExport(count = 1): ExportResponse {
  return anExport({
    status: "ready",
    requested_at: "2026-11-20T10:00:00Z",
    expires_at: "2026-11-27T10:05:00Z",
    archives: Array.from({ length: count }, (_, index) => ({ number: index + 1, size: 214_000_000 })),
  });
}

/** A session of another browser. */
export function aSession(change: Partial<SessionResponse> = {}): SessionResponse {
  return {
    id: "01SESSION",
    is_current: false,
    browser: "Firefox",
    system: "Windows",
    network_address: "203.0.113.7",
    place: "Bern, CH",
    created_at: "2026-11-20T10:00:00Z",
    used_at: "2026-11-21T10:00:00Z",
    ends_at: "2026-12-21T10:00:00Z",
    ...change,
  };
}

/** An active API key. */
export function anApiKey(change: Partial<ApiKeyResponse> = {}): ApiKeyResponse {
  return {
    id: "01KEY",
    name: "Accounting import",
    mode: "live",
    hint: "dk_live_Gq7x",
    scopes: ["read", "write"],
    status: "active",
    created_at: "2026-11-20T10:00:00Z",
    expires_at: "2027-02-18T10:00:00Z",
    last_used_at: "2026-11-21T10:00:00Z",
    ...change,
  };
}

export function aPasskey(change: Partial<PasskeyResponse> = {}): PasskeyResponse {
  return {
    id: "01PASSKEY",
    name: "Laptop",
    is_synced: false,
    created_at: "2026-11-20T10:00:00Z",
    used_at: "2026-11-21T10:00:00Z",
    ...change,
  };
}

/** A payment that succeeded. */
export function aPayment(change: Partial<PaymentResponse> = {}): PaymentResponse {
  return {
    payment_intent_id: "pi_1",
    amount: 350,
    currency: "eur",
    status: "succeeded",
    failure_reason: null,
    failure_code: null,
    failure_params: {},
    paid_at: "2026-11-20T10:04:00Z",
    promised_at: null,
    amount_refunded: 0,
    refund_status: null,
    dispute_status: null,
    ...change,
  };
}

export function aRefund(change: Partial<RefundResponse> = {}): RefundResponse {
  return {
    id: "pi_1",
    amount: 350,
    currency: "eur",
    status: "owed",
    reason: "The API's own message.",
    reason_code: "order_cancelled",
    needs_person: false,
    updated_at: "2026-11-20T10:05:00Z",
    ...change,
  };
}

export function aDocument(change: Partial<DocumentResponse> = {}): DocumentResponse {
  return {
    id: "01ORDER-01DOC",
    order_id: "01ORDER",
    title: null,
    title_etag: '"none"',
    filename: "invoice.pdf",
    content_type: "application/pdf",
    size: 120_000,
    sha256: null,
    status: "ready",
    status_reason: null,
    status_reason_code: null,
    status_reason_params: {},
    page_count: 2,
    document_count: 1,
    kind: "invoice",
    language: "en",
    headline: "Invoice 2026-118 of Hafen Logistik GmbH",
    warnings: [],
    duplicate_of: null,
    uploaded_at: "2026-11-20T10:01:00Z",
    ...change,
  };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", ...headers },
  });
}

function problem(status: number, code: string, error: string): Response {
  return json({ error, code, request_id: "req-1" }, status);
}
