import Box from "@mui/material/Box";
import Typography, { type TypographyProps } from "@mui/material/Typography";
import type { ReactNode } from "react";

/** A paragraph, in lines that are short enough to read. */
export function Text({ sx, ...rest }: TypographyProps) {
  return <Typography {...rest} sx={[{ mb: 1.5, maxWidth: "68ch" }, ...(Array.isArray(sx) ? sx : [sx])]} />;
}

/** The sentence below the name of a page. */
export function Lead({ children }: { children: ReactNode }) {
  return (
    <Text variant="subtitle1" component="p" sx={{ my: 3 }}>
      {children}
    </Text>
  );
}

/** A paragraph of less weight. */
export function Remark({ children }: { children: ReactNode }) {
  return (
    <Text variant="body2" color="textSecondary">
      {children}
    </Text>
  );
}

interface SectionProps {
  id?: string;
  title: string;
  children: ReactNode;
}

/** A part of the first page, below its heading. */
export function Section({ id, title, children, ...data }: SectionProps) {
  return (
    <Box component="section" id={id} {...data} sx={{ pt: { xs: 6, sm: 9 } }}>
      <Typography variant="h2" sx={{ mb: 1.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}
