import Box from "@mui/material/Box";

/** A sheet of paper with a folded corner, labelled with the extension of the file. */
export function FileTypeIcon({ filename }: { filename: string }) {
  const dot = filename.lastIndexOf(".");
  return (
    <Box
      component="span"
      aria-hidden="true"
      sx={{
        alignSelf: "start",
        mt: 0.25,
        width: 36,
        height: 44,
        display: "grid",
        placeItems: "center",
        borderRadius: "5px",
        clipPath: "polygon(0 0, 26px 0, 100% 10px, 100% 100%, 0 100%)",
        fontSize: "0.6875rem",
        fontWeight: 700,
        color: "primary.main",
        bgcolor: "color-mix(in srgb, var(--mui-palette-primary-main) 13%, transparent)",
      }}
    >
      {filename.slice(dot + 1, dot + 5).toUpperCase()}
    </Box>
  );
}
