/** Picks files from this device. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { usePicking } from "./Attachments";

export function AttachButton({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useLingui();
  const { pickFiles } = usePicking();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        aria-label={t`Files to attach`}
        onChange={(event) => {
          pickFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
      <ActionIcon
        size={36}
        variant="subtle"
        color="gray"
        aria-label={t`Attach files`}
        title={t`Attach files`}
        disabled={isDisabled}
        onClick={() => field.current?.click()}
      >
        <Paperclip size={18} />
      </ActionIcon>
    </>
  );
}
