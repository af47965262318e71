/** What a column of a file can be, in words, group by group. */

import { useLingui } from "@lingui/react/macro";
import { cardFieldName } from "@/features/fields/cardFieldNames";
import { cardFields } from "@/features/fields/cardFields";
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
      items: cardFields.map((field) => ({ value: field, label: cardFieldName(field) })),
    },
    {
      group: t`Columns`,
      items: idle.map(({ id, name }) => ({ value: `column:${id}`, label: name })),
    },
  ];
}
