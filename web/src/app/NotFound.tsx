/** Nothing is at an address. Loaded when somebody comes to one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Compass } from "lucide-react";

import { LinkButton } from "@/components/LinkButton";
import { EmptyState } from "@/components/StateBlock";
import { usePageTitle } from "@/lib/pageTitle";

import classes from "./EdgeScreens.module.css";

/** Inside a workspace's frame, which has its own `main`. */
export function NotFoundBlock() {
  const { t } = useLingui();
  usePageTitle(t`Page not found`);
  return (
    <div className={classes.page}>
      <EmptyState
        icon={Compass}
        title={<Trans>There is nothing at this address</Trans>}
        action={
          <LinkButton to="/">
            <Trans>Go to the start</Trans>
          </LinkButton>
        }
      >
        <Trans>The link may be old, or the page belongs to a workspace you are not in.</Trans>
      </EmptyState>
    </div>
  );
}

export function NotFoundScreen() {
  return (
    <main id="main">
      <NotFoundBlock />
    </main>
  );
}
