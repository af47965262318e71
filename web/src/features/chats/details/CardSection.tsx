/** A chat's own fields in its details: who looks after it, how much it matters, how somebody is called and reached. */

import { Trans } from "@lingui/react/macro";
import { WhoSees } from "@/components/WhoSees";
import { useAccounts } from "@/features/accounts/accounts";
import { valueIn } from "@/features/fields/cardFields";
import { ValueField } from "@/features/fields/ValueField";
import type { Chat } from "@/lib/api/types";
import { useCan } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { setWithUndo } from "../offerUndo";
import { cardColumns } from "./cardColumns";
import classes from "./DetailsPanel.module.css";

export function CardSection({ chat }: { chat: Chat }) {
  const account = useAccounts().data?.accounts.find((each) => each.id === chat.account_id);
  const edits = useValueEdits();
  const mayEdit = useCan("values.edit");
  return (
    <section className={classes.section}>
      <h3>
        <Trans>Card</Trans>
      </h3>
      <WhoSees who="workspace" />
      {cardColumns(chat, account).map((column) => (
        <ValueField
          key={`${chat.id}-${column.id}`}
          column={column}
          value={valueIn(chat, column.id)}
          isReadOnly={!mayEdit}
          onChange={(next) => setWithUndo(edits, chat, column, next)}
        />
      ))}
    </section>
  );
}
