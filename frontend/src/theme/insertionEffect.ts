import { useLayoutEffect } from "react";

/**
 * In place of `@emotion/use-insertion-effect-with-fallbacks`: the styles of a component are inserted while it is rendered,
 * as Emotion does without `useInsertionEffect`. A first rendering is done in slices, between which clicks are handled;
 * the effects of all its components would insert hundreds of rules in one task.
 */
export const useInsertionEffectAlwaysWithSyncFallback = <T>(create: () => T): T => create();
export const useInsertionEffectWithLayoutFallback = useLayoutEffect;
