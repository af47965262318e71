/** Redeem what a provider sent back, and go on: in, to the second factor, or to what an unknown login needs. */

import { useLingui } from "@lingui/react/macro";

import { PublicPage } from "@/components/PublicPage";
import { LoadingRows } from "@/components/StateBlock";
import { useEnter } from "@/features/identity/useEnter";
import { api } from "@/lib/api/client";
import { providerTitle } from "@/lib/providers";

import { BeginAgain } from "./BeginAgain";
import { PendingLogin } from "./PendingLogin";
import { useOnce } from "./useOnce";

interface Props {
  provider: string;
  code: string;
  state: string;
}

export function FinishSignIn({ provider, code, state }: Props) {
  const { t } = useLingui();
  const finish = useFinish(provider, code, state);
  const name = providerTitle(provider);
  if (finish.isError) return <BeginAgain error={finish.error} />;
  const answer = finish.data;
  const isPending = answer !== undefined && !["done", "second-factor"].includes(answer.next);
  if (isPending) return <PendingLogin provider={provider} answer={answer} />;
  return (
    <PublicPage title={t`Signing in with ${name}`}>
      <LoadingRows rows={1} height={36} />
    </PublicPage>
  );
}

function useFinish(provider: string, code: string, state: string) {
  const enter = useEnter();
  const finish = api.useMutation("post", "/sign-in/{provider}/finish", {
    onSuccess: ({ next, me = null, return_to }) => {
      if (next === "done" || next === "second-factor") enter({ me }, return_to);
    },
  });
  useOnce(() => finish.mutate({ params: { path: { provider } }, body: { code, state } }));
  return finish;
}
