import { readFileSync } from "node:fs";
import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { session } from "@/lib/session";
import { aDocument, anOrder } from "@/testing/api";
import { expectRequests, holdRequests, OpenRequest, pdf, readAtOnce } from "@/testing/bucket";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { MAX_BYTES, MAX_DOCUMENTS, rejectReason } from "./fileRules";
import { REPLY_MS, STALL_MS } from "./send";
import { speedometer } from "./speedometer";
import { RETRY_DELAYS_MS } from "./uploadQueue";

afterEach(() => {
  vi.useRealTimers();
});

beforeEach(() => {
  holdRequests();
  service.orders = [anOrder()];
});

test("three files are sent at a time, and the next starts when one has finished", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(
    await screen.findByTestId("files"),
    [1, 2, 3, 4].map((n) => pdf(`${n}.pdf`)),
  );
  await expectRequests(3);
  expect(screen.getByText("Waiting to upload")).toBeVisible();
  OpenRequest.all[0]?.finish(204);

  await expectRequests(4);
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const documentRows = () =>
  within(screen.getByRole("region", { name: "Documents", hidden: true }))
    .queryAllByRole("listitem", { hidden: true })
    .map((row) => row.textContent?.match(/scan-\d+\.pdf/)?.[0]);

test("each of thirty files is listed exactly once until all are read", async () => {
  const names = Array.from({ length: 30 }, (_, at) => `scan-${at}.pdf`);
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  service.latencyMs = 20;
  await user.upload(screen.getByTestId("files"), names.map(pdf));

  // Three uploads are open all the time, so that the order is hardly ever requested in between.
  const shown: (string | undefined)[][] = [];
  for (let finished = 0; finished < 30; await act(() => pause(5))) {
    shown.push(documentRows());
    const request = OpenRequest.all[finished];
    if (!request) continue;
    service.arrive(request.key.replace("uploads/", ""));
    request.finish(204);
    finished += 1;
  }

  expect(shown.filter((rows) => rows.length !== 30 || new Set(rows).size !== 30)).toEqual([]);
  await vi.waitFor(
    () => expect(screen.getAllByRole("button", { name: /^Download scan/ })).toHaveLength(30),
    5_000,
  );
  expect(documentRows().sort()).toEqual([...names].sort());
});

test("a sent file is shown as being read before the service has received it", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);
  const orderRequests = () =>
    service.calls.filter(({ method, path }) => method === "GET" && path === "/orders/01ORDER");
  const before = orderRequests().length;

  OpenRequest.all[0]?.finish(204);
  await vi.waitFor(() => expect(orderRequests().length).toBeGreaterThan(before + 1), 5_000);

  expect(service.orders[0]?.documents[0]?.status).toBe("awaiting_upload");
  expect(screen.getByText("Being read")).toBeVisible();
  expect(screen.queryByText(/The upload was cut off/)).toBeNull();
});

test("the overall progress and the speed of an upload are shown", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);

  act(() => OpenRequest.all[0]?.upload.onprogress?.({ loaded: 4, total: 8 }));

  expect(await screen.findByText(/0 kB of 0 kB · /)).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "0.5");
});

test("a retry requests a new presigned form and adds no second document", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);
  OpenRequest.all[0]?.finish(403);

  await user.click(await screen.findByRole("button", { name: "Try again: a.pdf" }));

  await expectRequests(2);
  const posts = service.calls.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect(posts.filter((path) => path === "/orders/01ORDER/documents")).toHaveLength(1);
  expect(posts.filter((path) => path.endsWith("/upload"))).toHaveLength(1);
});

test("a cancelled upload stops and can be retried", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);

  await user.click(screen.getByRole("button", { name: "Cancel a.pdf" }));

  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(screen.getByRole("button", { name: "Try again: a.pdf" })).toBeVisible();
});

