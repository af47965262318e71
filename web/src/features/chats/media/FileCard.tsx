/** A file as a card: its name and size. It is fetched only when the person opens it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader, UnstyledButton } from "@mantine/core";
import { File, Paperclip, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { problemText } from "@/lib/problemText";
import { sizeText } from "@/lib/sizes";
import { useLive } from "@/live/LiveProvider";
import type { MessageMedia } from "@/live/types";
import classes from "./Card.module.css";
import own from "./MessageMedia.module.css";
import { useMediaName } from "./useMediaName";
import { type MediaAddress, openMedia } from "./useOpened";

/** Browsers let a page open another one for so long after a press. */
const PRESS_COUNTS_MS = 4_000;

export function FileCard({ address, media }: { address: MediaAddress; media: MessageMedia }) {
  const { t } = useLingui();
  const name = useMediaName(media);
  const opening = useOpening(address);
  const isOther = media.kind === "other";
  const Icon = isOther ? Paperclip : File;
  return (
    <div className={own.file}>
      <UnstyledButton
        className={classes.card}
        onClick={opening.open}
        aria-busy={opening.isFetching}
        disabled={isOther}
      >
        <span className={classes.icon}>
          {opening.isFetching ? <Loader size={18} /> : <Icon size={18} aria-hidden />}
        </span>
        <span className={classes.words}>
          <span className={classes.name} dir="auto">
            {name}
          </span>
          <span className={classes.note}>
            {isOther ? <Trans>Look at it in Telegram</Trans> : noteOf(opening, media)}
          </span>
        </span>
      </UnstyledButton>
      {opening.isFetching && opening.part > 0 && (
        <div className={own.fetching}>
          <ProgressBar part={opening.part} label={t`Fetching the file`} />
          <ActionIcon size={24} variant="subtle" aria-label={t`Stop fetching`} onClick={opening.stop}>
            <X size={14} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}

function noteOf(opening: ReturnType<typeof useOpening>, media: MessageMedia): ReactNode {
  if (opening.error) return problemText(opening.error);
  if (opening.isReady) return <Trans>Fetched. Press to open</Trans>;
  return media.size ? sizeText(media.size) : <Trans>Open</Trans>;
}

/** Leaving the card stops a fetch: no window opens over what the person went on to. */
function useOpening(address: MediaAddress) {
  const live = useLive();
  const abort = useRef<AbortController | null>(null);
  const [isFetching, setFetching] = useState(false);
  const [part, setPart] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => () => abort.current?.abort(), []);
  const open = async () => {
    if (isFetching) return;
    const pressedAt = Date.now();
    const running = new AbortController();
    abort.current = running;
    setFetching(true);
    setPart(0);
    setError(null);
    setReady(false);
    try {
      const url = await openMedia(live, address, running.signal, setPart);
      running.signal.throwIfAborted();
      if (Date.now() - pressedAt < PRESS_COUNTS_MS) window.open(url, "_blank", "noopener,noreferrer");
      else setReady(true);
    } catch (refusal) {
      if (!running.signal.aborted) setError(refusal);
    } finally {
      setFetching(false);
    }
  };
  return { open: () => void open(), stop: () => abort.current?.abort(), isFetching, part, error, isReady };
}
