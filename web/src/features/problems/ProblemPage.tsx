/** The page behind a problem's `type` address: what the code means. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Code, Group, Text } from "@mantine/core";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import problems from "@/lib/problems.gen.json";

const known: Record<string, { status: number; title: string; meaning: string }> = problems;

export function ProblemPage({ code }: { code: string }) {
  const { t } = useLingui();
  const problem = known[code];
  if (problem === undefined) {
    return (
      <PublicPage title={t`Unknown problem`}>
        <Text c="dimmed">
          <Trans>This version of Wireroom has no problem with this code.</Trans>
        </Text>
        <Home />
      </PublicPage>
    );
  }
  return (
    <PublicPage title={problem.title} lead={problem.meaning}>
      <Group gap="sm">
        <Code>{code}</Code>
        <Code>HTTP {problem.status}</Code>
      </Group>
      <Home />
    </PublicPage>
  );
}

function Home() {
  return (
    <LinkButton to="/" variant="default">
      <Trans>Go to Wireroom</Trans>
    </LinkButton>
  );
}
