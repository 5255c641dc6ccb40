import { Component, type ReactNode } from "react";
import { BrokenPage } from "./BrokenPage";

/** Catches errors of the page it wraps. The shell around it keeps working. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <BrokenPage /> : this.props.children;
  }
}