test.each([
  ["was cancelled", () => fireEvent.click(screen.getByRole("button", { name: "Cancel scan-1.pdf" }))],
  ["the bucket refused", () => OpenRequest.all[0]?.finish(403)],
])("an upload that %s no longer blocks the payment once it is dismissed", async (_reason, end) => {
  service.orders = [
    anOrder({
      documents: [aDocument({ filename: "scan-0.pdf" })],
      quote: { amount: 350, currency: "eur", lines: [] },
    }),
  ];
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("scan-1.pdf"));
  await expectRequests(1);
  act(() => void end());

  await user.click(await screen.findByRole("button", { name: "Dismiss scan-1.pdf" }));

  await vi.waitFor(() => expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeEnabled());
  expect(documentRows()).toEqual(["scan-0.pdf"]);
  expect(service.orders[0]?.documents.map(({ filename }) => filename)).toEqual(["scan-0.pdf"]);
});

test("an upload dismissed while its document is being added leaves no document", async () => {
  let respond = () => {};
  const until = new Promise<void>((resolve) => {
    respond = resolve;
  });
  service.holds.push({ match: /POST .*\/documents$/, until });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("scan-1.pdf"));
  await user.click(await screen.findByRole("button", { name: "Cancel scan-1.pdf" }));

  await user.click(await screen.findByRole("button", { name: "Dismiss scan-1.pdf" }));
  act(respond);

  await vi.waitFor(() => expect(service.calls.some(({ method }) => method === "DELETE")).toBe(true));
  expect(service.orders[0]?.documents).toEqual([]);
});

const uploadState = ({ getState }: { getState: () => object }) =>
  (getState() as { uploads: { uploads: object; overflow: object } }).uploads;
const signIn = (id: string) =>
  act(() =>
    session.open({
      access_token: service.token,
      token_type: "Bearer",
      expires_in: 900,
      user: { ...service.user, id },
    }),
  );

test.each([
  ["the user signs out", () => act(() => session.close("logout"))],
  ["another user signs in", () => signIn("01EVE")],
])("uploads are aborted and removed when %s", async (_event, changeUser) => {
  service.orders = [
    anOrder({ documents: Array.from({ length: 496 }, (_, at) => aDocument({ id: `01ORDER-${at}` })) }),
  ];
  const { user, store } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(
    await screen.findByTestId("files"),
    [1, 2, 3, 4].map((n) => pdf(`${n}.pdf`)),
  );
  await expectRequests(3);
  await user.upload(screen.getByTestId("files"), pdf("5.pdf"));
  expect(await screen.findByText(/1 file waits/)).toBeVisible();

  changeUser();

  expect(uploadState(store)).toEqual({ uploads: {}, overflow: {} });
  expect(OpenRequest.all.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  await act(() => pause(50));
  expect(OpenRequest.all).toHaveLength(3);
});

test("uploads continue when the same user signs in again after the session expired", async () => {
  const { user, store } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);

  act(() => session.close("expired"));
  signIn(service.user.id);

  expect(Object.keys(uploadState(store).uploads)).toHaveLength(1);
  expect(OpenRequest.all[0]?.aborted).toBe(false);
});

test("an upload cancelled and retried while its document is added adds no second document", async () => {
  let respond = () => {};
  const until = new Promise<void>((resolve) => {
    respond = resolve;
  });
  service.holds.push({ match: /POST .*\/documents$/, until });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));

  await user.click(await screen.findByRole("button", { name: "Cancel a.pdf" }));
  await user.click(await screen.findByRole("button", { name: "Try again: a.pdf" }));
  act(respond);

  await expectRequests(1);
  expect(service.orders[0]?.documents).toHaveLength(1);
});

test("an order cannot be paid at the old price while another document is being added", async () => {
  service.orders = [
    anOrder({ documents: [aDocument()], quote: { amount: 350, currency: "eur", lines: [] } }),
  ];
  service.holds.push({ match: /POST .*\/documents$/, until: new Promise(() => {}) });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  expect(await screen.findByRole("button", { name: "Pay €3.50" })).toBeEnabled();

  await user.upload(await screen.findByTestId("files"), pdf("b.pdf"));

  await vi.waitFor(() => expect(screen.getByRole("button", { name: "Pay €3.50" })).toBeDisabled());
});

const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

