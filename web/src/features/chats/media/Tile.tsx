/** A photo, video or sticker as a picture that opens in the viewer. */

import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { Image, Play } from "lucide-react";
import type { MessageMedia } from "@/live/types";
import classes from "./MessageMedia.module.css";
import { lengthText } from "./mediaText";
import { useThumb } from "./smallPictures";
import type { MediaAddress } from "./useOpened";

const SIDE = 320;
const SMALLEST = 96;

interface TileProps {
  address: MediaAddress;
  media: MessageMedia;
  isInGrid: boolean;
  onShow: () => void;
}

export function Tile({ address, media, isInGrid, onShow }: TileProps) {
  const { t } = useLingui();
  const better = useThumb(address);
  const source = better ?? media.thumb;
  const length = media.duration_s ?? 0;
  const labels = { photo: t`Open photo`, video: t`Play video`, sticker: t`Open sticker` };
  const label = media.kind === "video" || media.kind === "sticker" ? labels[media.kind] : labels.photo;
  return (
    <UnstyledButton
      className={classes.tile}
      data-kind={media.kind}
      style={isInGrid ? undefined : shapeOf(media)}
      aria-label={label}
      onClick={onShow}
    >
      {source ? (
        <img src={source} alt="" className={classes.picture} data-blurred={better === null} />
      ) : (
        <Image size={28} aria-hidden />
      )}
      {media.kind === "video" && (
        <span className={classes.play}>
          <Play size={20} aria-hidden />
          {length > 0 && <span className="tabular">{lengthText(length)}</span>}
        </span>
      )}
    </UnstyledButton>
  );
}

/** The place it takes before it is there: its own shape, within bounds. */
function shapeOf({ width, height, kind }: MessageMedia): { width: number; aspectRatio: string } {
  const side = kind === "sticker" ? SIDE / 2 : SIDE;
  const ratio = width && height ? Math.min(Math.max(width / height, 0.5), 2.5) : 4 / 3;
  const fitting = ratio >= 1 ? side : side * ratio;
  return {
    width: Math.max(Math.min(fitting, width ? Math.max(width, SMALLEST) : side), SMALLEST),
    aspectRatio: `${ratio}`,
  };
}
