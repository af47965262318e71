/** What is attached to a message, or to the messages of an album: pictures in a grid, voice to play, files to open. */

import { lazy, Suspense } from "react";
import type { MessageMedia as Media, Message } from "@/live/types";
import classes from "./MessageMedia.module.css";
import { isSeen } from "./mediaText";
import { useStage } from "./Stage";
import { Tile } from "./Tile";

const FileCard = lazy(async () => ({ default: (await import("./FileCard")).FileCard }));
const VoiceCard = lazy(async () => ({ default: (await import("./VoiceCard")).VoiceCard }));

interface MessageMediaProps {
  chatId: string;
  /** One message, or all of an album, in their order. */
  parts: readonly Message[];
}

export function MessageMedia({ chatId, parts }: MessageMediaProps) {
  const { show } = useStage();
  const attached = parts.flatMap((message) => (message.media ? [{ message, media: message.media }] : []));
  const isGrid = attached.length > 1 && attached.every(({ media }) => isSeen(media));
  return (
    <div className={isGrid ? classes.grid : classes.list} data-count={Math.min(attached.length, 4)}>
      {attached.map(({ message, media }) => (
        <Part
          key={message.id}
          chatId={chatId}
          message={message}
          media={media}
          isInGrid={isGrid}
          onShow={show}
        />
      ))}
    </div>
  );
}

interface PartProps {
  chatId: string;
  message: Message;
  media: Media;
  isInGrid: boolean;
  onShow: (messageId: number) => void;
}

function Part({ chatId, message, media, isInGrid, onShow }: PartProps) {
  const address = { chatId, messageId: message.id };
  if (isSeen(media))
    return <Tile address={address} media={media} isInGrid={isInGrid} onShow={() => onShow(message.id)} />;
  const Card = media.kind === "voice" ? VoiceCard : FileCard;
  return (
    <Suspense fallback={<div className={classes.place} />}>
      <Card address={address} media={media} />
    </Suspense>
  );
}
