/** What a column of a file can be, in words, group by group. */

import { useLingui } from "@lingui/react/macro";
import { cardColumnNames } from "@/features/chats/details/cardColumns";
import { useColumns } from "@/features/fields/columns";
import { useWorkspace } from "@/lib/session";

export function useFieldChoices() {
  const { t } = useLingui();
  const columns = useColumns(useWorkspace().id).data ?? [];
  const idle = columns.filter((each) => !each.conversion && !each.merge);
  return [
    {
      group: t`Tells the chat`,
      items: [
        { value: "match:username", label: t`Telegram username` },
        { value: "match:chat_id", label: t`Chat ID` },
      ],
    },
    {
      group: t`Fields of every chat`,
      items: cardColumnNames().map(([value, label]) => ({ value, label })),
    },
    {
      group: t`Columns`,
      items: idle.map(({ id, name }) => ({ value: `column:${id}`, label: name })),
    },
  ];
}