/** Opens an order with one running upload. The time passes only by `later`. */
async function startUpload() {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  act(() => OpenRequest.all[0]?.upload.onprogress?.({ loaded: 4, total: 8 }));
  return user;
}
const refreshes = () => service.calls.filter(({ path }) => path.endsWith("/upload")).length;

test("a stalled upload is aborted and sent again with a new presigned form", async () => {
  await startUpload();

  await later(STALL_MS - 1);
  expect(OpenRequest.all[0]?.aborted).toBe(false);
  await later(1);
  expect(OpenRequest.all[0]?.aborted).toBe(true);
  expect(screen.getByText("The connection broke. Trying again…")).toBeVisible();
  await later(1_000);

  expect(OpenRequest.all).toHaveLength(2);
  expect(refreshes()).toBe(1);
  expect(service.orders[0]?.documents).toHaveLength(1);
});

test("a slow upload with progress is not aborted", async () => {
  await startUpload();

  for (const loaded of [5, 6, 7]) {
    await later(STALL_MS - 1);
    act(() => OpenRequest.all[0]?.upload.onprogress?.({ loaded, total: 8 }));
  }

  expect(OpenRequest.all[0]?.aborted).toBe(false);
});

test("the response may take longer after the last byte, up to a limit", async () => {
  await startUpload();
  act(() => OpenRequest.all[0]?.upload.onprogress?.({ loaded: 8, total: 8 }));

  await later(STALL_MS * 2);
  expect(OpenRequest.all[0]?.aborted).toBe(false);
  await later(REPLY_MS);

  expect(OpenRequest.all[0]?.aborted).toBe(true);
});

test("the response may take longer after the last byte, even if no progress event reports that byte", async () => {
  await startUpload();
  act(() => OpenRequest.all[0]?.upload.onload?.());

  await later(STALL_MS * 2);
  expect(OpenRequest.all[0]?.aborted).toBe(false);
  await later(REPLY_MS);

  expect(OpenRequest.all[0]?.aborted).toBe(true);
});

test("an upload that fails repeatedly shows an error and can be retried", async () => {
  await startUpload();
  for (const ms of RETRY_DELAYS_MS) {
    await later(STALL_MS);
    await later(ms);
  }
  await later(STALL_MS);

  expect(OpenRequest.all).toHaveLength(RETRY_DELAYS_MS.length + 1);
  expect(screen.getByText(/The connection stopped several times during the upload/)).toBeVisible();
  fireEvent.click(screen.getByRole("button", { name: "Try again: a.pdf" }));
  await later(0);

  expect(OpenRequest.all).toHaveLength(RETRY_DELAYS_MS.length + 2);
});

test("an upload interrupted by going offline continues when the browser is online", async () => {
  await startUpload();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  act(() => OpenRequest.all[0]?.onerror?.());
  await later(10 * 60_000);
  expect(screen.getByText(/You are offline. The upload continues/)).toBeVisible();
  expect(OpenRequest.all).toHaveLength(1);

  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  act(() => window.dispatchEvent(new Event("online")));
  await later(0);

  expect(OpenRequest.all).toHaveLength(2);
});

test("files chosen offline are sent when the browser is online", async () => {
  let online = false;
  // The code of a worker is fetched when the first one starts, which fails offline.
  class FetchedWorker {
    onmessage?: (event: { data: string }) => void;
    onerror?: () => void;
    postMessage() {
      queueMicrotask(() => (online ? this.onmessage?.({ data: "0".repeat(64) }) : this.onerror?.()));
    }
    terminate() {}
  }
  vi.stubGlobal("Worker", FetchedWorker);
  vi.stubGlobal("isSecureContext", true);
  vi.spyOn(navigator, "onLine", "get").mockImplementation(() => online);
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  expect(await screen.findByText(/You are offline. The upload continues/)).toBeVisible();
  online = true;
  act(() => window.dispatchEvent(new Event("online")));

  await expectRequests(1);
});

test("a file is not sent twice when the bucket's response was lost", async () => {
  await startUpload();
  service.arrive();

  act(() => OpenRequest.all[0]?.onerror?.());
  await later(1_000);

  expect(OpenRequest.all).toHaveLength(1);
  vi.useRealTimers();
  expect(await screen.findByRole("button", { name: "Download a.pdf" })).toBeVisible();
});

