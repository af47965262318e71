/** What of an account stays out of the workspace: known chats one by one, new ones by their kind. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack, Switch } from "@mantine/core";
import { Dialog } from "@/components/Dialog";
import type { Account, ExcludedChat } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";
import { accountTitle } from "../accounts";
import { useLeaveOut } from "./excludedChats";
import { PickChats } from "./PickChats";
import { switched } from "./picking";

export function ExcludedDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const title = accountTitle(account);
  return (
    <Dialog opened onClose={onClose} size="lg" title={<Trans>Chats of {title} that stay out</Trans>}>
      <Stack gap="lg">
        <PickChats accountId={account.id} />
        <NewChats account={account} />
      </Stack>
    </Dialog>
  );
}

function NewChats({ account }: { account: Account }) {
  const { t } = useLingui();
  const leaveOut = useLeaveOut(account.id);
  const mayPick = useCan("chats.exclude");
  const kinds: [ExcludedChat["kind"], string][] = [
    ["group", t`Bring in new groups`],
    ["channel", t`Bring in new channels`],
  ];
  const change = (kind: ExcludedChat["kind"], is: boolean) =>
    leaveOut.mutate(switched(account.left_out, kind, is), {
      onError: (error) => notifyProblem(problemText(error)),
    });
  return (
    <Stack gap="xs">
      {kinds.map(([kind, label]) => (
        <Switch
          key={kind}
          label={label}
          checked={!account.left_out.includes(kind)}
          disabled={!mayPick || leaveOut.isPending}
          onChange={(event) => change(kind, event.currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
