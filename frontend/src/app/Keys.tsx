import Box from "@mui/material/Box";
import { Inline } from "@/components/Inline";

/** Keys to press one after another. */
export function Keys({ of }: { of: string }) {
  return (
    <Inline component="span" spacing={0.75}>
      {of.split(" ").map((key) => (
        <Box
          component="kbd"
          key={key}
          sx={{
            typography: "body2",
            fontWeight: 600,
            px: 1,
            border: "1px solid",
            borderColor: "divider",
            borderBottomWidth: 2,
            borderRadius: 0.6,
          }}
        >
          {key}
        </Box>
      ))}
    </Inline>
  );
}
