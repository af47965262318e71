/** A password to have from now on. Whether one is guessed too soon is the server's to say: it answers at this field. */

import { useLingui } from "@lingui/react/macro";
import type { PasswordInputProps } from "@mantine/core";
import type { Ref } from "react";

import { PasswordField } from "@/components/PasswordField";

import { MIN_LENGTH } from "./newPassword";

export function NewPasswordField(props: PasswordInputProps & { ref?: Ref<HTMLInputElement> }) {
  const { t } = useLingui();
  return (
    <PasswordField
      description={t`At least ${MIN_LENGTH} characters. Four or more unrelated words work well.`}
      autoComplete="new-password"
      {...props}
    />
  );
}
