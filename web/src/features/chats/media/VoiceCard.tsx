/** A voice message: its length, and whether it is the one in the player. */

import { Trans } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { AudioLines, Play } from "lucide-react";
import { sizeText } from "@/lib/sizes";
import type { MessageMedia } from "@/live/types";
import classes from "./Card.module.css";
import { lengthText } from "./mediaText";
import { useStage } from "./Stage";
import type { MediaAddress } from "./useOpened";

export function VoiceCard({ address, media }: { address: MediaAddress; media: MessageMedia }) {
  const { play, playedId } = useStage();
  const isPlayed = playedId === address.messageId;
  const Icon = isPlayed ? AudioLines : Play;
  return (
    <UnstyledButton className={classes.card} aria-pressed={isPlayed} onClick={() => play(address.messageId)}>
      <span className={classes.icon}>
        <Icon size={18} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          <Trans>Voice message</Trans>
        </span>
        <span className={`${classes.note} tabular`}>
          {media.duration_s === null ? sizeText(media.size ?? 0) : lengthText(media.duration_s)}
        </span>
      </span>
    </UnstyledButton>
  );
}
