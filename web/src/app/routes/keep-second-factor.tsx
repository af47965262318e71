import { createFileRoute } from "@tanstack/react-router";

import { KeepSecondFactorScreen } from "@/features/identity/second_factor/KeepSecondFactorScreen";

export const Route = createFileRoute("/keep-second-factor")({ component: KeepSecondFactorScreen });
