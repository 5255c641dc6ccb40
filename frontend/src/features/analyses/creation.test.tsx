import { render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import { App } from "@/app/App";
import { loadPageData } from "@/app/pages";
import { Site } from "@/app/Site";
import { makeStore } from "@/app/store";
import { client, type DocumentAnalysisResponse } from "@/lib/api/client.generated";
import { session } from "@/lib/session";
import { aFact, aReading, servePaid } from "@/testing/analyses";
import { aDocument, anOrder, aPreview } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";

/** Lets the service have one order, which is paid and was not analysed. */
function serveUnanalysed(documents: DocumentAnalysisResponse[]) {
  servePaid(documents);
  const [order] = service.orders;
  if (order) service.change(order, { analysis: null });
}

const analysisCalls = () =>
  service.calls
    .filter(({ path }) => path.endsWith("/analysis"))
    .map(({ method, query }) => [method, query.get("cursor")].filter(Boolean).join(" "));

const callsOf = (wanted: string) => service.calls.filter(({ path }) => path === wanted);

test("an order without an analysis is opened with one request", async () => {
  serveUnanalysed([aReading({ facts: [aFact()] })]);
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByRole("button", { name: /Gross/ })).toBeVisible();
  await waitFor(() => expect(callsOf("/documents/01ORDER-1")).toHaveLength(1));
  expect(analysisCalls()).toEqual(["POST"]);
  expect(callsOf("/orders/01ORDER")).toHaveLength(1);
});

test.each(["completed", "reading"] as const)(
  "what is loaded ahead is shown as %s by the first rendering",
  async (status) => {
    serveUnanalysed([aReading({ facts: [aFact()] })]);
    if (service.analysis) service.analysis.status = status;
    service.cookie = true;
    await session.resume();
    const store = makeStore();
    await loadPageData("/orders/01ORDER/analysis", store);
    expect(analysisCalls()).toEqual(["POST"]);
    service.holds.push({ match: /orders/, until: new Promise(() => {}) });

    render(
      <Site store={store}>
        <MemoryRouter initialEntries={["/orders/01ORDER/analysis"]}>
          <App />
        </MemoryRouter>
      </Site>,
    );

    expect(await screen.findByRole("button", { name: /Gross/ })).toBeVisible();
    expect(screen.getByText("Invoices March")).toBeVisible();
    expect(analysisCalls()).toEqual(["POST"]);
  },
);

test("a request for another reading is in the history of the order", async () => {
  service.orders = [anOrder({ documents: [aDocument({ status: "unreadable" })] })];
  service.analysis = { ...aPreview(), result: { preview: true, documents: [] } };
  const { user } = await openSite({ at: "/orders/01ORDER" });
  const retry = await screen.findByRole("button", { name: /^Try again: / });
  await waitFor(() => expect(callsOf("/orders/01ORDER/events")).toHaveLength(1));

  await user.click(retry);

  await waitFor(() => expect(callsOf("/orders/01ORDER/events")).toHaveLength(2));
});

test("the preview of an order without an analysis is created", async () => {
  service.analysis = aPreview();
  service.orders = [anOrder({ documents: [aDocument()] })];
  await openSite({ at: "/orders/01ORDER/analysis" });

  expect(await screen.findByText(/This is the preview/)).toBeVisible();
  expect(analysisCalls()).toEqual(["POST"]);
});

test("the response that creates an analysis names the next documents", async () => {
  const names = Array.from({ length: 70 }, (_, at) => ({
    document_id: `D${at}`,
    filename: `scan-${at}.pdf`,
  }));
  serveUnanalysed(names.map((name) => aReading(name)));
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByText("scan-49.pdf");

  await user.click(screen.getByRole("button", { name: "Show more documents" }));

  expect(await screen.findByText("scan-69.pdf")).toBeVisible();
  expect(analysisCalls()).toEqual(["POST", "GET 50"]);
});

test("an analysis that is created while documents are being read is asked for until they are", async () => {
  serveUnanalysed([aReading({ facts: [] })]);
  const { analysis } = service;
  if (!analysis) throw new Error("no analysis");
  service.analysis = { ...analysis, status: "reading" };
  await openSite({ at: "/orders/01ORDER/analysis" });
  await screen.findByText(/still being read/);
  expect(analysisCalls()).toEqual(["POST"]);

  const documents = [aReading({ facts: [aFact()] })];
  service.analysis = { ...analysis, result: { ...analysis.result, documents } };

  expect(await screen.findByRole("button", { name: /Gross/ }, { timeout: 5_000 })).toBeVisible();
  expect(screen.queryByText(/still being read/)).toBeNull();
  expect(analysisCalls()).toEqual(["POST", "GET"]);
});

test("an analysis whose creation failed can be asked for again", async () => {
  serveUnanalysed([aReading({ facts: [aFact()] })]);
  service.failures.push({ match: /^POST .*\/analysis$/, status: 500 });
  const { user } = await openSite({ at: "/orders/01ORDER/analysis" });

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByRole("button", { name: /Gross/ })).toBeVisible();
  expect(analysisCalls()).toEqual(["POST", "POST"]);
});

test("an analysis that is created for another reading keeps the pages that were loaded", async () => {
  const documents = Array.from({ length: 70 }, (_, at) =>
    aReading({ document_id: `D${at}`, filename: `scan-${at}.pdf` }),
  );
  servePaid(documents);
  const { user, store } = await openSite({ at: "/orders/01ORDER/analysis" });
  await user.click(await screen.findByRole("button", { name: "Show more documents" }));
  await screen.findByText("scan-69.pdf");
  service.analysis?.result.documents.splice(69, 1, aReading({ document_id: "D69", filename: "renamed.pdf" }));

  await store.dispatch(client.endpoints.analysesCreate.initiate({ orderId: "01ORDER", body: {} }));

  expect(await screen.findByText("renamed.pdf")).toBeVisible();
});
