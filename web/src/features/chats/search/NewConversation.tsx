/** Begins a conversation: with somebody who has a public username, or with a new group. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { RadioBar } from "@/components/RadioBar";
import { ownConnection, useAccounts } from "@/features/accounts/accounts";
import { ByUsername } from "./ByUsername";
import { useArrival } from "./listed";

const NewGroup = lazy(async () => ({ default: (await import("../info/NewGroup")).NewGroup }));

export default function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const own = (useAccounts().data?.accounts ?? []).filter(
    (each) => ownConnection(each)?.state === "connected",
  );
  const [what, setWhat] = useState<"person" | "group">("person");
  const arrive = useArrival(onClose);
  return (
    <Dialog opened onClose={onClose} title={t`New conversation`}>
      <Stack gap="md">
        {own.length === 0 && (
          <FormProblem>
            <Trans>None of your accounts is connected at the moment.</Trans>
          </FormProblem>
        )}
        <RadioBar
          label={t`With whom`}
          value={what}
          options={[
            { value: "person", label: t`By username` },
            { value: "group", label: t`New group or channel` },
          ]}
          onChange={setWhat}
        />
        {what === "person" ? (
          <ByUsername own={own} onDone={onClose} />
        ) : (
          <Suspense>
            <NewGroup accounts={own} onMade={arrive} />
          </Suspense>
        )}
      </Stack>
    </Dialog>
  );
}
