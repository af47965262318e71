/** Buttons that give the selected text a look, with the keys that do the same. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, TextInput } from "@mantine/core";
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
import { type KeyboardEvent, useState } from "react";
import classes from "./Composer.module.css";
import type { MarkType } from "./formatting";

interface Look {
  type: MarkType;
  icon: LucideIcon;
  label: MessageDescriptor;
  /** The key that is pressed with Ctrl or ⌘; upper case with Shift besides. */
  key: string;
}

const LOOKS: readonly Look[] = [
  { type: "bold", icon: Bold, label: msg`Bold`, key: "b" },
  { type: "italic", icon: Italic, label: msg`Italic`, key: "i" },
  { type: "underline", icon: Underline, label: msg`Underline`, key: "u" },
  { type: "strike", icon: Strikethrough, label: msg`Strikethrough`, key: "X" },
  { type: "code", icon: Code, label: msg`Code`, key: "M" },
  { type: "spoiler", icon: EyeOff, label: msg`Spoiler`, key: "P" },
  { type: "blockquote", icon: TextQuote, label: msg`Quote`, key: "Q" },
  { type: "text_link", icon: Link, label: msg`Link`, key: "k" },
];

/** The look that a key press asks for, if it does. */
export function lookOf(event: KeyboardEvent): MarkType | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  return LOOKS.find((each) => each.key === key)?.type;
}

export function FormatBar({ onLook }: { onLook: (type: MarkType) => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.looks} role="toolbar" aria-label={t`Formatting`}>
      {LOOKS.map(({ type, icon: Icon, label, key }) => {
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

interface LinkFieldProps {
  onLink: (url: string) => void;
  onCancel: () => void;
}

/** Asks where the selected text leads. */
export function LinkField({ onLink, onCancel }: LinkFieldProps) {
  const { t } = useLingui();
  const [address, setAddress] = useState("");
  const url = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  const isGood = address.trim() !== "" && URL.canParse(url);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && isGood) onLink(url);
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.link}>
      <TextInput
        size="xs"
        className={classes.field}
        aria-label={t`Address of the link`}
        placeholder="https://"
        data-autofocus
        autoFocus
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Button size="xs" disabled={!isGood} onClick={() => onLink(url)}>
        {t`Add link`}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t`Cancel`}
      </Button>
    </div>
  );
}
