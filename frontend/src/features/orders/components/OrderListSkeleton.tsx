import Divider from "@mui/material/Divider";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { OrderListCard } from "./OrderListCard";

export function OrderListSkeleton() {
  const { t } = useTranslation();
  return (
    <OrderListCard role="status" aria-label={t("loading")}>
      <Stack divider={<Divider />}>
        {[0, 1, 2, 3].map((line) => (
          <Stack key={line} spacing={1} sx={{ px: 2.75, py: 2.25 }}>
            <Skeleton width="46%" height={20} />
            <Skeleton width="22%" height={16} />
          </Stack>
        ))}
      </Stack>
    </OrderListCard>
  );
}
