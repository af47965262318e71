/** Asks where the selected text leads. */

import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import classes from "./FormatBar.module.css";

interface LinkFieldProps {
  onLink: (url: string) => void;
  onCancel: () => void;
}

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
