import { useEffect, useRef } from "react";
import { useAppDispatch } from "@/lib/appState";
import { analyses } from "./api/getAnalysis";

/** Forgets the preview of an order when its analysis opens, so that nobody who has paid sees it again. */
export function useForgottenPreview(orderId: string, isOpen: boolean): void {
  const dispatch = useAppDispatch();
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (isOpen && !wasOpen.current)
      dispatch(analyses.util.invalidateTags([{ type: "Analysis", id: orderId }]));
    wasOpen.current = isOpen;
  }, [dispatch, isOpen, orderId]);
}
