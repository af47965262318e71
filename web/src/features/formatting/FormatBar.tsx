/** Buttons that give the selected text a look, with the keys that do the same. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import {
  Bold,
  Code,
  EyeOff,
  Italic,
  Link,
  type LucideIcon,
  Strikethrough,
  TextQuote,
  Underline,
} from "lucide-react";
import classes from "./FormatBar.module.css";
import type { MarkType } from "./formatting";
import { LOOK_KEYS } from "./looks";

interface Look {
  type: MarkType;
  icon: LucideIcon;
  label: MessageDescriptor;
}

const LOOKS: readonly Look[] = [
  { type: "bold", icon: Bold, label: msg`Bold` },
  { type: "italic", icon: Italic, label: msg`Italic` },
  { type: "underline", icon: Underline, label: msg`Underline` },
  { type: "strike", icon: Strikethrough, label: msg`Strikethrough` },
  { type: "code", icon: Code, label: msg`Code` },
  { type: "spoiler", icon: EyeOff, label: msg`Spoiler` },
  { type: "blockquote", icon: TextQuote, label: msg`Quote` },
  { type: "text_link", icon: Link, label: msg`Link` },
];

export function FormatBar({ onLook }: { onLook: (type: MarkType) => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.looks} role="toolbar" aria-label={t`Formatting`}>
      {LOOKS.map(({ type, icon: Icon, label }) => {
        const key = LOOK_KEYS[type];
        const keys = key === key.toLowerCase() ? `Ctrl+${key.toUpperCase()}` : `Ctrl+Shift+${key}`;
        return (
          <ActionIcon
            key={type}
            size={28}
            variant="subtle"
            color="gray"
            aria-label={t(label)}
            title={`${t(label)} (${keys})`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onLook(type)}
          >
            <Icon size={16} />
          </ActionIcon>
        );
      })}
    </div>
  );
}
