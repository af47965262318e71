/** A voice message while it is recorded: how long it is, and the choice to send it or to throw it away. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Group, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { SendHorizontal, Trash2 } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { notifyProblem } from "@/lib/notify";
import { usePicking } from "./Attachments";
import classes from "./Attachments.module.css";
import { lengthText } from "./mediaText";
import { pick } from "./picked";

interface VoiceRecorderProps {
  /** What it is recorded in. */
  type: string;
  /** It was sent or thrown away, or there is no microphone. */
  onEnd: () => void;
}

/** Records from when it is mounted, and asks before it is thrown away by leaving the chat. */
export function VoiceRecorder({ type, onEnd }: VoiceRecorderProps) {
  const { t } = useLingui();
  const { startedAt, finish, discard } = useRecorder(type, onEnd);
  return (
    <Group gap={8} wrap="nowrap" justify="flex-end" className={classes.recording}>
      <Elapsed since={startedAt} />
      <ActionIcon
        size={36}
        variant="subtle"
        color="red"
        aria-label={t`Discard the recording`}
        onClick={discard}
      >
        <Trash2 size={18} />
      </ActionIcon>
      <ActionIcon
        size={36}
        variant="filled"
        color="brand"
        aria-label={t`Send the recording`}
        disabled={startedAt === null}
        onClick={finish}
      >
        <SendHorizontal size={18} />
      </ActionIcon>
      <LeaveQuestion />
    </Group>
  );
}

function LeaveQuestion() {
  const { t } = useLingui();
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname,
    enableBeforeUnload: true,
    withResolver: true,
  });
  if (leaving.status !== "blocked") return null;
  return (
    <ConfirmDialog
      title={t`Discard the recording?`}
      action={t`Discard`}
      isBusy={false}
      onConfirm={leaving.proceed}
      onClose={leaving.reset}
    >
      <Trans>Your voice message is not sent yet.</Trans>
    </ConfirmDialog>
  );
}

function Elapsed({ since }: { since: number | null }) {
  const { t } = useLingui();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Text size="sm" c="red" className="tabular" role="timer" aria-label={t`Recording`}>
      {lengthText(Math.max(0, now - (since ?? now)) / 1_000)}
    </Text>
  );
}

interface Recording {
  readonly recorder: MediaRecorder;
  readonly startedAt: number;
  isWanted: boolean;
}

function useRecorder(type: string, onEnd: () => void) {
  const { t } = useLingui();
  const { sendAtOnce } = usePicking();
  const running = useRef<Recording | null>(null);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const stopped = useEffectEvent((recording: Recording, chunks: Blob[]) => {
    const file = new File(chunks, type.startsWith("audio/ogg") ? "voice.ogg" : "voice.m4a", { type });
    const durationS = Math.max(1, Math.round((Date.now() - recording.startedAt) / 1_000));
    if (recording.isWanted && file.size > 0) sendAtOnce([{ ...pick(file, "voice"), durationS }]);
    onEnd();
  });
  const refused = useEffectEvent((error: unknown) => {
    const isMissing = error instanceof DOMException && error.name === "NotFoundError";
    notifyProblem(
      isMissing
        ? t`No microphone was found. Connect one and try again.`
        : t`Wireroom may not use your microphone. Allow it in the browser.`,
    );
    onEnd();
  });
  useEffect(() => {
    let isLeft = false;
    const begin = (stream: MediaStream) => {
      if (isLeft) return release(stream);
      running.current = record(stream, type, stopped);
      setStartedAt(running.current.startedAt);
    };
    navigator.mediaDevices.getUserMedia({ audio: true }).then(begin, refused);
    return () => {
      isLeft = true;
      end(running.current, false);
    };
  }, [type]);
  return {
    startedAt,
    finish: () => end(running.current, true),
    discard: () => (running.current ? end(running.current, false) : onEnd()),
  };
}

function record(
  stream: MediaStream,
  type: string,
  onStopped: (recording: Recording, chunks: Blob[]) => void,
): Recording {
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const recording: Recording = { recorder, startedAt: Date.now(), isWanted: false };
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  recorder.onstop = () => {
    release(stream);
    onStopped(recording, chunks);
  };
  recorder.start();
  return recording;
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function end(recording: Recording | null, isWanted: boolean): void {
  if (!recording || recording.recorder.state === "inactive") return;
  recording.isWanted = isWanted;
  recording.recorder.stop();
}
