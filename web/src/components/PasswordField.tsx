/** A password, hidden until its holder wants to see it. */

import { useLingui } from "@lingui/react/macro";
import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import type { Ref } from "react";

export function PasswordField(props: PasswordInputProps & { ref?: Ref<HTMLInputElement> }) {
  const { t } = useLingui();
  return <PasswordInput visibilityToggleButtonProps={{ "aria-label": t`Show password` }} {...props} />;
}
