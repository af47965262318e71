/** What a workspace without templates begins with. */

import { Trans } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import { MessageSquareText } from "lucide-react";
import { EmptyState } from "@/components/StateBlock";
import { useCan } from "@/lib/session";
import type { Draft } from "./draft";
import { useStarters } from "./starters";

export function Starters({ onChoose }: { onChoose: (draft: Draft) => void }) {
  const mayWrite = useCan("values.edit");
  const starters = useStarters();
  return (
    <EmptyState
      icon={MessageSquareText}
      title={<Trans>No templates yet</Trans>}
      action={
        mayWrite && (
          <Stack gap="xs">
            {starters.map((starter) => (
              <Button key={starter.name} variant="default" onClick={() => onChoose(starter)}>
                {starter.name}
              </Button>
            ))}
          </Stack>
        )
      }
    >
      <Trans>
        Write once what you send often. In a chat, type / to find it, filled in for whom you write to.
      </Trans>
    </EmptyState>
  );
}
