import { createFileRoute } from "@tanstack/react-router";

import { TagsSettings } from "@/features/fields/settings/TagsSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/tags")({ component: TagsSettings });
