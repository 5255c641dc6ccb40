import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";
import type { FactPreviewResponse, PageSizeResponse } from "@/lib/api/client.generated";
import { LABEL_SIZE, type LabelPlace, OUTLINE_WIDTH, placeLabels, scaled } from "../outlineLabels";
import { useFactLabel } from "../useFactLabel";

/** An empty page is paper in either scheme. */
const OUTLINE = {
  display: "block",
  width: "100%",
  maxWidth: 420,
  mx: "auto",
  background: "#fff",
  border: "1px solid var(--divider)",
  "& rect": {
    fill: "rgb(43 95 138 / 12%)",
    stroke: "#2b5f8a",
    strokeWidth: 1,
    vectorEffect: "non-scaling-stroke",
  },
  "& text": { fill: "#24435f", pointerEvents: "none" },
  "& [data-state='doubtful'] rect": { strokeDasharray: "4 3" },
  "& [data-state='selected'] rect": { fill: "rgb(255 194 51 / 45%)", stroke: "#b35c00", strokeWidth: 2 },
  "& [data-state='selected'] text": {
    fontWeight: 700,
    paintOrder: "stroke",
    stroke: "#fff",
    strokeWidth: 8,
  },
};

type Placed = FactPreviewResponse & { box: NonNullable<FactPreviewResponse["box"]> };

interface Props {
  size: PageSizeResponse;
  /** The facts of the page that have a box. */
  facts: Placed[];
  /** Its name is always shown. */
  selected: FactPreviewResponse | null;
}

/** An empty page with the boxes and the names of its facts. The list beside it says the same in words. */
export function PageOutline({ size, facts, selected }: Props) {
  const { t } = useTranslation("analysis");
  const factLabel = useFactLabel();
  const height = (OUTLINE_WIDTH * size.height) / size.width;
  const places = placeLabels(
    facts.map(({ name, box }) => ({ text: factLabel(name), box })),
    height,
  );
  // What is drawn last is on top.
  const drawn = facts
    .map((fact, at) => ({ fact, at }))
    .sort((first, second) => Number(first.fact === selected) - Number(second.fact === selected));
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${OUTLINE_WIDTH} ${height}`}
      role="img"
      aria-label={t("preview.outline", { count: facts.length })}
      sx={OUTLINE}
    >
      {drawn.map(({ fact, at }) => {
        const { left, top, right, bottom } = scaled(fact.box, height);
        const place = places[at] ?? (fact === selected ? { x: left, y: top } : null);
        return (
          <g key={at} data-state={stateOf(fact, selected)}>
            <rect x={left} y={top} width={right - left} height={bottom - top}>
              <title>{factLabel(fact.name)}</title>
            </rect>
            {place && <Label place={place}>{factLabel(fact.name)}</Label>}
          </g>
        );
      })}
    </Box>
  );
}

function stateOf(fact: FactPreviewResponse, selected: FactPreviewResponse | null) {
  if (fact === selected) return "selected";
  return fact.doubtful ? "doubtful" : undefined;
}

function Label({ place: { x, y }, children }: { place: LabelPlace; children: string }) {
  return (
    // Letters below the line belong to the height of the label.
    <text x={x} y={y - LABEL_SIZE * 0.25} fontSize={LABEL_SIZE}>
      {children}
    </text>
  );
}