const documentKeys = () =>
  service.calls
    .filter(({ method, path }) => method === "POST" && path === "/orders/01ORDER/documents")
    .map(({ headers }) => headers.get("idempotency-key"));

test("a document whose responses were lost is created once", async () => {
  for (let lost = 0; lost < 3; lost++)
    service.failures.push({ match: /POST .*\/documents$/, status: 500, afterEffect: true });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));

  for (let lost = 0; lost < 3; lost++)
    await user.click(await screen.findByRole("button", { name: "Try again: a.pdf" }));
  await expectRequests(1);

  expect(new Set(documentKeys()).size).toBe(1);
  expect(documentKeys()).toHaveLength(4);
  expect(service.orders[0]?.documents).toHaveLength(1);
});

test("the same file chosen again is a new document with its own key", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const file = pdf("a.pdf");
  await user.upload(await screen.findByTestId("files"), file);
  await expectRequests(1);
  await user.upload(screen.getByTestId("files"), file);
  await expectRequests(2);

  expect(new Set(documentKeys()).size).toBe(2);
  expect(service.orders[0]?.documents).toHaveLength(2);
});

test("a document that is listed before its response arrives has one row", async () => {
  let respond = () => {};
  service.orders = [anOrder({ documents: [aDocument({ filename: "scan-1.pdf", status: "reading" })] })];
  const { user } = await openSite({ at: "/orders/01ORDER" });
  service.failures.push({ match: /POST .*\/documents$/, status: 503, afterEffect: true });
  await screen.findByText("scan-1.pdf");
  await user.upload(screen.getByTestId("files"), pdf("scan-2.pdf"));
  await vi.waitFor(() => expect(service.orders[0]?.documents).toHaveLength(2));
  service.holds.push({
    match: /POST .*\/documents$/,
    until: new Promise<void>((resolve) => (respond = resolve)),
  });

  await act(() => pause(1_500));
  expect(documentRows()).toEqual(["scan-1.pdf", "scan-2.pdf"]);
  expect(screen.queryByText(/cut off/)).toBeNull();
  act(respond);

  await expectRequests(1);
  expect(documentRows()).toEqual(["scan-1.pdf", "scan-2.pdf"]);
});

test("a document removed right after its upload does not reappear", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("scan-1.pdf"));
  await expectRequests(1);
  OpenRequest.all[0]?.finish(204);

  await user.click(await screen.findByRole("button", { name: "Remove scan-1.pdf" }));
  await vi.waitFor(() => expect(service.orders[0]?.documents).toEqual([]));
  await act(() => pause(1_200));

  expect(documentRows()).toEqual([]);
});

test("a retry adds a new document when the old one was removed elsewhere", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await expectRequests(1);
  service.orders = [anOrder()];
  OpenRequest.all[0]?.finish(403);

  await user.click(await screen.findByRole("button", { name: "Try again: a.pdf" }));

  await expectRequests(2);
  expect(new Set(documentKeys()).size).toBe(2);
});

