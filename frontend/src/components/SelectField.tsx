import NativeSelect, { type NativeSelectProps } from "@mui/material/NativeSelect";
import OutlinedInput from "@mui/material/OutlinedInput";
import Typography from "@mui/material/Typography";
import { type ReactNode, useId } from "react";
import { Inline } from "./Inline";

interface Props extends Pick<NativeSelectProps, "name" | "value" | "defaultValue" | "onChange"> {
  label: string;
  /** The options. */
  children: ReactNode;
}

/** A choice beside its label. The menu is that of the system, which suits telephones and keyboards. */
export function SelectField({ label, children, ...select }: Props) {
  const id = useId();
  return (
    <Inline between>
      <Typography component="label" htmlFor={id}>
        {label}
      </Typography>
      <NativeSelect
        {...select}
        inputProps={{ id }}
        input={<OutlinedInput size="small" />}
        sx={{ minWidth: 170 }}
      >
        {children}
      </NativeSelect>
    </Inline>
  );
}
