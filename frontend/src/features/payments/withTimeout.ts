/** `promise`, or a rejection when it has not come in time. */
export function within<T>(timeoutMs: number, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("No answer in time")), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
