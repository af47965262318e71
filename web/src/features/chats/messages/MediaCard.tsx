/** An attachment as a card. The file is fetched only when the person opens it. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Loader, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { File, Film, Image, type LucideIcon, Mic, Paperclip, Sticker } from "lucide-react";
import type { ReactNode } from "react";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { MessageMedia } from "@/live/types";
import classes from "./MediaCard.module.css";

const ICONS: Record<MessageMedia["kind"], LucideIcon> = {
  photo: Image,
  video: Film,
  voice: Mic,
  document: File,
  sticker: Sticker,
  other: Paperclip,
};

interface MediaCardProps {
  chatId: string;
  messageId: number;
  media: MessageMedia;
}

export function MediaCard({ chatId, messageId, media }: MediaCardProps) {
  const live = useLive();
  const name = useMediaName(media);
  const opening = useMutation({
    mutationFn: () => live.request("media.open", { chat_id: chatId, message_id: messageId }),
    onSuccess: ({ url }) => window.open(url, "_blank", "noopener,noreferrer"),
  });
  const Icon = ICONS[media.kind];
  return (
    <UnstyledButton className={classes.card} onClick={() => opening.mutate()} disabled={opening.isPending}>
      <span className={classes.icon}>
        {opening.isPending ? <Loader size={18} /> : <Icon size={18} aria-hidden />}
      </span>
      <span className={classes.words}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.note}>
          {opening.error ? problemText(opening.error) : sizeText(media.size)}
        </span>
      </span>
    </UnstyledButton>
  );
}

/** The file's own name, else its kind in words. */
export function useMediaName(media: MessageMedia): string {
  const { t } = useLingui();
  const kinds: Record<MessageMedia["kind"], string> = {
    photo: t`Photo`,
    video: t`Video`,
    voice: t`Voice message`,
    document: t`File`,
    sticker: t`Sticker`,
    other: t`Attachment`,
  };
  return media.name || kinds[media.kind];
}

function sizeText(bytes: number | null): ReactNode {
  if (bytes === null) return <Trans>Open</Trans>;
  if (bytes < 1_000) return <Plural value={bytes} one="# byte" other="# bytes" />;
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
