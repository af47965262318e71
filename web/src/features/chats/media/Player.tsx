/** A voice message that plays, above the messages. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Loader } from "@mantine/core";
import { X } from "lucide-react";
import { problemText } from "@/lib/problemText";
import classes from "./Player.module.css";
import { type MediaAddress, useOpened } from "./useOpened";
import { usePlayback } from "./usePlayback";

interface PlayerProps extends MediaAddress {
  onClose: () => void;
}

export function Player({ chatId, messageId, onClose }: PlayerProps) {
  const { t } = useLingui();
  const opened = useOpened({ chatId, messageId }, true);
  const { url, error, retry } = opened;
  const { isUnplayable, handlers } = usePlayback(opened);
  return (
    <section className={classes.bar} aria-label={t`Player`}>
      {url && !isUnplayable && (
        <audio
          className={classes.audio}
          src={url}
          controls
          autoPlay
          aria-label={t`Voice message`}
          {...handlers}
        />
      )}
      {url && isUnplayable && (
        <p className={classes.words} role="alert">
          <Trans>This browser can't play it. Listen to it in Telegram.</Trans>
        </p>
      )}
      {!url && error && (
        <>
          <p className={classes.words} role="alert">
            {problemText(error)}
          </p>
          <Button size="compact-sm" variant="default" onClick={() => void retry()}>
            <Trans>Try again</Trans>
          </Button>
        </>
      )}
      {!url && !error && (
        <div className={classes.words} role="status" aria-label={t`Fetching the file`}>
          <Loader size={18} />
        </div>
      )}
      <ActionIcon size={36} aria-label={t`Close the player`} title={t`Close the player`} onClick={onClose}>
        <X size={18} />
      </ActionIcon>
    </section>
  );
}
