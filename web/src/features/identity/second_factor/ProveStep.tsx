/** First step: the person shows that it is them, and gets the key for their app. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { api } from "@/lib/api/client";
import type { FactorSetup } from "@/lib/api/types";
import { focusFirst } from "@/lib/forms";

import { ProofFields } from "../proof/ProofFields";
import { ProofRefusal } from "../proof/ProofRefusal";
import { NO_PROOF, proofOf, showRefusal, useProofRules } from "../proof/proof";

interface Props {
  onCancel: () => void;
  onProven: (setup: FactorSetup) => void;
}

export function ProveStep({ onCancel, onProven }: Props) {
  const [refused, setRefused] = useState<unknown>(null);
  const begin = api.useMutation("post", "/me/second-factor/setup");
  const form = useForm({ mode: "controlled", initialValues: NO_PROOF, validate: useProofRules() });
  const submit = form.onSubmit(
    (values) => {
      setRefused(null);
      begin.mutate(
        { body: { proof: proofOf(values) } },
        { onSuccess: onProven, onError: (error) => setRefused(showRefusal(form, error)) },
      );
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <ProofRefusal error={refused} />
        <Text>
          <Trans>
            Signing in then takes your password and a code from an authenticator app on your phone. Any app
            for time-based codes will do.
          </Trans>
        </Text>
        <ProofFields form={form} isFirst />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={begin.isPending} data-autofocus>
            <Trans>Continue</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
