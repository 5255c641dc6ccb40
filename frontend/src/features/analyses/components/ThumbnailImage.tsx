import Box from "@mui/material/Box";

/** A page in small. The text beside it, or the label of its button, names it. */
export function ThumbnailImage({ url }: { url: string }) {
  return (
    <Box
      component="img"
      src={url}
      alt=""
      loading="lazy"
      sx={{
        display: "block",
        maxWidth: "100%",
        height: 72,
        bgcolor: "#fff",
        border: "1px solid",
        borderColor: "divider",
      }}
    />
  );
}
