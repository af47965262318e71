/** The fields of a form that asks once more who is there: password, code, or both, as the person has them. */

import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";

import { PasswordField } from "@/components/PasswordField";
import { useMe } from "@/lib/session";

/** A Mantine form that has the two fields, whatever else it has. */
interface ProofForm {
  getInputProps: (name: "password" | "code") => object;
}

export function ProofFields({ form, isFirst = false }: { form: ProofForm; isFirst?: boolean }) {
  const { t } = useLingui();
  const { user } = useMe();
  const focused = isFirst ? { "data-autofocus": true } : {};
  return (
    <>
      {/* Tells a password manager whose password is asked for. */}
      <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />
      {user.has_password && (
        <PasswordField
          label={t`Your password`}
          autoComplete="current-password"
          {...focused}
          {...form.getInputProps("password")}
        />
      )}
      {user.second_factor && (
        <TextInput
          label={t`Code from your authenticator app`}
          description={t`Or one of your backup codes.`}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          {...(user.has_password ? {} : focused)}
          {...form.getInputProps("code")}
        />
      )}
    </>
  );
}
