/** Type the account's phone number; Telegram then sends a code. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import type { ApiError } from "@/lib/api/errors";
import { focusFirst } from "@/lib/forms";
import { problemText } from "@/lib/problemText";

import { normalPhone } from "./normalPhone";

interface Props {
  isOwned: boolean;
  refusal: ApiError | null;
  onSend: (phone: string) => Promise<void>;
}

export function PhoneStep({ isOwned, refusal, onSend }: Props) {
  const { t } = useLingui();
  const [isSending, setSending] = useState(false);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { phone: "" },
    validate: {
      phone: (typed) =>
        normalPhone(typed) ? null : t`Enter the number with its country code, such as +49 170 1234567.`,
    },
  });
  const submit = form.onSubmit(
    async ({ phone }) => {
      setSending(true);
      await onSend(normalPhone(phone) ?? phone);
      setSending(false);
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{refusal && problemText(refusal)}</FormProblem>
        <TextInput
          label={t`Phone number`}
          type="tel"
          autoComplete="tel"
          inputMode="tel"
          placeholder="+49 170 1234567"
          disabled={!isOwned}
          description={isOwned ? null : t`Tick the box above first.`}
          key={form.key("phone")}
          {...form.getInputProps("phone")}
        />
        <Button type="submit" loading={isSending} disabled={!isOwned}>
          <Trans>Send code</Trans>
        </Button>
      </Stack>
    </form>
  );
}
