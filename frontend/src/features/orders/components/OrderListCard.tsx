import Card, { type CardProps } from "@mui/material/Card";

/** The card around the rows of the order list. */
export function OrderListCard(props: CardProps) {
  return <Card {...props} sx={{ overflow: "hidden", "& li:last-of-type": { borderBottom: 0 } }} />;
}
