import { useState } from "react";

/** A mail that a button requests: whether the request is under way or was accepted, and what went wrong. */
export function useMailRequest(request: () => Promise<unknown>) {
  const [state, setState] = useState<"idle" | "busy" | "sent">("idle");
  const [problem, setProblem] = useState<unknown>(null);

  async function send() {
    setState("busy");
    setProblem(null);
    try {
      await request();
      setState("sent");
    } catch (error) {
      setProblem(error);
      setState("idle");
    }
  }

  return { state, problem, send };
}
