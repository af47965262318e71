/** Narrows the list to one account. Its menu is loaded with its first use. */

import { useLingui } from "@lingui/react/macro";
import { ListFilter } from "lucide-react";

import { menuOnDemand } from "@/components/MenuOnDemand";
import { accountTitle, useAccounts } from "@/features/accounts/accounts";

import { AccountDot } from "../ChatFace";
import classes from "./ListFilters.module.css";

const PickAccount = menuOnDemand(() => import("./PickAccountMenu"));

export function AccountMenu({ accountId }: { accountId: string | undefined }) {
  const { t } = useLingui();
  const own = useAccounts().data?.accounts.filter((each) => each.mine) ?? [];
  const picked = own.find((each) => each.id === accountId);
  if (own.length < 2) return null;
  return (
    <PickAccount
      className={classes.account ?? ""}
      aria-label={picked ? t`Account: ${accountTitle(picked)}` : t`All accounts`}
    >
      {picked ? <AccountDot accountId={picked.id} /> : <ListFilter size={16} aria-hidden />}
    </PickAccount>
  );
}
