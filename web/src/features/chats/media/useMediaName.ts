/** What an attachment is called. */

import { useLingui } from "@lingui/react/macro";
import type { MessageMedia } from "@/live/types";

/** The file's own name, else its kind in words. */
export function useMediaName(media: Pick<MessageMedia, "name" | "kind">): string {
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
