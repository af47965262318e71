/** The saved views as tabs over the table, with what was changed and not saved yet. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { ChevronDown, Lock, Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import type { View } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";
import { ALL } from "./content";
import { icons } from "./icons";
import type { OpenView } from "./useView";
import classes from "./ViewTabs.module.css";
import { useChangeView, useMayChange } from "./views";

const ViewDialog = lazy(() => import("./ViewDialog"));
const ViewMenu = menuOnDemand<ViewMenuSubject>(() => import("./ViewMenu"));

export interface ViewMenuSubject {
  open: OpenView;
  view: View;
  onRename: () => void;
  onCopy: () => void;
}

/** What the dialog is to do: save what is shown as a new view, or name the current one. */
type Act = "create" | "rename" | "copy";

export function ViewTabs({ view: open }: { view: OpenView }) {
  const { t } = useLingui();
  const [act, setAct] = useState<Act>();
  const mayEdit = useCan("values.edit");
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={t`Views`}>
        <Tab
          name={t`All chats`}
          viewId={ALL}
          isOpen={open.current === undefined}
          isChanged={open.isChanged}
        />
        {open.views.map((each) => (
          <Tab
            key={each.id}
            name={each.name}
            viewId={each.id}
            icon={each.icon}
            isOwn={!each.is_shared}
            isOpen={each.id === open.current?.id}
            isChanged={open.isChanged}
          />
        ))}
      </nav>
      {open.current && (
        <ViewMenu
          subject={{
            open,
            view: open.current,
            onRename: () => setAct("rename"),
            onCopy: () => setAct("copy"),
          }}
          className={classes.more ?? ""}
          aria-label={t`Actions on the view ${open.current.name}`}
        >
          <ChevronDown size={16} aria-hidden />
        </ViewMenu>
      )}
      {mayEdit && (
        <ActionIcon
          size={28}
          variant="subtle"
          color="gray"
          aria-label={t`Save as a new view`}
          title={t`Save as a new view`}
          onClick={() => setAct("create")}
        >
          <Plus size={16} />
        </ActionIcon>
      )}
      {open.isChanged && <Unsaved open={open} onCreate={() => setAct("create")} />}
      <Suspense>{act && <ViewDialog act={act} open={open} onClose={() => setAct(undefined)} />}</Suspense>
    </div>
  );
}

interface TabProps {
  name: string;
  viewId: string;
  icon?: View["icon"];
  isOwn?: boolean;
  isOpen: boolean;
  isChanged: boolean;
}

function Tab({ name, viewId, icon, isOwn, isOpen, isChanged }: TabProps) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const Picture = icon ? icons[icon] : undefined;
  return (
    <Link
      to="/w/$ws/chats"
      params={{ ws }}
      search={{ view: viewId }}
      className={classes.tab}
      aria-current={isOpen ? "page" : undefined}
    >
      {Picture && <Picture size={14} aria-hidden />}
      <bdi className={classes.name}>{name}</bdi>
      {isOwn && <Lock size={12} role="img" aria-label={t`Only you`} />}
      {isOpen && isChanged && (
        <span className={classes.dot} role="img" aria-label={t`Not saved`} title={t`Not saved`} />
      )}
    </Link>
  );
}

function Unsaved({ open, onCreate }: { open: OpenView; onCreate: () => void }) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const mayChange = useMayChange(open.current);
  const mayEdit = useCan("values.edit");
  const save = useChangeView(workspaceId);
  const { current, body } = open;
  const saveCurrent = () =>
    current &&
    save.mutate(
      { view: current, change: { content: body } },
      {
        onSuccess: () => {
          open.reset();
          notifyDone(t`The view is saved.`);
        },
        onError: (error) => notifyProblem(problemText(error)),
      },
    );
  return (
    <Group gap="xs" wrap="nowrap">
      {mayChange && (
        <Button size="compact-sm" loading={save.isPending} onClick={saveCurrent}>
          <Trans>Save view</Trans>
        </Button>
      )}
      {!mayChange && mayEdit && (
        <Button size="compact-sm" variant="default" onClick={onCreate}>
          <Trans>Save as…</Trans>
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={open.reset}>
        <Trans>Reset</Trans>
      </Button>
    </Group>
  );
}
