/** Records a voice message: press to speak, press again to send, or throw it away. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Group, Text } from "@mantine/core";
import { Mic, SendHorizontal, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { notifyProblem } from "@/lib/notify";
import { usePicking } from "./Attachments";
import { lengthText } from "./mediaText";
import { pick } from "./picked";

/** What Telegram plays as a voice message and browsers can record. */
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4"];

/** The type this browser records in; undefined where it records none that Telegram plays. */
function recordedType(): string | undefined {
  if (typeof MediaRecorder === "undefined") return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export function VoiceButton({ isDisabled }: { isDisabled: boolean }) {
  const [type] = useState(recordedType);
  return type && <Recorder type={type} isDisabled={isDisabled} />;
}

function Recorder({ type, isDisabled }: { type: string; isDisabled: boolean }) {
  const { t } = useLingui();
  const { sendAtOnce } = usePicking();
  const recorder = useRecorder(type, (file, durationS) =>
    sendAtOnce([{ ...pick(file, "voice"), durationS }]),
  );
  if (recorder.startedAt === null)
    return (
      <ActionIcon
        size={36}
        variant="subtle"
        color="gray"
        aria-label={t`Record a voice message`}
        title={t`Record a voice message`}
        disabled={isDisabled}
        onClick={() => void recorder.start()}
      >
        <Mic size={18} />
      </ActionIcon>
    );
  return (
    <Group gap={4} wrap="nowrap">
      <Elapsed since={recorder.startedAt} />
      <ActionIcon
        size={36}
        variant="subtle"
        color="red"
        aria-label={t`Discard the recording`}
        onClick={recorder.discard}
      >
        <Trash2 size={18} />
      </ActionIcon>
      <ActionIcon
        size={36}
        variant="filled"
        color="brand"
        aria-label={t`Send the recording`}
        onClick={recorder.finish}
      >
        <SendHorizontal size={18} />
      </ActionIcon>
    </Group>
  );
}

function Elapsed({ since }: { since: number }) {
  const { t } = useLingui();
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <Text size="sm" c="red" className="tabular" role="timer" aria-label={t`Recording`}>
      {lengthText((now - since) / 1_000)}
    </Text>
  );
}

function useRecorder(type: string, onRecorded: (file: File, durationS: number) => void) {
  const { t } = useLingui();
  const running = useRef<{ recorder: MediaRecorder; isWanted: boolean } | null>(null);
  const [startedAt, setStartedAt] = useState<number | null>(null);
  useEffect(() => () => end(running.current, false), []);
  const start = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    if (!stream) return notifyProblem(t`Wireroom may not use your microphone. Allow it in the browser.`);
    const recorder = new MediaRecorder(stream, { mimeType: type });
    const one = { recorder, isWanted: false };
    const chunks: Blob[] = [];
    const began = Date.now();
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      setStartedAt(null);
      const file = new File(chunks, type.startsWith("audio/ogg") ? "voice.ogg" : "voice.m4a", { type });
      if (one.isWanted && file.size > 0)
        onRecorded(file, Math.max(1, Math.round((Date.now() - began) / 1_000)));
    };
    running.current = one;
    recorder.start();
    setStartedAt(began);
  };
  return {
    startedAt,
    start,
    finish: () => end(running.current, true),
    discard: () => end(running.current, false),
  };
}

function end(running: { recorder: MediaRecorder; isWanted: boolean } | null, isWanted: boolean): void {
  if (!running || running.recorder.state === "inactive") return;
  running.isWanted = isWanted;
  running.recorder.stop();
}
