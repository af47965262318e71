/** Has a chat leave the workspace: it stays at Telegram, and with those who are connected to its account. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { EyeOff } from "lucide-react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { useExclude } from "@/features/accounts/excluded/excludedChats";
import type { Chat } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";

export function LeaveOutButton({ chat, onDone }: { chat: Chat; onDone: () => void }) {
  const { t } = useLingui();
  const [isAsking, asking] = useDisclosure(false);
  const exclude = useExclude(chat.account_id, true);
  if (!useCan("chats.exclude") || !chat.private) return null;
  const action = t`Leave out of the workspace`;
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        w="fit-content"
        leftSection={<EyeOff size={14} />}
        onClick={asking.open}
      >
        {action}
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={action}
          action={t`Leave out`}
          isBusy={exclude.isPending}
          problem={exclude.error && problemText(exclude.error)}
          onConfirm={() => exclude.mutate([chat.id], { onSuccess: onDone })}
          onClose={asking.close}
        >
          <Trans>
            “{chat.title}” leaves the inbox, the table and every count, for everybody. What was written of it
            is kept and comes back when you bring it in again, under Settings, Accounts.
          </Trans>
        </ConfirmDialog>
      )}
    </>
  );
}
