/** A chat's own fields in its details: who looks after it, how much it matters, how somebody is called and reached. */

import { Trans } from "@lingui/react/macro";
import { PanelSection } from "@/components/Panel";
import { WhoSees } from "@/components/WhoSees";
import { useAccounts } from "@/features/accounts/accounts";
import { valueIn } from "@/features/fields/cardFields";
import { ValueField } from "@/features/fields/ValueField";
import type { Chat } from "@/lib/api/types";
import { useCan } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { setWithUndo } from "../offerUndo";
import { cardColumns } from "./cardColumns";

export function CardSection({ chat }: { chat: Chat }) {
  const account = useAccounts().data?.accounts.find((each) => each.id === chat.account_id);
  const edits = useValueEdits();
  const mayEdit = useCan("values.edit");
  return (
    <PanelSection title={<Trans>Card</Trans>}>
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
    </PanelSection>
  );
}
