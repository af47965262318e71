/** From a record to everything that was ever changed of it; each entry there leads back to its record. */

import { Trans } from "@lingui/react/macro";
import { History } from "lucide-react";
import { useWorkspace } from "@/lib/session";
import classes from "./HistoryLink.module.css";
import { TextLink } from "./TextLink";

export function HistoryLink({ objectId }: { objectId: string }) {
  const ws = useWorkspace().id;
  return (
    <TextLink
      to="/w/$ws/activity"
      params={{ ws }}
      search={{ object: objectId }}
      className={classes.link ?? ""}
    >
      <History size={14} aria-hidden />
      <Trans>History of changes</Trans>
    </TextLink>
  );
}
