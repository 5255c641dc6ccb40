import { act } from "@testing-library/react";
import { expect, vi } from "vitest";
import { service } from "./setup";

/** A request to the bucket that stays open until the test finishes it. */
export class OpenRequest {
  static all: OpenRequest[] = [];
  readonly upload: {
    onprogress?: (event: { loaded: number; total: number }) => void;
    onload?: () => void;
  } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  /** The key of the form, which contains the document's id. */
  key = "";
  aborted = false;

  constructor() {
    OpenRequest.all.push(this);
  }
  open() {}
  send(form: FormData) {
    this.key = String(form.get("key"));
  }
  abort() {
    this.aborted = true;
    this.onabort?.();
  }
  finish(status: number) {
    this.status = status;
    act(() => this.onload?.());
  }
}

/** From now on requests to the bucket are `OpenRequest`s, and digests are not computed. For `beforeEach`. */
export function holdRequests(): void {
  OpenRequest.all = [];
  vi.stubGlobal("XMLHttpRequest", OpenRequest);
  vi.stubGlobal("Worker", undefined);
}

/** From now on each file arrives in the bucket at once, and is read at once. */
export function readAtOnce(): void {
  vi.spyOn(OpenRequest.prototype, "send").mockImplementation(function (this: OpenRequest, form: FormData) {
    service.arrive(String(form.get("key")).replace("uploads/", ""));
    queueMicrotask(() => this.finish(204));
  });
}

export const pdf = (name: string) => new File(["%PDF-1.7"], name, { type: "application/pdf" });

export const expectRequests = (count: number) =>
  vi.waitFor(() => expect(OpenRequest.all).toHaveLength(count));
