/**
 * A dialog that asks once more who is there, then does something with the proof.
 *
 * For everything whose request has a `proof`; a form with fields of its own uses `ProofFields` instead.
 */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { Dialog } from "@/components/Dialog";
import type { Proof } from "@/lib/api/types";
import { focusFirst } from "@/lib/forms";

import { ProofFields } from "./ProofFields";
import { ProofRefusal } from "./ProofRefusal";
import { NO_PROOF, proofOf, showRefusal, useProofRules } from "./proof";

interface FormProps {
  /** What is going to happen, above the fields. */
  children?: ReactNode;
  /** The words on the button. */
  action: ReactNode;
  isDangerous?: boolean;
  /** What has to be typed before the button can be pressed, such as the name of what goes away. */
  typed?: string;
  /** A refusal in words of one's own; null where the usual ones do. */
  refusal?: (error: unknown) => ReactNode;
  /** The request; the dialog closes when it succeeds, and says why when it does not. */
  run: (proof: Proof) => Promise<unknown>;
}

interface Props extends FormProps {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
}

export function ProofDialog({ opened, onClose, title, ...form }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <ProofForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function ProofForm({
  children,
  action,
  isDangerous = false,
  typed,
  refusal,
  run,
  onClose,
}: FormProps & { onClose: () => void }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const rules = useProofRules();
  const attempt = useMutation({ mutationFn: run, onSuccess: onClose });
  const form = useForm({
    mode: "controlled",
    initialValues: { ...NO_PROOF, typed: "" },
    validate: rules,
  });
  const isTyped = typed === undefined || form.values.typed.trim() === typed;
  const submit = form.onSubmit(
    (values) => {
      setRefused(null);
      attempt.mutate(proofOf(values), { onError: (error) => setRefused(showRefusal(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {(refused !== null && refusal?.(refused)) || <ProofRefusal error={refused} />}
        {children}
        {typed !== undefined && (
          <TextInput
            label={t`Type ${typed} to confirm`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            data-autofocus
            {...form.getInputProps("typed")}
          />
        )}
        <ProofFields form={form} isFirst={typed === undefined} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            type="submit"
            {...(isDangerous && { color: "red" })}
            disabled={!isTyped}
            loading={attempt.isPending}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
