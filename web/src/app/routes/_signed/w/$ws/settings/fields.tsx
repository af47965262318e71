import { createFileRoute } from "@tanstack/react-router";

import { FieldsSettings } from "@/features/fields/settings/FieldsSettings";

export const Route = createFileRoute("/_signed/w/$ws/settings/fields")({ component: FieldsSettings });
