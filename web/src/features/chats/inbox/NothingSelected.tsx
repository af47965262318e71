/** What stands in the place of a conversation until one is opened. */

import { Trans } from "@lingui/react/macro";
import { Kbd } from "@mantine/core";
import { MessagesSquare } from "lucide-react";
import { EmptyState } from "@/components/StateBlock";
import classes from "./InboxStates.module.css";

export function NothingSelected() {
  return (
    <div className={classes.middle}>
      <EmptyState icon={MessagesSquare} title={<Trans>Select a chat</Trans>}>
        <Trans>
          <Kbd>J</Kbd> and <Kbd>K</Kbd> walk through the list, <Kbd>/</Kbd> searches it, <Kbd>?</Kbd> shows
          every shortcut.
        </Trans>
      </EmptyState>
    </div>
  );
}
