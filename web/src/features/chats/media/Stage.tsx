/** Around an open chat: the one viewer and the one player. In the list they would end where their row is scrolled away. */

import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from "react";

const Viewer = lazy(async () => ({ default: (await import("./Viewer")).Viewer }));
const Player = lazy(async () => ({ default: (await import("./Player")).Player }));

interface OnStage {
  /** Opens a photo or video in the viewer. */
  show: (messageId: number) => void;
  /** Plays a voice message, and ends the one that is playing. */
  play: (messageId: number) => void;
  playedId: number | undefined;
}

const StageContext = createContext<OnStage | null>(null);

export function Stage({ chatId, children }: { chatId: string; children: ReactNode }) {
  const [shownId, setShownId] = useState<number>();
  const [playedId, play] = useState<number>();
  const stage = useMemo(() => ({ show: setShownId, play, playedId }), [playedId]);
  return (
    <StageContext value={stage}>
      <Suspense>
        {playedId !== undefined && (
          <Player key={playedId} chatId={chatId} messageId={playedId} onClose={() => play(undefined)} />
        )}
      </Suspense>
      {children}
      <Suspense>
        {shownId !== undefined && (
          <Viewer
            chatId={chatId}
            messageId={shownId}
            onMove={setShownId}
            onClose={() => setShownId(undefined)}
          />
        )}
      </Suspense>
    </StageContext>
  );
}

/** Where the messages of an open chat show and play what is attached to them. */
export function useStage(): OnStage {
  const stage = useContext(StageContext);
  if (!stage) throw new TypeError("Files are shown outside of a Stage.");
  return stage;
}
