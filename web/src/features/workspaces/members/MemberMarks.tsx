/** What stands out about a member: a wish to leave, permissions of their own. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge } from "@mantine/core";
import { DoorOpen } from "lucide-react";

import type { Member } from "@/lib/api/types";

import { flagWords } from "../permissionWords";
import classes from "./MembersSettings.module.css";

export function MemberMarks({ member }: { member: Member }) {
  const { i18n } = useLingui();
  // Flags add something to Members only: the roles above have it all.
  const flags = member.role === "member" ? member.flags : [];
  return (
    <div className={classes.marks}>
      {member.state === "leaving" && (
        <Badge variant="light" color="yellow" leftSection={<DoorOpen size={12} aria-hidden />}>
          <Trans>Asks to leave</Trans>
        </Badge>
      )}
      {flags.map((flag) => (
        <Badge key={flag} variant="light" color="brand">
          {i18n._(flagWords[flag].title)}
        </Badge>
      ))}
    </div>
  );
}
