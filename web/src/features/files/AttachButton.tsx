/** Picks files to attach. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Paperclip } from "lucide-react";
import { useRef } from "react";

interface Props {
  /** What it does, where a page has more than one. */
  label?: string;
  isDisabled?: boolean;
  onFiles: (files: File[]) => void;
}

export function AttachButton({ label, isDisabled, onFiles }: Props) {
  const { t } = useLingui();
  const name = label ?? t`Attach files`;
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <ActionIcon
        size={36}
        variant="subtle"
        color="gray"
        aria-label={name}
        title={name}
        disabled={isDisabled ?? false}
        onClick={() => field.current?.click()}
      >
        <Paperclip size={18} />
      </ActionIcon>
    </>
  );
}
