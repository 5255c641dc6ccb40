import { act, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { anOrder } from "@/testing/api";
import { openSite } from "@/testing/render";
import { service } from "@/testing/setup";
import { refusal } from "./accept";
import { speedometer } from "./uploader";

/** The bucket's side of an upload: every request stays open until the test ends it. */
class OpenRequest {
  static all: OpenRequest[] = [];
  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;

  constructor() {
    OpenRequest.all.push(this);
  }
  open() {}
  send() {}
  abort() {
    this.onabort?.();
  }
  finish(status: number) {
    this.status = status;
    act(() => this.onload?.());
  }
}

beforeEach(() => {
  OpenRequest.all = [];
  vi.stubGlobal("XMLHttpRequest", OpenRequest);
  vi.stubGlobal("Worker", undefined);
  service.orders = [anOrder()];
});

const pdf = (name: string) => new File(["%PDF-1.7"], name, { type: "application/pdf" });
const sent = (count: number) => vi.waitFor(() => expect(OpenRequest.all).toHaveLength(count));

test("three files go side by side, and the next follows when one is done", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(
    await screen.findByTestId("files"),
    [1, 2, 3, 4].map((n) => pdf(`${n}.pdf`)),
  );
  await sent(3);
  expect(screen.getByText("Waiting for its turn")).toBeVisible();
  OpenRequest.all[0]?.finish(204);

  await sent(4);
});

test("how far and how fast an upload is can be read", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await sent(1);

  act(() => OpenRequest.all[0]?.upload.onprogress?.({ loaded: 4 }));

  expect(await screen.findByText(/0 kB of 0 kB · /)).toBeVisible();
  expect(screen.getByRole("progressbar", { name: "a.pdf" })).toHaveAttribute("value", "0.5");
});

test("a retry asks for a fresh ticket and adds no second document", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await sent(1);
  OpenRequest.all[0]?.finish(403);

  await user.click(await screen.findByRole("button", { name: "Retry a.pdf" }));

  await sent(2);
  const posts = service.calls.filter(({ method }) => method === "POST").map(({ path }) => path);
  expect(posts.filter((path) => path === "/orders/01ORDER/documents")).toHaveLength(1);
  expect(posts.filter((path) => path.endsWith("/upload"))).toHaveLength(1);
});

test("a cancelled upload stops and can be taken up again", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));
  await sent(1);

  await user.click(screen.getByRole("button", { name: "Cancel a.pdf" }));

  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(screen.getByRole("button", { name: "Retry a.pdf" })).toBeVisible();
});

test("an upload cancelled while its document is being made, and begun again, makes no second one", async () => {
  let goOn = () => {};
  const until = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  service.holds.push({ match: /POST .*\/documents$/, until });
  const { user } = await openSite({ at: "/orders/01ORDER" });
  await user.upload(await screen.findByTestId("files"), pdf("a.pdf"));

  await user.click(await screen.findByRole("button", { name: "Cancel a.pdf" }));
  await user.click(await screen.findByRole("button", { name: "Retry a.pdf" }));
  act(goOn);

  await sent(1);
  expect(service.orders[0]?.documents).toHaveLength(1);
});

test("a file that cannot be taken is refused with its reason before anything is sent", async () => {
  const { user } = await openSite({ at: "/orders/01ORDER" });

  await user.upload(await screen.findByTestId("files"), new File([], "empty.pdf"));

  expect(await screen.findByText("The file is empty.")).toBeVisible();
  expect(service.calls.some(({ path }) => path.endsWith("/documents"))).toBe(false);
});

test("each reason for a refusal is told from the others", () => {
  expect(refusal({ name: "a.exe", size: 1 }, 1)).toBe("wrong_type");
  expect(refusal({ name: "a.PDF", size: 0 }, 1)).toBe("empty");
  expect(refusal({ name: "a.docx", size: 25 * 1024 * 1024 + 1 }, 1)).toBe("too_large");
  expect(refusal({ name: "a.jpeg", size: 1 }, 0)).toBe("too_many");
  expect(refusal({ name: "a.jpeg", size: 25 * 1024 * 1024 }, 1)).toBeNull();
});

test("speed is that of the last seconds, not of the whole upload", () => {
  let now = 0;
  const speed = speedometer(() => now);

  now = 10_000;
  speed(1_000);
  now = 11_000;

  expect(speed(3_000)).toBe(2_000);
});
