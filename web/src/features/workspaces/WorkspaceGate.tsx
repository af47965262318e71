/** Lets a person into a workspace that is theirs and open; otherwise shows why not, and a way on. */

import { lazy, type ReactNode, Suspense, useState } from "react";

import type { Membership } from "@/lib/api/types";
import { useMe } from "@/lib/session";

const GoneScreen = lazy(() => import("./GoneScreen"));
const SecondFactorScreen = lazy(() => import("./SecondFactorScreen"));
const DeletingScreen = lazy(() => import("./deletion/DeletingScreen"));

interface Props {
  workspaceId: string;
  /** For an id that is no workspace of theirs; a foreign one looks the same. */
  notFound: ReactNode;
  children: (workspace: Membership) => ReactNode;
}

export function WorkspaceGate({ workspaceId, notFound, children }: Props) {
  const workspace = useMe().workspaces.find((each) => each.id === workspaceId);
  const [known, setKnown] = useState(workspace);
  const [isSettingUp, setSettingUp] = useState(false);
  if (workspace && workspace !== known) setKnown(workspace);
  if (workspace === undefined) {
    return known ? shown(<GoneScreen workspaceId={workspaceId} name={known.name} />) : notFound;
  }
  if (workspace.state === "deleting") return shown(<DeletingScreen workspace={workspace} />);
  if (workspace.state === "second-factor-required" || isSettingUp) {
    return shown(
      <SecondFactorScreen workspace={workspace} isSettingUp={isSettingUp} onSettingUp={setSettingUp} />,
    );
  }
  return children(workspace);
}

function shown(screen: ReactNode): ReactNode {
  return <Suspense>{screen}</Suspense>;
}
