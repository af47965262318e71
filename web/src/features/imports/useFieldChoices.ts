/** What a column of a file can be, in words, group by group; and which of that takes new options. */

import { useLingui } from "@lingui/react/macro";
import { cardFieldName } from "@/features/fields/cardFieldNames";
import { cardFields } from "@/features/fields/cardFields";
import { hasOptions, useColumns } from "@/features/fields/columns";
import { useCan, useWorkspace } from "@/lib/session";

export function useFieldChoices() {
  const { t } = useLingui();
  const columns = useColumns(useWorkspace().id).data ?? [];
  const idle = columns.filter((each) => !each.conversion && !each.merge);
  const mayAddOptions = useCan("options.add");
  const groups = [
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
      items: idle.map((column) => ({ value: fieldOf(column), label: column.name })),
    },
  ];
  const takesOptions = (field: string | null) =>
    mayAddOptions && idle.some((column) => fieldOf(column) === field && hasOptions(column));
  return { groups, takesOptions };
}

function fieldOf({ id }: { id: string }): string {
  return `column:${id}`;
}
