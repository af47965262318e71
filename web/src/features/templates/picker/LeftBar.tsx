/** Says what a template left open, leads there, and sends it as it is to whoever insists. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { RefObject } from "react";
import type { Left } from "../gaps";
import { variablesIn } from "../variables";
import { useVariableWords } from "../words";
import classes from "./LeftBar.module.css";

interface LeftBarProps {
  left: readonly Left[];
  field: RefObject<HTMLTextAreaElement | null>;
  onSendAnyway: () => void;
}

export function LeftBar({ left, field, onSendAnyway }: LeftBarProps) {
  const { t } = useLingui();
  const { label } = useVariableWords();
  const show = ({ from, to }: Left) => {
    field.current?.focus();
    field.current?.setSelectionRange(from, to);
  };
  return (
    <section className={classes.bar} aria-label={t`To fill in`}>
      <span role="status">
        <Trans>Fill in before you send:</Trans>
      </span>
      {left.map((each) => (
        <Button key={each.from} size="compact-sm" variant="default" onClick={() => show(each)}>
          {variablesIn(each.source).map(label).join() || each.source}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={onSendAnyway}>
        <Trans>Send as it is</Trans>
      </Button>
    </section>
  );
}
