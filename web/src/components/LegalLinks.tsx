/** The foot of every public page: what anybody may read before they have an account, and whom to write to. */

import { Trans, useLingui } from "@lingui/react/macro";

import classes from "./LegalLinks.module.css";
import { TextLink } from "./TextLink";

export function LegalLinks() {
  const { t } = useLingui();
  return (
    <nav aria-label={t`Legal`} className={classes.links}>
      <TextLink to="/legal/$name" params={{ name: "terms" }} c="dimmed">
        <Trans>Terms</Trans>
      </TextLink>
      <TextLink to="/legal/$name" params={{ name: "privacy" }} c="dimmed">
        <Trans>Privacy</Trans>
      </TextLink>
      <TextLink to="/contact" c="dimmed">
        <Trans>Contact</Trans>
      </TextLink>
    </nav>
  );
}
