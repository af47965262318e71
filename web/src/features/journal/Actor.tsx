/** Who did it. */

import { Trans } from "@lingui/react/macro";
import { Badge } from "@mantine/core";

import { Brand } from "@/components/Brand";
import { Initials } from "@/components/Initials";
import type { ActivityEntry } from "@/lib/api/types";

import classes from "./Actor.module.css";

export function Actor({ actor }: { actor: ActivityEntry["actor"] }) {
  return (
    <span className={classes.actor}>
      {actor.kind === "system" ? <Brand size={20} /> : <Initials name={actor.name} size={20} />}
      <span className={classes.name}>{actor.name || <Trans>Somebody who was erased</Trans>}</span>
      <ActorKind kind={actor.kind} />
    </span>
  );
}

/** People need no word for what they are. */
function ActorKind({ kind }: { kind: string }) {
  const words: Record<string, React.ReactNode> = {
    api_key: <Trans>API key</Trans>,
    mcp_client: <Trans>MCP client</Trans>,
    automation: <Trans>Automation</Trans>,
    staff: <Trans>Staff</Trans>,
  };
  if (words[kind] === undefined) return null;
  return (
    <Badge variant="light" color="gray" size="sm">
      {words[kind]}
    </Badge>
  );
}
