/** Begins a voice message, where this browser records what Telegram plays. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Mic } from "lucide-react";
import { useState } from "react";
import { usePicking } from "./Attachments";

/** What Telegram plays as a voice message and browsers can record. */
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4"];

/** The type this browser records in; undefined where it records none that Telegram plays, or has no microphone to give. */
function recordedType(): string | undefined {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices) return undefined;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

export function VoiceButton({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useLingui();
  const { recordVoice } = usePicking();
  const [type] = useState(recordedType);
  if (!type) return null;
  return (
    <ActionIcon
      size={36}
      variant="subtle"
      color="gray"
      aria-label={t`Record a voice message`}
      title={t`Record a voice message`}
      disabled={isDisabled}
      onClick={() => recordVoice(type)}
    >
      <Mic size={18} />
    </ActionIcon>
  );
}
