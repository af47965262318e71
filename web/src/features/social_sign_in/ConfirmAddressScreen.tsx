/** The link of the mail that shows an address to be somebody's who signs up with a provider. */

import { useLingui } from "@lingui/react/macro";

import { PublicPage } from "@/components/PublicPage";
import { LoadingRows } from "@/components/StateBlock";
import { api } from "@/lib/api/client";
import { useFragmentToken } from "@/lib/fragment";

import { BeginAgain } from "./BeginAgain";
import { PendingLogin } from "./PendingLogin";
import { useOnce } from "./useOnce";

export function ConfirmAddressScreen() {
  const { t } = useLingui();
  const token = useFragmentToken() ?? "-";
  const confirm = api.useMutation("post", "/sign-up/social/email/confirm");
  useOnce(() => confirm.mutate({ body: { token } }));
  if (confirm.isError) return <BeginAgain error={confirm.error} />;
  if (confirm.data) return <PendingLogin answer={confirm.data} />;
  return (
    <PublicPage title={t`Confirming your e-mail`}>
      <LoadingRows rows={1} height={36} />
    </PublicPage>
  );
}
