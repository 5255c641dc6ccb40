export type PasswordStrength = "weak" | "fair" | "strong";

const FAIR_BITS = 35;
const STRONG_BITS = 55;
const CLASSES: [RegExp, number][] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^A-Za-z0-9]/, 33],
];

/**
 * An estimate for the person who types. The API decides what it accepts: it also knows common passwords. Repeated and
 * neighbouring characters (`aaa`, `123`) count once, a pattern that repeats counts once.
 */
export function passwordStrength(password: string): PasswordStrength {
  const pattern = /^(.+?)\1+$/su.exec(password)?.[1] ?? password;
  const symbols = [...pattern].filter((symbol, at, all) => {
    const before = all[at - 1]?.codePointAt(0);
    return before === undefined || Math.abs((symbol.codePointAt(0) ?? 0) - before) > 1;
  });
  const alphabet = CLASSES.reduce((sum, [used, size]) => (used.test(pattern) ? sum + size : sum), 0);
  const bits = symbols.length * Math.log2(Math.max(alphabet, 2));
  if ([...password].length < 8 || bits < FAIR_BITS) return "weak";
  return bits < STRONG_BITS ? "fair" : "strong";
}
