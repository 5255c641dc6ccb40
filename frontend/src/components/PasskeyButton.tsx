import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { ProblemAlert } from "./ProblemAlert";

type Props = { children: ReactNode; onPress: () => Promise<void>; autoFocus?: boolean };

/** A button that asks the device for a passkey. It is busy meanwhile, and shows why the passkey was not accepted. */
export function PasskeyButton({ children, onPress, autoFocus = false }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function press() {
    setBusy(true);
    setProblem(null);
    try {
      await onPress();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button variant="outlined" busy={isBusy} autoFocus={autoFocus} onClick={() => void press()}>
        {children}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}
