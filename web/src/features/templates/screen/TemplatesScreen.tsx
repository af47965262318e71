/** Texts to be sent often: the list with its folders, and the one that is being written. */

import { msg } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { FolderPlus, MessageSquareText, Plus } from "lucide-react";
import { useState } from "react";
import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Chat } from "@/lib/api/types";
import { useShortcuts } from "@/lib/hotkeys";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";
import { useTemplateNews, useTemplates } from "../templates";
import { type Draft, emptyDraft } from "./draft";
import { FolderDialog } from "./FolderDialog";
import { NewTemplate } from "./NewTemplate";
import { OpenTemplate } from "./OpenTemplate";
import { Starters } from "./Starters";
import { type Shelves, TemplateList } from "./TemplateList";
import classes from "./TemplatesScreen.module.css";

/** In place of an id, for the one that is not kept yet. */
export const NEW = "new";

interface Props {
  templateId: string | undefined;
  /** Whom a template can be tried on. */
  chats: readonly Chat[];
}

export function TemplatesScreen({ templateId, chats }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const open = useOpenTemplate();
  const mayWrite = useCan("values.edit");
  const [beginning, setBeginning] = useState<Draft>(emptyDraft);
  const [makesFolder, setMakesFolder] = useState(false);
  const { data, error, refetch } = useTemplates();
  const isListShown = templateId === undefined && data?.templates.length !== 0;
  useTemplateNews();
  usePageTitle(t`Templates`, workspace.name);
  const write = (draft: Draft = emptyDraft) => {
    setBeginning(draft);
    open(NEW);
  };
  useShortcuts(msg`Templates`, mayWrite ? [{ keys: "c", label: msg`New template`, run: () => write() }] : []);
  return (
    <div className={classes.screen} data-shows={isListShown ? "list" : "editor"}>
      <PageHeader title={<Trans>Templates</Trans>}>
        {mayWrite && (
          <Making isWriting={templateId === NEW} onFolder={() => setMakesFolder(true)} onWrite={write} />
        )}
      </PageHeader>
      <div className={classes.panes}>
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <LoadingRows rows={6} />}
        {data && (
          <>
            <TemplateList shelves={data} openId={templateId} />
            <section className={classes.editor} tabIndex={-1} aria-label={t`Template`}>
              {templateId === NEW ? (
                <NewTemplate
                  beginning={beginning}
                  shelves={data}
                  chats={chats}
                  onKept={(id) => open(id, true)}
                />
              ) : (
                <Opened templateId={templateId} shelves={data} chats={chats} onWrite={write} />
              )}
            </section>
          </>
        )}
      </div>
      {makesFolder && <FolderDialog onClose={() => setMakesFolder(false)} />}
    </div>
  );
}

interface MakingProps {
  isWriting: boolean;
  onFolder: () => void;
  onWrite: () => void;
}

function Making({ isWriting, onFolder, onWrite }: MakingProps) {
  return (
    <>
      <Button variant="default" leftSection={<FolderPlus size={16} aria-hidden />} onClick={onFolder}>
        <Trans>New folder</Trans>
      </Button>
      <Button leftSection={<Plus size={16} aria-hidden />} disabled={isWriting} onClick={() => onWrite()}>
        <Trans>New template</Trans>
      </Button>
    </>
  );
}

interface OpenedProps extends Props {
  shelves: Shelves;
  onWrite: (draft: Draft) => void;
}

function Opened({ templateId, shelves, chats, onWrite }: OpenedProps) {
  if (templateId !== undefined)
    return <OpenTemplate key={templateId} id={templateId} shelves={shelves} chats={chats} />;
  return shelves.templates.length === 0 ? <Starters onChoose={onWrite} /> : <NothingOpen />;
}

function NothingOpen() {
  return (
    <EmptyState icon={MessageSquareText} title={<Trans>No template is open</Trans>}>
      <Trans>Choose one on the left. In a chat, type / to send one.</Trans>
    </EmptyState>
  );
}

function useOpenTemplate() {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return (templateId: string, ignoreBlocker = false) =>
    void navigate({ to: "/w/$ws/templates/$templateId", params: { ws, templateId }, ignoreBlocker });
}
