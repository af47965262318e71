/** A workspace that asks for a second factor, for somebody whose sign-in has shown none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";

import { PublicPage } from "@/components/PublicPage";
import { SetUpDialog } from "@/features/identity/second_factor/SetUpDialog";
import { useSignOut } from "@/features/identity/useSignOut";
import type { Membership } from "@/lib/api/types";
import { useMe } from "@/lib/session";

import { OtherWorkspaces } from "./OtherWorkspaces";

interface Props {
  workspace: Membership;
  /** While it is set up the screen has to stay, though the workspace opens with the first code: the backup codes follow. */
  isSettingUp: boolean;
  onSettingUp: (isSettingUp: boolean) => void;
}

export default function SecondFactorScreen({ workspace, isSettingUp, onSettingUp }: Props) {
  const { t } = useLingui();
  const { user } = useMe();
  const name = workspace.name;
  return (
    <PublicPage
      title={t`${name} asks for two-step verification`}
      lead={<Trans>Everybody in this workspace signs in with a code besides the password.</Trans>}
    >
      {user.second_factor && !isSettingUp ? (
        <SignInAgain />
      ) : (
        <Button onClick={() => onSettingUp(true)}>
          <Trans>Set up two-step verification</Trans>
        </Button>
      )}
      <SetUpDialog opened={isSettingUp} onClose={() => onSettingUp(false)} />
      <OtherWorkspaces except={workspace.id} />
    </PublicPage>
  );
}

/** Set up elsewhere, after this session began. */
function SignInAgain() {
  const signOut = useSignOut();
  return (
    <>
      <Text size="sm">
        <Trans>You have set it up, but this sign-in was made without a code.</Trans>
      </Text>
      <Button onClick={signOut}>
        <Trans>Sign in again with a code</Trans>
      </Button>
    </>
  );
}
