import { createFileRoute, useParams } from "@tanstack/react-router";

import { useChats } from "@/features/chats/cache";
import { TemplatesScreen } from "@/features/templates/screen/TemplatesScreen";
import { useWorkspace } from "@/lib/session";

export const Route = createFileRoute("/_signed/w/$ws/templates")({ component: Page });

function Page() {
  const { templateId } = useParams({ strict: false });
  const { chats } = useChats(useWorkspace().id);
  return <TemplatesScreen templateId={templateId} chats={chats} />;
}
