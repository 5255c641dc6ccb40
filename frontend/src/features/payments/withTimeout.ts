/** The result of `pending`, or a rejection when it takes longer than `timeoutMs`. */
export function withTimeout<T>(timeoutMs: number, pending: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("Timed out")), timeoutMs);
    pending.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
