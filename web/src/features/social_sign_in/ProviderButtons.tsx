/** The other ways in, below a form with e-mail and password. Nothing where this installation offers none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Divider, SimpleGrid, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { Refusal } from "@/components/Refusal";
import { api } from "@/lib/api/client";

import { ProviderMark } from "./ProviderMark";
import { providersQuery } from "./providersQuery";

/** `next` is the path to come back to. */
export function ProviderButtons({ next }: { next: string }) {
  const { t } = useLingui();
  const { data } = useQuery(providersQuery);
  const begin = useBegin();
  if (data === undefined || data.providers.length === 0) return null;
  return (
    <Stack gap="md">
      <Divider label={<Trans>or continue with</Trans>} />
      <Refusal error={begin.error} />
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
        {data.providers.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            leftSection={<ProviderMark provider={id} />}
            aria-label={t`Continue with ${name}`}
            loading={begin.leavingFor === id}
            disabled={begin.leavingFor !== undefined}
            onClick={() => begin.run(id, next)}
          >
            {name}
          </Button>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function useBegin() {
  const begin = api.useMutation("post", "/sign-in/{provider}", {
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const isLeaving = begin.isPending || begin.isSuccess;
  return {
    error: begin.error,
    leavingFor: isLeaving ? begin.variables?.params.path.provider : undefined,
    run: (provider: string, next: string) => begin.mutate({ params: { path: { provider } }, body: { next } }),
  };
}
