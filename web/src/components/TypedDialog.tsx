/** A dialog for what cannot be undone: the button works once the name of what it is about was typed. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";

import { Dialog } from "./Dialog";
import { Refusal } from "./Refusal";

interface Props {
  title: ReactNode;
  /** What is going to happen, above the field. */
  children: ReactNode;
  /** What has to be typed. */
  typed: string;
  /** The words on the button. */
  action: ReactNode;
  /** The request; the dialog closes when it succeeds, and says why when it does not. */
  run: () => Promise<unknown>;
  onClose: () => void;
}

export function TypedDialog({ title, onClose, ...form }: Props) {
  return (
    <Dialog opened onClose={onClose} title={title}>
      <TypedForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function TypedForm({ children, typed, action, run, onClose }: Omit<Props, "title">) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const attempt = useMutation({ mutationFn: run, onSuccess: onClose });
  const isTyped = text.trim() === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped) attempt.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Refusal error={attempt.error} />
        {children}
        <TextInput
          label={t`Type ${typed} to confirm`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" color="red" disabled={!isTyped} loading={attempt.isPending}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
