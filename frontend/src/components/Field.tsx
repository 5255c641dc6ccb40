import FormControl from "@mui/material/FormControl";
import FormHelperText from "@mui/material/FormHelperText";
import InputLabel from "@mui/material/InputLabel";
import OutlinedInput, { type OutlinedInputProps } from "@mui/material/OutlinedInput";
import { useId } from "react";

export interface FieldProps
  extends Pick<
    OutlinedInputProps,
    "type" | "autoComplete" | "autoFocus" | "defaultValue" | "inputRef" | "required" | "onBlur" | "onChange"
  > {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  maxLength?: number | undefined;
}

/** A labelled input whose hint or error is read out with it. (MUI's TextField brings a select menu along: 25 kB.) */
export function Field({ label, hint, error, maxLength, ...input }: FieldProps) {
  const id = useId();
  const below = error || hint;
  return (
    <FormControl fullWidth error={Boolean(error)} required={input.required}>
      <InputLabel htmlFor={id}>{label}</InputLabel>
      <OutlinedInput
        {...input}
        id={id}
        label={label}
        inputProps={{ maxLength, "aria-describedby": below ? `${id}-below` : undefined }}
      />
      {below && <FormHelperText id={`${id}-below`}>{below}</FormHelperText>}
    </FormControl>
  );
}
