/** Picks files to attach. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Paperclip } from "lucide-react";
import { useRef } from "react";

export function AttachButton({
  isDisabled,
  onFiles,
}: {
  isDisabled?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const { t } = useLingui();
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
        aria-label={t`Attach files`}
        title={t`Attach files`}
        disabled={isDisabled ?? false}
        onClick={() => field.current?.click()}
      >
        <Paperclip size={18} />
      </ActionIcon>
    </>
  );
}
