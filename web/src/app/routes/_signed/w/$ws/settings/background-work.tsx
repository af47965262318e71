import { createFileRoute } from "@tanstack/react-router";

import { UpkeepSettings } from "@/features/upkeep/UpkeepSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/background-work")({
  component: UpkeepSettings,
});
