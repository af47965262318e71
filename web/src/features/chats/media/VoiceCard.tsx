/** A voice message: its length, and once it is wanted, a player in its place. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Loader, UnstyledButton } from "@mantine/core";
import { Play } from "lucide-react";
import { useState } from "react";
import { problemText } from "@/lib/problemText";
import type { MessageMedia } from "@/live/types";
import classes from "./Card.module.css";
import own from "./MessageMedia.module.css";
import { lengthText, sizeText } from "./mediaText";
import { type MediaAddress, useOpened } from "./useOpened";
import { usePlayback } from "./usePlayback";

export function VoiceCard({ address, media }: { address: MediaAddress; media: MessageMedia }) {
  const { t } = useLingui();
  const [isWanted, setWanted] = useState(false);
  const opened = useOpened(address, isWanted);
  const { url, error, isFetching, retry } = opened;
  const playback = usePlayback(opened);
  if (url && isWanted && playback.isUnplayable) {
    return (
      <p className={classes.note} role="alert">
        <Trans>This browser can't play it. Listen to it in Telegram.</Trans>
      </p>
    );
  }
  if (url && isWanted) {
    return (
      <audio
        className={own.audio}
        src={url}
        controls
        autoPlay
        aria-label={t`Voice message`}
        {...playback.handlers}
      />
    );
  }
  const length = media.duration_s === null ? "" : lengthText(media.duration_s);
  const note = error ? problemText(error) : length || sizeText(media.size ?? 0);
  return (
    <UnstyledButton
      className={classes.card}
      onClick={() => (isWanted ? void retry() : setWanted(true))}
      disabled={isFetching}
    >
      <span className={classes.icon}>
        {isFetching ? <Loader size={18} /> : <Play size={18} aria-hidden />}
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          <Trans>Voice message</Trans>
        </span>
        <span className={`${classes.note} tabular`} role={error ? "alert" : undefined}>
          {note}
        </span>
      </span>
    </UnstyledButton>
  );
}
