import { createFileRoute } from "@tanstack/react-router";

import { ConfirmMoveScreen } from "@/features/identity/ConfirmMoveScreen";

export const Route = createFileRoute("/confirm-move")({ component: ConfirmMoveScreen });
