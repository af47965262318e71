/** Around an open chat: files dropped onto it, pasted into it or picked from it go into the tray, and from there off. */

import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import {
  type ClipboardEvent,
  createContext,
  type DragEvent,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useState,
} from "react";
import type { Carried, Carry } from "@/features/templates/picker/carried";
import { droppedOf, pastedOf } from "@/lib/handed";
import { notifyProblem } from "@/lib/notify";
import { useWharf } from "../ChatsProvider";
import classes from "./Attachments.module.css";
import type { Picked } from "./picked";

const VoiceRecorder = lazy(async () => ({ default: (await import("./VoiceRecorder")).VoiceRecorder }));
const Tray = lazy(async () => ({ default: (await import("./Tray")).Tray }));

interface Picking {
  /** Puts files into the tray. */
  pickFiles: (files: Iterable<File>) => void;
  /** Sends files as they are. */
  sendAtOnce: (picked: readonly Picked[]) => void;
  /** Begins a voice message of that type. It is kept here, not in the composer, which comes and goes with what is typed. */
  recordVoice: (type: string) => void;
  isRecording: boolean;
  /** The files that follow the next text; they stay while somebody turns to answer or change a message. */
  carried: readonly Carried[];
  carry: Carry;
  /** Sends those, and keeps them no longer. */
  sendCarried: () => void;
}

const PickingContext = createContext<Picking | null>(null);

interface AttachmentsProps {
  chatId: string;
  /** The message that is answered; null for none. */
  replyToId: number | null;
  /** What was answered is answered; a message that is being edited is not given up. */
  onSent: () => void;
  /** Nothing can be sent here now. */
  isBlocked: boolean;
  children: ReactNode;
}

export function Attachments({ chatId, replyToId, onSent, isBlocked, children }: AttachmentsProps) {
  const wharf = useWharf();
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const pickFiles = useCallback(
    (files: Iterable<File>) => {
      const given = isBlocked ? [] : [...files];
      if (given.length === 0) return;
      void import("./picked").then(
        ({ pick }) => setPicked((before) => [...before, ...given.map((file) => pick(file))]),
        complain,
      );
    },
    [isBlocked],
  );
  const sendAtOnce = (files: readonly Picked[]) => {
    void wharf.shipments().then((shipments) => {
      void shipments.send(chatId, files, replyToId);
      if (replyToId !== null) onSent();
    }, complain);
  };
  const [recordedType, recordVoice] = useState<string | null>(null);
  const isRecording = recordedType !== null;
  const [carried, carry] = useState<readonly Carried[]>([]);
  const sendCarried = () => {
    const files = carried.flatMap(({ fetched }) => fetched ?? []);
    carry([]);
    void import("./picked").then(({ pick }) => sendAtOnce(files.map((file) => pick(file))), complain);
  };
  const drop = useDrop(pickFiles);
  const onPaste = (event: ClipboardEvent) => {
    const files = pastedOf(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    pickFiles(files);
  };
  return (
    <PickingContext value={{ pickFiles, sendAtOnce, recordVoice, isRecording, carried, carry, sendCarried }}>
      <div className={classes.place} onPaste={onPaste} {...drop.handlers}>
        {children}
        <Suspense>
          {recordedType && <VoiceRecorder type={recordedType} onEnd={() => recordVoice(null)} />}
        </Suspense>
        {drop.isOver && !isBlocked && (
          <div className={classes.target}>
            <Trans>Drop files here to send them</Trans>
          </div>
        )}
        <Suspense>
          {picked.length > 0 && (
            <Tray
              picked={picked}
              onChange={setPicked}
              onSend={() => {
                setPicked([]);
                sendAtOnce(picked);
              }}
            />
          )}
        </Suspense>
      </div>
    </PickingContext>
  );
}

function complain(): void {
  notifyProblem(t`The files could not be sent. Check your network and try again.`);
}

/** How the parts of an open chat have files sent. */
export function usePicking(): Picking {
  const picking = useContext(PickingContext);
  if (!picking) throw new TypeError("Files are picked outside of Attachments.");
  return picking;
}

function useDrop(onFiles: (files: Iterable<File>) => void) {
  const [depth, setDepth] = useState(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");
  const handlers = {
    onDragEnter: (event: DragEvent) => hasFiles(event) && setDepth((before) => before + 1),
    onDragLeave: (event: DragEvent) => hasFiles(event) && setDepth((before) => Math.max(before - 1, 0)),
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      const { files, hasFolders } = droppedOf(event.dataTransfer);
      if (hasFolders) notifyProblem(t`Folders can't be sent. Drop the files that are in them.`);
      onFiles(files);
    },
  };
  return { isOver: depth > 0, handlers };
}
