/** The options of a column: their order, names and colours, how many chats hold them, and a field to add one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text, TextInput } from "@mantine/core";
import { Plus } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { reordered } from "@/components/sorting/order";
import { SortableList } from "@/components/sorting/SortableList";
import type { Column } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { type OptionDraft, useAddOption, useChangeOptions } from "../columns";
import { useColumnUsage } from "../counting";
import { nextHue } from "../nextHue";
import { OptionRow } from "./OptionRow";

interface OptionListProps {
  column: Column;
  mayChange: boolean;
  /** What stands where there is no option yet. */
  empty: ReactNode;
}

export function OptionList({ column, mayChange, empty }: OptionListProps) {
  const workspaceId = useWorkspace().id;
  const usage = useColumnUsage(workspaceId, column.id);
  const change = useChangeOptions(workspaceId);
  const put = (options: OptionDraft[]) =>
    change.mutate({ id: column.id, options }, { onError: (error) => notifyProblem(problemText(error)) });
  return (
    <>
      {column.options.length === 0 ? (
        empty
      ) : (
        <SortableList
          label={column.name}
          rows={column.options}
          isFixed={!mayChange}
          onMove={(id, after) => put(reordered(column.options, id, after))}
        >
          {(option) => (
            <OptionRow
              option={option}
              column={column}
              count={usage.data && (usage.data.sum.options[option.id] ?? 0)}
              isCounting={!usage.data?.isWhole && !usage.error}
              mayChange={mayChange}
              onChange={put}
            />
          )}
        </SortableList>
      )}
      {usage.error && (
        <Text size="sm" c="dimmed">
          {problemText(usage.error)}
        </Text>
      )}
      {mayChange && <NewOption column={column} />}
    </>
  );
}

function NewOption({ column }: { column: Column }) {
  const { t } = useLingui();
  const add = useAddOption(useWorkspace().id);
  const [name, setName] = useState("");
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    const option = { id: column.id, name: name.trim(), hue: nextHue(column.options) };
    add.mutate(option, { onSuccess: () => setName("") });
  };
  return (
    <form onSubmit={onSubmit}>
      <Group gap="xs" mt="md" align="flex-start">
        <TextInput
          flex={1}
          aria-label={t`New option`}
          placeholder={t`New option`}
          maxLength={100}
          value={name}
          error={add.error && problemText(add.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" leftSection={<Plus size={16} />} loading={add.isPending}>
          <Trans>Add option</Trans>
        </Button>
      </Group>
    </form>
  );
}
