/** Ways on from a workspace that cannot be opened. */

import { Trans } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";

import { LinkButton } from "@/components/LinkButton";
import { useMe } from "@/lib/session";

import { WorkspaceLogo } from "./WorkspaceLogo";

export function OtherWorkspaces({ except }: { except: string }) {
  const open = useMe().workspaces.filter((each) => each.id !== except && each.state !== "deleting");
  if (open.length === 0) {
    return (
      <LinkButton to="/start" variant="default">
        <Trans>Create a workspace</Trans>
      </LinkButton>
    );
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        <Trans>Your other workspaces</Trans>
      </Text>
      {open.map((each) => (
        <LinkButton
          key={each.id}
          to="/w/$ws"
          params={{ ws: each.id }}
          variant="default"
          justify="flex-start"
          leftSection={<WorkspaceLogo name={each.name} url={each.logo_url} size={20} />}
        >
          {each.name}
        </LinkButton>
      ))}
    </Stack>
  );
}
