import { createFileRoute } from "@tanstack/react-router";

import { SignUpScreen } from "@/features/identity/SignUpScreen";

export const Route = createFileRoute("/sign-up")({ component: SignUpScreen });