test("files over the limit are one notice, which offers to add the first of them", async () => {
  service.orders = [
    anOrder({ documents: Array.from({ length: 497 }, (_, at) => aDocument({ id: `01ORDER-${at}` })) }),
  ];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(
    await screen.findByTestId("files"),
    Array.from({ length: 100 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );

  expect(await screen.findByText(/100 files wait: an order holds at most 500 documents/)).toHaveTextContent(
    "This order has room for 3 more.",
  );
  expect(documentRows().filter(Boolean)).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Add the first 3 files" }));

  await expectRequests(3);
  const added = service.orders[0]?.documents.slice(497).map(({ filename }) => filename);
  expect(added).toEqual(["scan-0.pdf", "scan-1.pdf", "scan-2.pdf"]);
  expect(screen.getByText(/97 files wait/)).toHaveTextContent("This order is full.");
});

const additions = () =>
  service.calls.filter(({ method, path }) => method === "POST" && path === "/orders/01ORDER/documents");
const listLengths = () => additions().map(({ body }) => (body as { documents: unknown[] }).documents.length);

test("more files than a page lists are added in lists, with one progress for all of them and few rows", async () => {
  readAtOnce();
  let respond = () => {};
  const until = new Promise<void>((resolve) => {
    respond = resolve;
  });
  service.holds.push({ match: /POST .*\/documents$/, until });
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(
    await screen.findByTestId("files"),
    Array.from({ length: 120 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );
  expect(await screen.findByRole("progressbar", { name: "Progress of all files" })).toHaveAttribute(
    "aria-valuemax",
    "120",
  );
  expect(screen.getAllByRole("progressbar")).toHaveLength(1);
  expect(documentRows().length).toBeLessThan(60);
  respond();

  const isRead = ({ status }: { status: string }) => status === "ready";
  await vi.waitFor(() => expect(service.orders[0]?.documents.filter(isRead)).toHaveLength(120), {
    timeout: 50_000,
    interval: 200,
  });
  expect(await screen.findByText("120 files · 120 read")).toBeVisible();
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(listLengths()).toEqual(Array(6).fill(20));
  expect(new Set(documentKeys()).size).toBe(6);
  expect(service.orders[0]?.documents).toHaveLength(120);
});

test("a daily limit stops the other files, and one notice has the time at which they can be added", async () => {
  readAtOnce();
  const { user } = await openSite({ at: "/orders/01ORDER" });
  service.failures.push({
    match: /POST .*\/documents$/,
    status: 429,
    body: {
      error: "Too many",
      code: "too_many_tries",
      params: { context: "documents_a_day", most: 2_000, retry_after: 7_100 },
    },
  });

  await user.upload(
    await screen.findByTestId("files"),
    Array.from({ length: 40 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );

  const notice = await screen.findByText(/40 files were not uploaded/);
  expect(notice).toHaveTextContent("You have added 2,000 documents today, the most a day allows.");
  expect(notice).toHaveTextContent("You can add more in 2 hours.");
  expect(listLengths()).toEqual([20]);

  await user.click(screen.getByRole("button", { name: "Try all again" }));
  expect(await screen.findByText("40 files · 40 read")).toBeVisible();
});

test("a change by someone else at the same time is repeated, and loses no file", async () => {
  readAtOnce();
  const { user } = await openSite({ at: "/orders/01ORDER" });
  service.failures.push({
    match: /POST .*\/documents$/,
    status: 409,
    body: { error: "Changed", code: "changed_meanwhile" },
  });

  await user.upload(
    await screen.findByTestId("files"),
    Array.from({ length: 30 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );

  expect(await screen.findByText("30 files · 30 read")).toBeVisible();
  expect(new Set(documentKeys()).size).toBe(2);
});

test("a limit that the customer can lift explains how", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  service.failures.push({
    match: /POST .*\/documents$/,
    status: 409,
    body: { error: "Limit", code: "limit_reached", params: { context: "unpaid_pages", most: 5_000 } },
  });

  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));

  expect(await screen.findByText(/Pay for one of them or cancel one, then add documents\./)).toBeVisible();
});

test("a refused file does not keep the other files of its list from being added", async () => {
  readAtOnce();
  const { user } = await openSite({ at: "/orders/01ORDER" });
  service.failures.push(
    { match: /POST .*\/documents$/, status: 400, body: { error: "Bad name", code: "bad_input" } },
    { match: /POST .*\/documents$/, status: 400, body: { error: "Bad name", code: "bad_input" } },
  );

  await user.upload(
    await screen.findByTestId("files"),
    [1, 2, 3].map((n) => pdf(`scan-${n}.pdf`)),
  );

  expect(await screen.findByText("Please check your input.")).toBeVisible();
  await vi.waitFor(() => expect(service.orders[0]?.documents).toHaveLength(2));
  expect(listLengths()).toEqual([3, 1, 1, 1]);
});

test("all uploads of an order can be stopped, and leave no documents", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(
    await screen.findByTestId("files"),
    Array.from({ length: 30 }, (_, at) => pdf(`scan-${at}.pdf`)),
  );
  await expectRequests(3);

  await user.click(screen.getByRole("button", { name: "Stop uploading" }));

  await vi.waitFor(() => expect(service.orders[0]?.documents).toEqual([]));
  expect(OpenRequest.all.every(({ aborted }) => aborted)).toBe(true);
  expect(documentRows()).toEqual([]);
});

test("files over the limit can be put into a new order", async () => {
  service.orders = [
    anOrder({ documents: Array.from({ length: 500 }, (_, at) => aDocument({ id: `01ORDER-${at}` })) }),
  ];
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), [pdf("scan-1.pdf"), pdf("scan-2.pdf")]);

  await user.click(await screen.findByRole("button", { name: "Put them into a new order" }));

  await expectRequests(2);
  expect(service.orders.map(({ documents }) => documents.length)).toEqual([2, 500]);
  expect(await screen.findByText("scan-2.pdf")).toBeVisible();
});

/** Drags over the page and drops on what covers it then. */
function drop(entries: object[]) {
  const items = entries.map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
  const dataTransfer = { types: ["Files"], items, files: [] };
  fireEvent.dragEnter(document.body, { dataTransfer });
  fireEvent.drop(screen.getByText("Drop to add to this order"), { dataTransfer });
}
const fileEntry = (file: File) => ({
  isFile: true,
  isDirectory: false,
  file: (resolve: (file: File) => void) => resolve(file),
});
const folderEntry = (children: object[]) => ({
  isFile: false,
  isDirectory: true,
  createReader() {
    const batches = [children.slice(0, 1), children.slice(1), []];
    return { readEntries: (resolve: (entries: object[]) => void) => resolve(batches.shift() ?? []) };
  },
});

test("the files of a dropped folder and its subfolders are added, and those of the system are named", async () => {
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  const ofSystem = [".DS_Store", "._scan-2.pdf", "Thumbs.db", "~$letter.docx"];
  const inner = folderEntry(
    [pdf("scan-2.pdf"), ...ofSystem.map((name) => new File(["x"], name))].map(fileEntry),
  );

  drop([folderEntry([fileEntry(pdf("scan-1.pdf")), inner])]);

  await expectRequests(2);
  expect(documentRows()).toEqual(["scan-1.pdf", "scan-2.pdf"]);
  expect(screen.getByText(/System files were left out/)).toHaveTextContent(
    "System files were left out: ._scan-2.pdf, .DS_Store, ~$letter.docx, and Thumbs.db.",
  );
});

test("the files of a folder are listed by their names, not as the system lists them", async () => {
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  const names = ["scan-10.pdf", "scan-9.pdf", "scan-1.pdf"];

  drop([folderEntry(names.map((name) => fileEntry(pdf(name))))]);

  await expectRequests(3);
  expect(documentRows()).toEqual(["scan-1.pdf", "scan-9.pdf", "scan-10.pdf"]);
});

test("the unsupported photos of a folder are one notice and have no rows", async () => {
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  const photos = Array.from({ length: 7 }, (_, at) => fileEntry(new File(["x"], `IMG_${at}.DNG`)));

  drop([folderEntry(photos)]);

  expect(await screen.findByText(/7 files of the folder were left out/)).toHaveTextContent(
    "IMG_0.DNG, IMG_1.DNG, IMG_2.DNG, IMG_3.DNG, IMG_4.DNG, and 2 more.",
  );
  expect(documentRows().filter(Boolean)).toEqual([]);
});

test("a file that is dropped while a folder is being read does not replace the folder", async () => {
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  const slow = fileEntry(pdf("scan-1.pdf"));
  let finish = () => {};
  slow.file = (resolve) => {
    finish = () => resolve(pdf("scan-1.pdf"));
  };

  drop([folderEntry([slow])]);
  drop([folderEntry([fileEntry(pdf("scan-2.pdf"))])]);
  await expectRequests(1);
  act(() => finish());

  await expectRequests(2);
  expect(documentRows()).toEqual(["scan-2.pdf", "scan-1.pdf"]);
});

test("a dropped folder that cannot be opened shows an error", async () => {
  await openSite({ at: "/orders/01ORDER" });
  await screen.findByTestId("files");
  const broken = {
    isFile: false,
    isDirectory: true,
    createReader: () => ({
      readEntries: (_resolve: unknown, reject: (error: Error) => void) => reject(new Error()),
    }),
  };

  drop([broken]);

  expect(await screen.findByRole("alert")).toHaveTextContent("The folder could not be opened.");
});

test("waiting files are not announced as added", async () => {
  service.orders = [
    anOrder({ documents: Array.from({ length: 500 }, (_, at) => aDocument({ id: `01ORDER-${at}` })) }),
  ];
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(await screen.findByTestId("files"), [
    ...Array.from({ length: 16 }, (_, at) => pdf(`scan-${at}.pdf`)),
    new File([], "empty.pdf"),
  ]);

  expect(await screen.findByText(/16 files wait/)).toBeVisible();
  expect(screen.queryByText("17 files added")).toBeNull();
});

test("a photo of the camera is added under the time at which it was taken", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 29, 9, 5, 7) });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const camera = await screen.findByTestId("camera");
  expect(camera).toHaveAttribute("capture", "environment");

  await user.upload(camera, new File([JPEG], "image.jpg", { type: "image/jpeg" }));

  expect(await screen.findByText("Photo 2026-11-29 09-05-07.jpg")).toBeVisible();
  await expectRequests(1);
  expect(service.orders[0]?.documents[0]?.content_type).toBe("image/jpeg");
});

