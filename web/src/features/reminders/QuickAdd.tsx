/** A reminder in one line: what, when, Enter. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";

import type { ReminderWhen } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import classes from "./RemindersScreen.module.css";
import { useSetReminder } from "./reminders";
import { AT_FIRST, WhenField } from "./WhenField";

export const QUICK_ADD = "quick-add-reminder";
const MOST_CHARACTERS = 500;

export function QuickAdd() {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const [text, setText] = useState("");
  const [when, setWhen] = useState<ReminderWhen | null>(AT_FIRST);
  const { mutate, isPending, error } = useSetReminder();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (when === null || text.trim() === "") return;
    const params = { path: { workspace_id: workspaceId } };
    mutate({ params, body: { text, when } }, { onSuccess: () => setText("") });
  };
  return (
    <form onSubmit={submit} className={classes.add}>
      <TextInput
        id={QUICK_ADD}
        className={classes.text}
        aria-label={t`What to be reminded of`}
        placeholder={t`Remind me to…`}
        maxLength={MOST_CHARACTERS}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <WhenField isCompact onChange={setWhen} />
      <Button type="submit" loading={isPending} disabled={when === null || text.trim() === ""}>
        <Trans>Add reminder</Trans>
      </Button>
      {error && (
        <Text c="var(--c-danger-text)" size="sm" role="alert" w="100%">
          {problemText(error)}
        </Text>
      )}
    </form>
  );
}
