/** A field for words to look for: a native one, as the inbox shows it before any library's field is loaded. */

import { useLingui } from "@lingui/react/macro";
import { UnstyledButton } from "@mantine/core";
import { Search, X } from "lucide-react";
import { useRef } from "react";

import classes from "./fields.module.css";

interface SearchFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (words: string) => void;
  id?: string;
  className?: string | undefined;
  autoFocus?: boolean;
}

const WORDS_MAX = 256;

export function SearchField({ label, value, onChange, className = "", ...field }: SearchFieldProps) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onChange("");
    input.current?.focus();
  };
  return (
    <div className={`${classes.search} ${className}`}>
      <Search size={16} aria-hidden />
      <input
        {...field}
        ref={input}
        type="search"
        className={classes.field}
        aria-label={label}
        maxLength={WORDS_MAX}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value !== "" && (
        <UnstyledButton className={classes.clear} aria-label={t`Clear`} onClick={clear}>
          <X size={16} aria-hidden />
        </UnstyledButton>
      )}
    </div>
  );
}
