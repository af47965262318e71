import { createFileRoute } from "@tanstack/react-router";

import { MembersSettings } from "@/features/workspaces/members/MembersSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/members")({ component: MembersSettings });
