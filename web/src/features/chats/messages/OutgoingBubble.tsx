/** A text written here that is not confirmed: on its way, failed, or perhaps sent. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Clock } from "lucide-react";
import { lazy, Suspense, useEffect } from "react";
import { formatted } from "@/features/formatting/entities";
import { clockTime } from "../times";
import classes from "./Bubble.module.css";
import type { Outgoing } from "./log";

const unsent = () => import("./Unsent");
const Unsent = lazy(async () => ({ default: (await unsent()).Unsent }));
const OutgoingFiles = lazy(async () => ({ default: (await import("../media/OutgoingFiles")).OutgoingFiles }));

export function OutgoingBubble({ chatId, outgoing }: { chatId: string; outgoing: Outgoing }) {
  return (
    <article className={classes.line} data-direction="out" data-opens>
      <div className={classes.bubble} data-state={outgoing.state}>
        {outgoing.forwarded && (
          <div className={classes.forwarded}>
            <Trans>Forwarded</Trans>
          </div>
        )}
        <Suspense>
          {outgoing.files && <OutgoingFiles chatId={chatId} outgoing={outgoing} files={outgoing.files} />}
        </Suspense>
        {outgoing.text !== "" && (
          <div className={classes.text} dir="auto">
            {formatted(outgoing.text, outgoing.entities)}
          </div>
        )}
        {outgoing.state === "waiting" ? (
          <Waiting outgoing={outgoing} />
        ) : (
          <Suspense>
            <Unsent chatId={chatId} outgoing={outgoing} />
          </Suspense>
        )}
      </div>
    </article>
  );
}

function Waiting({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useLingui();
  // It may fail because the network goes, and then it is too late to fetch what says so.
  useEffect(() => void unsent(), []);
  return (
    <span className={classes.meta}>
      {outgoing.reason}
      <time>{clockTime(new Date(outgoing.createdAt).toISOString())}</time>
      <Clock size={14} role="img" aria-label={t`Sending`} className={classes.tick} />
    </span>
  );
}
