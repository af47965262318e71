/** Six digits from an authenticator app. A refused code leaves empty boxes with the focus in the first. */

import { useLingui } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { useId } from "react";

import { CodeBoxes } from "@/components/CodeBoxes";
import { ApiError } from "@/lib/api/errors";
import { useWait } from "@/lib/wait";

const DIGITS = 6;

interface Props {
  /** What the last code was refused with. Only that it was wrong is said here; the rest is for above the form. */
  error: unknown;
  /** How many codes were refused. */
  refusals: number;
  isSending: boolean;
  onCode: (code: string) => void;
}

export function CodeForm({ error, refusals, isSending, onCode }: Props) {
  const { t } = useLingui();
  const errorId = useId();
  const isWaiting = useWait(error) > 0;
  const isWrong = isWrongCode(error);
  return (
    <Stack gap="sm" align="center">
      <CodeBoxes
        key={refusals}
        length={DIGITS}
        label={t`Code from your authenticator app`}
        digitLabel={(digit) => t`Digit ${digit} of the code`}
        errorId={isWrong ? errorId : undefined}
        isReadOnly={isSending || isWaiting}
        onCode={onCode}
      />
      <Text id={errorId} c="red" size="sm" ta="center" role="status" mih={18}>
        {isWrong && t`This code is not right. Try the next one.`}
      </Text>
    </Stack>
  );
}

/** Whether a code was refused because it was not the right one. */
export function isWrongCode(error: unknown): boolean {
  return error instanceof ApiError && error.code === "code-wrong";
}
