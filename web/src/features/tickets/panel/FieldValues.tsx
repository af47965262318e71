/** What a ticket has in the workspace's own fields. */

import { Trans, useLingui } from "@lingui/react/macro";
import { PanelSection } from "@/components/Panel";
import type { ReadableColumn } from "@/features/fields/columns";
import { ValueField } from "@/features/fields/ValueField";
import type { CellValue } from "@/features/fields/values";
import type { Ticket } from "@/lib/api/types";
import { useTicketFields } from "../fields";
import { useFieldOption } from "./useFieldOption";

interface FieldValuesProps {
  values: Ticket["values"];
  isReadOnly: boolean;
  /** It is not made yet: no file can hang at it. */
  isDraft?: boolean;
  onChange: (field: ReadableColumn, value: CellValue) => void;
}

/** Nothing, where the workspace has no fields. */
export function FieldValues({ values, isReadOnly, isDraft = false, onChange }: FieldValuesProps) {
  const { t } = useLingui();
  const fields = useTicketFields().filter(({ type }) => !isDraft || type !== "files");
  const createOption = useFieldOption();
  if (fields.length === 0) return null;
  return (
    <PanelSection title={<Trans>Fields</Trans>} label={t`Fields`} isDense>
      {fields.map((field) => (
        <ValueField
          key={field.id}
          column={field}
          value={(values[field.id] ?? null) as CellValue}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange(field, value)}
          onCreateOption={(name) => createOption(field, name)}
        />
      ))}
    </PanelSection>
  );
}
