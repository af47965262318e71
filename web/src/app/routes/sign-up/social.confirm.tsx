import { createFileRoute } from "@tanstack/react-router";

import { ConfirmAddressScreen } from "@/features/social_sign_in/ConfirmAddressScreen";

export const Route = createFileRoute("/sign-up/social/confirm")({ component: ConfirmAddressScreen });
