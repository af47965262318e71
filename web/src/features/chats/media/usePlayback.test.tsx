// @vitest-environment jsdom
import { act } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FRESH_MS } from "./useOpened";
import { usePlayback } from "./usePlayback";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const retry = vi.fn(async () => undefined);

function Player({ fetchedAt }: { fetchedAt: number }) {
  const { isUnplayable, handlers } = usePlayback({ fetchedAt, retry });
  return <audio data-unplayable={isUnplayable} {...handlers} />;
}

/** A player of a link that was fetched so long ago, 72 s into the file. */
function aPlayer(ageMs: number) {
  const holder = document.createElement("div");
  act(() => createRoot(holder).render(<Player fetchedAt={Date.now() - ageMs} />));
  const audio = holder.querySelector("audio") as HTMLAudioElement;
  Object.defineProperty(audio, "currentTime", { value: 72, writable: true });
  const happens = (name: string) => act(() => void audio.dispatchEvent(new Event(name)));
  return { audio, happens };
}

beforeEach(() => retry.mockClear());

describe("a player", () => {
  it("whose link has ended fetches another and goes on where it was", () => {
    const { audio, happens } = aPlayer(FRESH_MS + 1);
    happens("error");
    expect(retry).toHaveBeenCalledOnce();
    audio.currentTime = 0;
    happens("loadedmetadata");
    expect(audio.currentTime).toBe(72);
    expect(audio.dataset.unplayable).toBe("false");
  });

  it("goes on there once: what the person seeks to later stands", () => {
    const { audio, happens } = aPlayer(FRESH_MS + 1);
    happens("error");
    happens("loadedmetadata");
    audio.currentTime = 5;
    happens("loadedmetadata");
    expect(audio.currentTime).toBe(5);
  });

  it("that fails with a fresh link says that this browser can't play it", () => {
    const { audio, happens } = aPlayer(0);
    happens("error");
    expect(audio.dataset.unplayable).toBe("true");
    expect(retry).not.toHaveBeenCalled();
  });
});
