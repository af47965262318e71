/** A template that is not kept yet. */

import { useLingui } from "@lingui/react/macro";
import type { Chat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useSaveTemplate } from "../templates";
import { type Draft, emptyDraft, sendable } from "./draft";
import { TemplateEditor } from "./TemplateEditor";
import type { Shelves } from "./TemplateList";

interface Props {
  beginning: Draft;
  shelves: Shelves;
  chats: readonly Chat[];
  onKept: (id: string) => void;
}

export function NewTemplate({ beginning, shelves, chats, onKept }: Props) {
  const { t } = useLingui();
  const save = useSaveTemplate();
  return (
    <TemplateEditor
      standing={emptyDraft}
      beginning={beginning}
      shelves={shelves}
      chats={chats}
      error={save.error}
      isSaving={save.isPending}
      onSave={(draft) =>
        save.mutate(
          { draft: sendable(draft), opened: undefined },
          {
            onSuccess: ({ id }) => {
              notifyDone(t`Template kept.`);
              onKept(id);
            },
          },
        )
      }
    />
  );
}