test("an unsupported file is rejected with a reason before anything is sent", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(await screen.findByTestId("files"), new File([], "empty.pdf"));

  expect(await screen.findByText("The file is empty.")).toBeVisible();
  expect(service.calls.some(({ path }) => path.endsWith("/documents"))).toBe(false);
});

test("each reject reason has its own code", () => {
  expect(rejectReason({ name: "a.exe", size: 1 })).toBe("wrong_type");
  expect(rejectReason({ name: "a.PDF", size: 0 })).toBe("empty");
  expect(rejectReason({ name: "a.docx", size: 25 * 1024 * 1024 + 1 })).toBe("too_large");
  expect(rejectReason({ name: "a.HEIC", size: 1 })).toBeNull();
  expect(rejectReason({ name: "a.jfif", size: 25 * 1024 * 1024 })).toBeNull();
});

test("the limits are those of the service", () => {
  const core = (path: string) => readFileSync(`../layers/core/python/docket/${path}`, "utf8");
  const { components } = JSON.parse(core("schemas/openapi.json"));

  expect(components.schemas.CreateDocumentRequest.properties.size.maximum).toBe(MAX_BYTES);
  expect(core("domain/orders/order.py")).toContain(`\nMAX_DOCUMENTS = ${MAX_DOCUMENTS}\n`);
});

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const HEIC = new TextEncoder().encode("\0\0\0\x18ftypheic");

test.each([
  ["scan.jpg", PNG, "image/png"],
  ["photo.png", JPEG, "image/jpeg"],
  ["photo.jfif", JPEG, "image/jpeg"],
  ["mail.docx", "PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["odd.jfif", "?", "image/jpeg"],
  ["photo.heic", "?", "image/heic"],
  ["photo.jpg", HEIC, "image/heic"],
  ["fax.tif", "II*\0", "image/tiff"],
  ["scan.png", "GIF89a", "image/gif"],
  ["photo.jpg", "RIFF....WEBP", "image/webp"],
  ["list.xlsx", "PK", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["invoice.xml", "<Invoice/>", "application/xml"],
  ["invoice.xml.p7m", "0", "application/pkcs7-mime"],
])("%s is sent with the type of its bytes, or else of its name", async (name, bytes, type) => {
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(await screen.findByTestId("files"), new File([bytes], name));
  await expectRequests(1);

  expect(service.orders[0]?.documents[0]?.content_type).toBe(type);
});

test("the speed is that of the last seconds", () => {
  let now = 0;
  const speed = speedometer(() => now);

  now = 10_000;
  speed(1_000);
  now = 11_000;

  expect(speed(3_000)).toBe(2_000);
});
