/** Photos and videos of a chat, one at a time: ← and → move, + and - zoom, Esc closes. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { ChevronLeft, ChevronRight, X, ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { useChatLog } from "../ChatsProvider";
import { exactTime } from "../times";
import { isSeen } from "./mediaText";
import { Shown } from "./Shown";
import classes from "./Viewer.module.css";

const STEP = 1.5;
const LARGEST = 6;

interface ViewerProps {
  chatId: string;
  messageId: number;
  onMove: (messageId: number) => void;
  onClose: () => void;
}

export function Viewer({ chatId, messageId, onMove, onClose }: ViewerProps) {
  const { t } = useLingui();
  const seen = useChatLog(chatId).messages.filter((each) => each.media && isSeen(each.media));
  const place = seen.findIndex((each) => each.id === messageId);
  const message = seen[place];
  const [zoom, setZoom] = useState(1);
  const move = (by: -1 | 1) => {
    const next = seen[place + by];
    setZoom(1);
    if (next) onMove(next.id);
  };
  const zoomBy = (by: number) => setZoom((now) => Math.min(Math.max(now * by, 1), LARGEST));
  const onKeyDown = (event: KeyboardEvent) => {
    const isVideo = event.target instanceof HTMLVideoElement;
    if (event.key === "ArrowLeft" && !isVideo) move(-1);
    else if (event.key === "ArrowRight" && !isVideo) move(1);
    else if (event.key === "+" || event.key === "=") zoomBy(STEP);
    else if (event.key === "-") zoomBy(1 / STEP);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      fullScreen
      withCloseButton={false}
      padding={0}
      classNames={{ content: classes.content ?? "", body: classes.body ?? "" }}
      aria-label={t`Photos and videos`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.bar}>
        <span className={classes.about}>
          {message && (
            <>
              <strong dir="auto">{message.sender?.name}</strong> {exactTime(message.date)}
            </>
          )}
        </span>
        <ActionIcon aria-label={t`Zoom out`} disabled={zoom <= 1} onClick={() => zoomBy(1 / STEP)}>
          <ZoomOut size={18} />
        </ActionIcon>
        <ActionIcon aria-label={t`Zoom in`} disabled={zoom >= LARGEST} onClick={() => zoomBy(STEP)}>
          <ZoomIn size={18} />
        </ActionIcon>
        <ActionIcon aria-label={t`Close`} onClick={onClose} data-autofocus>
          <X size={18} />
        </ActionIcon>
      </div>
      {message?.media ? (
        <Shown key={message.id} chatId={chatId} message={message} media={message.media} zoom={zoom} />
      ) : (
        <p className={classes.stage}>
          <Trans>This message is gone.</Trans>
        </p>
      )}
      <ActionIcon
        className={classes.before}
        size={44}
        radius="xl"
        aria-label={t`Previous`}
        disabled={place <= 0}
        onClick={() => move(-1)}
      >
        <ChevronLeft />
      </ActionIcon>
      <ActionIcon
        className={classes.after}
        size={44}
        radius="xl"
        aria-label={t`Next`}
        disabled={place < 0 || place >= seen.length - 1}
        onClick={() => move(1)}
      >
        <ChevronRight />
      </ActionIcon>
    </Dialog>
  );
}
