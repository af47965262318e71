/** How large pictures and videos are and how long a video is: what Telegram shows before it is opened. */

import { kindOf, type Picked } from "./picked";

const PATIENCE_MS = 3_000;

type Measures = Pick<Picked, "width" | "height" | "durationS">;

/** The file with its measures; unchanged where the browser can't read it. */
export async function measured(picked: Picked): Promise<Picked> {
  const kind = kindOf(picked);
  if (kind !== "video" && kind !== "photo") return picked;
  const url = URL.createObjectURL(picked.file);
  try {
    return { ...picked, ...(await (kind === "video" ? videoMeasures(url) : pictureMeasures(url))) };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function pictureMeasures(url: string): Promise<Partial<Measures>> {
  return new Promise((resolve) => {
    const picture = new Image();
    const end = (found: Partial<Measures>) => {
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => end({}), PATIENCE_MS);
    picture.onerror = () => end({});
    picture.onload = () => end({ width: picture.naturalWidth, height: picture.naturalHeight });
    picture.src = url;
  });
}

function videoMeasures(url: string): Promise<Partial<Measures>> {
  return new Promise((resolve) => {
    const video = document.createElement("video");
    const end = (found: Partial<Measures>) => {
      clearTimeout(timer);
      video.removeAttribute("src");
      resolve(found);
    };
    const timer = setTimeout(() => end({}), PATIENCE_MS);
    video.preload = "metadata";
    video.onerror = () => end({});
    video.onloadedmetadata = () =>
      end({
        width: video.videoWidth,
        height: video.videoHeight,
        durationS: Number.isFinite(video.duration) ? Math.round(video.duration) : 0,
      });
    video.src = url;
  });
}
