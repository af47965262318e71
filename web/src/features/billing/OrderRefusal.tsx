/** Why an order was refused; of one that leaves somebody without a seat, what to free, and the way there. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";

import { FormProblem } from "@/components/FormProblem";
import { Refusal } from "@/components/Refusal";
import { ApiError } from "@/lib/api/errors";

import { toFree } from "./order";
import { showSeats } from "./showSeats";
import { usePortal } from "./usePortal";

interface Props {
  error: unknown;
  /** Before the way out of a dialog is taken. */
  onLeave?: () => void;
}

export function OrderRefusal({ error, onLeave }: Props) {
  if (!(error instanceof ApiError)) return <Refusal error={error} />;
  const count = toFree(error.standing);
  switch (error.code) {
    case "seats-in-use":
      return (
        <Way onLeave={onLeave}>
          <Plural
            value={count}
            one="More people sit on seats than would be left. Free # seat first."
            other="More people sit on seats than would be left. Free # seats first."
          />
        </Way>
      );
    case "extras-in-use":
      return (
        <Way onLeave={onLeave}>
          <Plural
            value={count}
            one="More extra accounts are in use than would be left. Take # off its seat first."
            other="More extra accounts are in use than would be left. Take # off their seats first."
          />
        </Way>
      );
    case "payment-refused":
      return <CardRefused />;
    default:
      return <Refusal error={error} />;
  }
}

function Way({ children, onLeave }: { children: ReactNode; onLeave: Props["onLeave"] }) {
  const go = () => {
    onLeave?.();
    showSeats();
  };
  return (
    <FormProblem>
      <Stack gap="sm" align="flex-start">
        <span>{children}</span>
        <Button size="compact-sm" variant="default" onClick={go}>
          <Trans>Show the seats</Trans>
        </Button>
      </Stack>
    </FormProblem>
  );
}

function CardRefused() {
  const portal = usePortal();
  return (
    <FormProblem>
      <Stack gap="sm" align="flex-start">
        <span>
          <Trans>The card was refused. Nothing was changed and nothing was taken.</Trans>
        </span>
        <Button size="compact-sm" variant="default" loading={portal.isPending} onClick={portal.open}>
          <Trans>Give another card</Trans>
        </Button>
      </Stack>
    </FormProblem>
  );
}
