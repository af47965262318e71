/** What can be done with a view. Loaded when its menu is first opened. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { ArrowLeft, ArrowRight, Copy, Link2, Lock, Pencil, Pin, Trash2, Users } from "lucide-react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { View } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useMe, useWorkspace } from "@/lib/session";
import { between } from "./places";
import type { ViewMenuSubject } from "./ViewTabs";
import { useChangeView, useDeleteView, useMayChange, useSetDefaultView, type ViewChange } from "./views";

export default function ViewMenu({ target, subject }: MenuPanelProps<ViewMenuSubject>) {
  const { open, view, onRename, onCopy } = subject;
  const mayChange = useMayChange(view);
  const [isDeleting, deleting] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-start" width={260} defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <Menu.Item leftSection={<Pencil size={16} />} onClick={onRename}>
              <Trans>Name and icon</Trans>
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Copy size={16} />} onClick={onCopy}>
            <Trans>Duplicate</Trans>
          </Menu.Item>
          <LinkItem view={view} />
          <DefaultItem view={view} isDefault={open.defaultId === view.id} />
          {mayChange && <Changes view={view} views={open.views} />}
          {mayChange && (
            <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={deleting.open}>
              <Trans>Delete view</Trans>
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <DeleteDialog view={view} onClose={deleting.close} onDeleted={() => open.open(undefined)} />
      )}
    </>
  );
}

function LinkItem({ view }: { view: View }) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const copy = () => {
    const link = `${window.location.origin}/w/${ws}/chats?view=${view.id}`;
    void navigator.clipboard.writeText(link).then(() => notifyDone(t`The link is copied.`));
  };
  return (
    <Menu.Item leftSection={<Link2 size={16} />} onClick={copy}>
      <Trans>Copy link</Trans>
    </Menu.Item>
  );
}

function DefaultItem({ view, isDefault }: { view: View; isDefault: boolean }) {
  const setDefault = useSetDefaultView(useWorkspace().id);
  return (
    <Menu.Item
      leftSection={<Pin size={16} />}
      onClick={() => setDefault.mutate(isDefault ? null : view.id, { onError: tell })}
    >
      {isDefault ? <Trans>Do not open with this view</Trans> : <Trans>Always open with this view</Trans>}
    </Menu.Item>
  );
}

function Changes({ view, views }: { view: View; views: readonly View[] }) {
  const change = useChangeView(useWorkspace().id);
  const me = useMe().user.id;
  const act = (part: ViewChange["change"]) => change.mutate({ view, change: part }, { onError: tell });
  const at = views.indexOf(view);
  return (
    <>
      {!view.is_shared && (
        <Menu.Item leftSection={<Users size={16} />} onClick={() => act({ is_shared: true })}>
          <Trans>Share with the workspace</Trans>
        </Menu.Item>
      )}
      {view.is_shared && view.owner_id === me && (
        <Menu.Item leftSection={<Lock size={16} />} onClick={() => act({ is_shared: false })}>
          <Trans>Make it only yours</Trans>
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<ArrowLeft size={16} />}
        disabled={at <= 0}
        onClick={() => act({ position: between(views, at - 2, at - 1) })}
      >
        <Trans>Move to the left</Trans>
      </Menu.Item>
      <Menu.Item
        leftSection={<ArrowRight size={16} />}
        disabled={at === views.length - 1}
        onClick={() => act({ position: between(views, at + 1, at + 2) })}
      >
        <Trans>Move to the right</Trans>
      </Menu.Item>
    </>
  );
}

interface DeleteDialogProps {
  view: View;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteDialog({ view, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useLingui();
  const remove = useDeleteView(useWorkspace().id);
  const { name } = view;
  const confirm = () =>
    remove.mutate(view.id, {
      onSuccess: () => {
        onClose();
        onDeleted();
      },
    });
  return (
    <ConfirmDialog
      title={t`Delete the view “${name}”?`}
      action={t`Delete view`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      {view.is_shared ? (
        <Trans>It goes for everybody in this workspace. No chat is changed.</Trans>
      ) : (
        <Trans>Only you see it. No chat is changed.</Trans>
      )}
    </ConfirmDialog>
  );
}

function tell(error: Error): void {
  notifyProblem(problemText(error));
}
