/** Begins a voice message, where this browser records what Telegram plays. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Mic } from "lucide-react";
import { lazy, Suspense, useState } from "react";

const VoiceRecorder = lazy(async () => ({ default: (await import("./VoiceRecorder")).VoiceRecorder }));

/** What Telegram plays as a voice message and browsers can record. */
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4"];

/** The type this browser records in; undefined where it records none that Telegram plays. */
function recordedType(): string | undefined {
  if (typeof MediaRecorder === "undefined") return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export function VoiceButton({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useLingui();
  const [type] = useState(recordedType);
  const [isRecording, setRecording] = useState(false);
  if (!type) return null;
  return (
    <Suspense>
      {isRecording ? (
        <VoiceRecorder type={type} onEnd={() => setRecording(false)} />
      ) : (
        <ActionIcon
          size={36}
          variant="subtle"
          color="gray"
          aria-label={t`Record a voice message`}
          title={t`Record a voice message`}
          disabled={isDisabled}
          onClick={() => setRecording(true)}
        >
          <Mic size={18} />
        </ActionIcon>
      )}
    </Suspense>
  );
}
