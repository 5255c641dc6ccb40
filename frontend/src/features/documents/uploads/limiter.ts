/** Returns a function that runs tasks in the order of the calls, at most `most` of them at a time. */
export function limiter(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let runningCount = 0;
  return async (task) => {
    if (runningCount >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else runningCount += 1;
    try {
      return await task();
    } finally {
      // The place goes to the next task, or is free.
      const next = waiting.shift();
      if (next) next();
      else runningCount -= 1;
    }
  };
}
