import { createContext, useContext } from "react";
import type { Uploader } from "./uploader";

export const UploaderContext = createContext<Uploader | null>(null);

export function useUploader(): Uploader {
  const uploader = useContext(UploaderContext);
  if (!uploader) throw new Error("UploaderContext is not provided");
  return uploader;
}
