/** Sends, or with its menu sends later or without a sound. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { ChevronUp, SendHorizontal } from "lucide-react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import classes from "./Composer.module.css";

/** How a text is sent; at once and with a sound unless it says otherwise. */
export interface SendOptions {
  /** RFC 3339. */
  scheduleAt?: string;
  isSilent?: boolean;
  /** Whether Telegram shows what a link leads to; it does unless this is false. */
  hasPreview?: boolean;
}

export interface SendMenuSubject {
  onSend: (options: SendOptions) => void;
}

const SendMenu = menuOnDemand<SendMenuSubject>(() => import("./SendMenu"));

interface SendButtonProps extends SendMenuSubject {
  isDisabled: boolean;
  /** Files go along, which go at once and with a sound. */
  hasFiles: boolean;
}

export function SendButton({ isDisabled, hasFiles, onSend }: SendButtonProps) {
  const { t } = useLingui();
  return (
    <div className={classes.send}>
      <ActionIcon
        size={36}
        variant="filled"
        color="brand"
        aria-label={t`Send`}
        title={t`Send`}
        disabled={isDisabled}
        onClick={() => onSend({})}
      >
        <SendHorizontal size={18} />
      </ActionIcon>
      <SendMenu
        className={classes.sendMore ?? ""}
        aria-label={t`Send later or silently`}
        title={t`Send later or silently`}
        disabled={isDisabled || hasFiles}
        subject={{ onSend }}
      >
        <ChevronUp size={16} />
      </SendMenu>
    </div>
  );
}
