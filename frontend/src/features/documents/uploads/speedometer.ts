const WINDOW_MS = 3_000;

interface Sample {
  atMs: number;
  sentBytes: number;
}

/** Returns a function that takes the bytes sent so far and returns the speed in bytes per second over three seconds. */
export function speedometer(now: () => number = () => performance.now()): (sentBytes: number) => number {
  const samples: Sample[] = [{ atMs: now(), sentBytes: 0 }];
  return (sentBytes) => {
    const atMs = now();
    samples.push({ atMs, sentBytes });
    while (samples.length > 2 && atMs - (samples[0]?.atMs ?? atMs) > WINDOW_MS) samples.shift();
    const oldest = samples[0] as Sample;
    return atMs > oldest.atMs ? ((sentBytes - oldest.sentBytes) / (atMs - oldest.atMs)) * 1_000 : 0;
  };
}
