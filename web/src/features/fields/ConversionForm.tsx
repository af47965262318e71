/** What it would do to give a column another type: how many values fit, which ones would be lost; then doing it. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Input, Loader, Stack, Table, Text } from "@mantine/core";
import type { Column, ConversionPreview } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useConvertColumn } from "./columns";
import { useConversionPreview } from "./counting";
import { useTypeNames } from "./typeNames";

interface ConversionFormProps {
  workspaceId: string;
  column: Column;
  to: Column["type"];
  /** Back to the column as it is. */
  onBack: () => void;
  onClose: () => void;
}

export function ConversionForm({ workspaceId, column, to, onBack, onClose }: ConversionFormProps) {
  const names = useTypeNames();
  const preview = useConversionPreview(workspaceId, column.id, to);
  const convert = useConvertColumn(workspaceId);
  const [name, type] = [column.name, names[to]];
  const fits = preview.data?.isWhole === true && preview.data.sum.misfits === 0;
  const error = convert.error ?? preview.error;
  const start = () => convert.mutate({ id: column.id, to, version: column.version }, { onSuccess: onClose });
  return (
    <Stack gap="md">
      <Text>
        <Trans>
          Make <strong>{name}</strong> a column of the type {type}?
        </Trans>
      </Text>
      <div role="status">
        {preview.data ? (
          <Found preview={preview.data.sum} />
        ) : (
          !error && <Loader size="sm" aria-label={column.name} />
        )}
        {preview.data?.isWhole === false && <Loader size="sm" mt="sm" />}
      </div>
      {fits && (
        <Text size="sm" c="dimmed">
          <Trans>
            It is done in the background within a few minutes. Until then the column’s values can’t be
            changed.
          </Trans>
        </Text>
      )}
      {error && <Input.Error role="alert">{problemText(error)}</Input.Error>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack} data-autofocus>
          <Trans>Keep the type</Trans>
        </Button>
        <Button disabled={!fits} loading={convert.isPending} onClick={start}>
          <Trans>Change type</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function Found({ preview: { fitting, misfits, first } }: { preview: ConversionPreview }) {
  const { t } = useLingui();
  if (misfits === 0)
    return (
      <Text size="sm">
        <Plural value={fitting} _0="No chat has a value in it." one="# value fits." other="# values fit." />
      </Text>
    );
  return (
    <Stack gap="sm">
      <Alert color="yellow" title={t`Not every value fits`}>
        <Plural value={misfits} one="# value would be lost." other="# values would be lost." />{" "}
        <Plural value={fitting} one="# value fits." other="# values fit." />{" "}
        <Trans>Change these first; the column stays as it is until then.</Trans>
      </Alert>
      <Table.ScrollContainer minWidth={280} maxHeight={260}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <Trans>Chat</Trans>
              </Table.Th>
              <Table.Th>
                <Trans>Value</Trans>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {first.map(({ chat_id, title, text }) => (
              <Table.Tr key={chat_id}>
                <Table.Td dir="auto">{title}</Table.Td>
                <Table.Td dir="auto">{text}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {misfits > first.length && (
        <Text size="sm" c="dimmed">
          <Trans>The first {first.length} are shown.</Trans>
        </Text>
      )}
    </Stack>
  );
}
