import { createFileRoute } from "@tanstack/react-router";

import { ProfileSettings } from "@/features/identity/ProfileSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/profile")({ component: ProfileSettings });
