/** Since when somebody waits for a reply, and the way to say that their last word needs none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckCheck, Hourglass } from "lucide-react";
import { http } from "@/lib/api/client";
import type { ApiError } from "@/lib/api/errors";
import type { Chat } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";
import { putChat } from "../cache";
import classes from "./DetailsPanel.module.css";

export function AnsweredLine({ chat }: { chat: Chat }) {
  const { t } = useLingui();
  const nowMs = useNowMs();
  const mark = useMarkAnswered(chat);
  const mayEdit = useCan("values.edit");
  const facts = chat.private;
  if (!facts || (facts.waiting_since === null && !facts.answered)) return null;
  const button = facts.answered ? t`Not answered` : t`Mark as answered`;
  return (
    <Group gap="xs" className={classes.waiting} role="group" aria-label={t`Reply`}>
      {facts.answered ? <CheckCheck size={14} aria-hidden /> : <Hourglass size={14} aria-hidden />}
      <Text size="sm" style={{ flex: 1 }}>
        {facts.waiting_since ? (
          <Trans>
            Waiting for a reply since <Moment at={facts.waiting_since} nowMs={nowMs} />
          </Trans>
        ) : (
          <Trans>Needs no reply</Trans>
        )}
      </Text>
      {mayEdit && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={mark.isPending}
          onClick={() => mark.mutate(!facts.answered)}
        >
          {button}
        </Button>
      )}
    </Group>
  );
}

function useMarkAnswered(chat: Chat) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<void, ApiError, boolean>({
    mutationFn: async (answered) => {
      const params = { path: { workspace_id: workspaceId, chat_id: chat.id } };
      const body = { message_id: chat.private?.last_message_id ?? 0, answered };
      const { data } = await http.PUT("/workspaces/{workspace_id}/chats/{chat_id}/answered", {
        params,
        body,
      });
      if (data) putChat(client, workspaceId, data);
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
}
