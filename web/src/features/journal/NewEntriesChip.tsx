/** New entries that wait until whoever is reading wants them. */

import { Plural } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { ArrowUp } from "lucide-react";

import classes from "./NewEntriesChip.module.css";

export function NewEntriesChip({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <div className={classes.place} role="status">
      {count > 0 && (
        <Button
          size="compact-md"
          radius="xl"
          leftSection={<ArrowUp size={14} aria-hidden />}
          onClick={onShow}
        >
          <Plural value={count} one="# new entry" other="# new entries" />
        </Button>
      )}
    </div>
  );
}
