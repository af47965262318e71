/** One photo, video or sticker in the viewer: fetched, shown as its type wants it, or the reason why not. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader } from "@mantine/core";
import { Download } from "lucide-react";
import { type PointerEvent, useState } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { problemText } from "@/lib/problemText";
import type { Message, MessageMedia } from "@/live/types";
import { looksOf } from "./looksOf";
import { useOpened } from "./useOpened";
import { usePlayback } from "./usePlayback";
import classes from "./Viewer.module.css";

interface ShownProps {
  chatId: string;
  message: Message;
  media: MessageMedia;
  zoom: number;
}

export function Shown({ chatId, message, media, zoom }: ShownProps) {
  const { t } = useLingui();
  const opened = useOpened({ chatId, messageId: message.id }, true);
  const { url, error, part } = opened;
  const playback = usePlayback(opened);
  const [isBroken, setBroken] = useState(false);
  const looks = looksOf(media);
  const isUnshowable = looks === null || isBroken || playback.isUnplayable;
  return (
    <div className={classes.stage} onPointerMove={zoom > 1 ? drag : undefined}>
      {url && !isUnshowable && looks === "video" && (
        <video
          className={classes.shown}
          src={url}
          controls
          autoPlay
          loop={media.kind === "sticker"}
          aria-label={media.name ?? t`Video`}
          {...playback.handlers}
        />
      )}
      {url && !isUnshowable && looks === "picture" && (
        <Picture url={url} zoom={zoom} words={message.text} onBroken={() => setBroken(true)} />
      )}
      {(!url || isUnshowable) && media.thumb && <img className={classes.waiting} src={media.thumb} alt="" />}
      {!url && !error && (
        <div className={classes.progress}>
          {part > 0 ? <ProgressBar part={part} label={t`Fetching the file`} /> : <Loader />}
        </div>
      )}
      {(error || (url && isUnshowable)) && (
        <p className={classes.progress} role="alert">
          {error ? problemText(error) : <Trans>This browser can't show it. Download it to look at it.</Trans>}
        </p>
      )}
      {message.text !== "" && (
        <p className={classes.caption} dir="auto">
          {message.text}
        </p>
      )}
      {url && <DownloadLink url={url} name={media.name} />}
    </div>
  );
}

interface PictureProps {
  url: string;
  zoom: number;
  words: string;
  onBroken: () => void;
}

/** Zoomed in it takes real space, so that every part of it can be scrolled to. */
function Picture({ url, zoom, words, onBroken }: PictureProps) {
  const { t } = useLingui();
  const [fitWidth, setFitWidth] = useState(0);
  return (
    <img
      className={classes.shown}
      data-zoomed={zoom > 1}
      src={url}
      style={zoom > 1 ? { width: fitWidth * zoom } : undefined}
      alt={words || t`Photo`}
      draggable={false}
      onLoad={({ currentTarget }) => setFitWidth(currentTarget.clientWidth)}
      onError={onBroken}
    />
  );
}

/** Moves what is larger than the stage with the pressed pointer. */
function drag({
  buttons,
  movementX,
  movementY,
  currentTarget,
  pointerType,
}: PointerEvent<HTMLElement>): void {
  if (buttons === 1 && pointerType === "mouse") currentTarget.scrollBy(-movementX, -movementY);
}

function DownloadLink({ url, name }: { url: string; name: string | null }) {
  const { t } = useLingui();
  return (
    <ActionIcon
      component="a"
      className={classes.download}
      size={44}
      radius="xl"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      download={name ?? true}
      aria-label={t`Download`}
    >
      <Download size={18} />
    </ActionIcon>
  );
}
