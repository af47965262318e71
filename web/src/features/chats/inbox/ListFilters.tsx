/** What narrows the list: a search, all or unread or unanswered, one account. All but the words stands in the address. */

import { useLingui } from "@lingui/react/macro";
import { RadioBar } from "@/components/RadioBar";
import { SearchField } from "@/components/SearchField";
import { AccountMenu } from "./AccountMenu";
import type { InboxWish } from "./filter";
import { useInboxWish } from "./inboxWish";
import classes from "./ListFilters.module.css";

export function ListFilters({ wish, onSearch }: { wish: InboxWish; onSearch: (words: string) => void }) {
  const { t } = useLingui();
  const change = useInboxWish();
  return (
    <div className={classes.filters}>
      <div className={classes.row}>
        <SearchField
          id="chat-search"
          className={classes.search}
          label={t`Search chats`}
          placeholder={t`Search chats and messages`}
          value={wish.search}
          onChange={onSearch}
        />
        <AccountMenu accountId={wish.accountId} />
      </div>
      <RadioBar
        label={t`Show`}
        value={wish.filter ?? "all"}
        options={[
          { value: "all", label: t`All` },
          { value: "unread", label: t`Unread` },
          { value: "unanswered", label: t`Unanswered` },
        ]}
        onChange={(value) => change({ filter: value === "all" ? undefined : value })}
      />
    </div>
  );
}
