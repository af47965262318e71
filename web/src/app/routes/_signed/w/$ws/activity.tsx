import { createFileRoute } from "@tanstack/react-router";
import { useCallback } from "react";

import { ActivityScreen } from "@/features/journal/ActivityScreen";
import { type ActivityFilters, readFilters, searchOf } from "@/features/journal/filters";

export const Route = createFileRoute("/_signed/w/$ws/activity")({
  validateSearch: readFilters,
  component: Page,
});

function Page() {
  const filters = Route.useSearch();
  const navigate = Route.useNavigate();
  const onFilter = useCallback(
    (next: ActivityFilters) => void navigate({ search: searchOf(next) }),
    [navigate],
  );
  return <ActivityScreen filters={filters} onFilter={onFilter} />;
}
