/** The changed documents to read, and one button that accepts them in the versions shown. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { ErrorState, LoadingRows } from "@/components/StateBlock";

import classes from "./AcceptDialog.module.css";
import { documentQuery, versionDay } from "./documents";
import { Markdown } from "./Markdown";
import { useAccept } from "./useAccept";

interface Props {
  names: readonly string[];
  opened: boolean;
  onClose: () => void;
}

export function AcceptDialog({ names, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} size={720} title={<Trans>What changed in our documents</Trans>}>
      <Pending names={names} onLater={onClose} />
    </Dialog>
  );
}

function Pending({ names, onLater }: { names: readonly string[]; onLater: () => void }) {
  const documents = useQueries({ queries: names.map(documentQuery) });
  const failed = documents.find((each) => each.isError);
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  const loaded = documents.flatMap(({ data }) => data ?? []);
  if (loaded.length < names.length) return <LoadingRows rows={3} height={96} />;
  return <Read documents={loaded} onLater={onLater} />;
}

interface Shown {
  name: string;
  title: string;
  version: string;
  text: string;
}

function ShownText({ document: { title, version, text } }: { document: Shown }) {
  const { t } = useLingui();
  const day = versionDay(version);
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        <Trans>In force since {day}</Trans>
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard can't scroll the text (WCAG 2.1.1). */}
      <section className={classes.text} aria-label={t`Text of ${title}`} tabIndex={0}>
        <Markdown text={text} title={title} />
      </section>
    </Stack>
  );
}

function Read({ documents, onLater }: { documents: readonly Shown[]; onLater: () => void }) {
  const accept = useAccept();
  const shown = Object.fromEntries(documents.map(({ name, version }) => [name, version]));
  return (
    <Stack gap="lg">
      <Refusal error={accept.error} />
      <Tabs defaultValue={documents[0]?.name ?? null} keepMounted={false}>
        <Tabs.List>
          {documents.map(({ name, title }) => (
            <Tabs.Tab key={name} value={name}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {documents.map((document) => (
          <Tabs.Panel key={document.name} value={document.name} pt="md">
            <ShownText document={document} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Group justify="flex-end">
        <Button variant="default" onClick={onLater}>
          <Trans>Later</Trans>
        </Button>
        <Button
          loading={accept.isPending}
          onClick={() => accept.mutate({ body: { documents: shown } })}
          data-autofocus
        >
          <Trans>Accept</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
