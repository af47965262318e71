/** A template that stands. What others change shows at once while nothing is being written here. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { MessageSquareX } from "lucide-react";
import { useEffect, useState } from "react";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { ApiError } from "@/lib/api/errors";
import type { Chat, Template, TemplateCard } from "@/lib/api/types";
import { notifyDone, notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { templateQuery, useDeleteTemplate, useRestoreTemplate, useSaveTemplate } from "../templates";
import { draftOf, sendable } from "./draft";
import { TemplateEditor } from "./TemplateEditor";
import type { Shelves } from "./TemplateList";

interface Props {
  id: string;
  shelves: Shelves;
  chats: readonly Chat[];
}

/** Mount it anew for each template (key). */
export function OpenTemplate({ id, shelves, chats }: Props) {
  const card = shelves.templates.find((each) => each.id === id);
  if (!card) return <Gone />;
  return <Standing card={card} shelves={shelves} chats={chats} />;
}

function Gone() {
  return (
    <EmptyState icon={MessageSquareX} title={<Trans>This template is not here</Trans>}>
      <Trans>It was deleted, or it is somebody's own.</Trans>
    </EmptyState>
  );
}

function Standing({
  card,
  shelves,
  chats,
}: {
  card: TemplateCard;
  shelves: Shelves;
  chats: readonly Chat[];
}) {
  const workspaceId = useWorkspace().id;
  const [version, setVersion] = useState(card.version);
  const [times, setTimes] = useState(0);
  const [isDirty, setDirty] = useState(false);
  useEffect(() => {
    if (!isDirty) setVersion((was) => Math.max(was, card.version));
  }, [isDirty, card.version]);
  const { data, error, refetch } = useQuery({
    ...templateQuery(workspaceId, card.id, version),
    placeholderData: keepPreviousData,
  });
  if (!data && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingRows rows={4} />;
  return (
    <Editing
      key={times}
      template={data}
      shelves={shelves}
      chats={chats}
      onDirty={setDirty}
      onSaved={setVersion}
      onTakeTheirs={() => {
        setVersion(card.version);
        setTimes(times + 1);
      }}
    />
  );
}

interface EditingProps {
  template: Template;
  shelves: Shelves;
  chats: readonly Chat[];
  onDirty: (isDirty: boolean) => void;
  onSaved: (version: number) => void;
  onTakeTheirs: () => void;
}

function Editing({ template, shelves, chats, onDirty, onSaved, onTakeTheirs }: EditingProps) {
  const { t } = useLingui();
  const save = useSaveTemplate();
  const remove = useRemove(template);
  const standing = draftOf(
    template,
    shelves.folders.map((each) => each.id),
  );
  const isOutdated = save.error instanceof ApiError && save.error.code === "template-changed";
  return (
    <TemplateEditor
      standing={standing}
      beginning={standing}
      shelves={shelves}
      chats={chats}
      error={save.error}
      isSaving={save.isPending}
      onDirty={onDirty}
      onDelete={remove}
      remedy={
        isOutdated && (
          <Button size="compact-sm" variant="default" onClick={onTakeTheirs}>
            <Trans>Show what stands, and drop my changes</Trans>
          </Button>
        )
      }
      onSave={(draft) =>
        save.mutate(
          { draft: sendable(draft), opened: template },
          {
            onSuccess: ({ version }) => {
              notifyDone(t`Template saved.`);
              onSaved(version);
            },
          },
        )
      }
    />
  );
}

/** Leaves a template, takes it away and offers it back. */
function useRemove({ id, name }: Template) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const navigate = useNavigate();
  const remove = useDeleteTemplate();
  const restore = useRestoreTemplate();
  // This screen is gone by the time they end: only their promises are still heard.
  const bringBack = () =>
    restore.mutateAsync(id).then(
      () => navigate({ to: "/w/$ws/templates/$templateId", params: { ws, templateId: id } }),
      (error: unknown) => notifyProblem(problemText(error)),
    );
  return () => {
    void navigate({ to: "/w/$ws/templates", params: { ws }, ignoreBlocker: true });
    remove.mutateAsync(id).then(
      () => notifyUndo(t`“${name}” deleted.`, () => void bringBack()),
      (error: unknown) => notifyProblem(problemText(error)),
    );
  };
}
