/** Every keyboard shortcut of the screen behind it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Kbd, Stack, Title } from "@mantine/core";

import { Dialog } from "@/components/Dialog";
import { type ShortcutGroup, useShortcutGroups } from "@/lib/hotkeys";
import { keyNames } from "@/lib/keyNames";

import classes from "./ShortcutsSheet.module.css";

export default function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const groups = bySection(useShortcutGroups().filter(({ shortcuts }) => shortcuts.length > 0));
  return (
    <Dialog opened onClose={onClose} title={<Trans>Keyboard shortcuts</Trans>} size={560}>
      <Stack gap="lg">
        {groups.map((group) => (
          <Group key={group.section.id} group={group} />
        ))}
      </Stack>
    </Dialog>
  );
}

/** Several parts of a page may have keys of one section. */
function bySection(groups: readonly ShortcutGroup[]): ShortcutGroup[] {
  return [...Map.groupBy(groups, ({ section }) => section.id).values()].flatMap(([first, ...others]) =>
    first ? { ...first, shortcuts: [first, ...others].flatMap(({ shortcuts }) => shortcuts) } : [],
  );
}

function Group({ group }: { group: ShortcutGroup }) {
  const { i18n } = useLingui();
  return (
    <section>
      <Title order={3} mb="xs">
        {i18n._(group.section)}
      </Title>
      <dl className={classes.list}>
        {group.shortcuts.map(({ keys, label }) => (
          <div key={keys} className={classes.row}>
            <dt>{i18n._(label)}</dt>
            <dd className={classes.keys}>
              {keyNames(keys).map((key) => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
