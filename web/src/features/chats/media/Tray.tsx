/** What is about to be sent: each file with its caption and place, and whether pictures go as they are. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Group, Switch, Text, Textarea } from "@mantine/core";
import { ArrowDown, ArrowUp, File, Mic, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { Dialog } from "@/components/Dialog";
import { sizeText } from "@/lib/sizes";
import { CAPTION_MAX, kindOf, misfitOf, moved, type Picked, pick } from "./picked";
import classes from "./Tray.module.css";

interface TrayProps {
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
  onSend: () => void;
}

export function Tray({ picked, onChange, onSend }: TrayProps) {
  const { t } = useLingui();
  const isFit = picked.every((each) => misfitOf(each.file) === null && each.caption.length <= CAPTION_MAX);
  const put = (changed: Picked) => onChange(picked.map((each) => (each.id === changed.id ? changed : each)));
  const send = () => isFit && onSend();
  const [isAsking, setAsking] = useState(false);
  const close = () => (picked.some((each) => each.caption.trim()) ? setAsking(true) : onChange([]));
  return (
    <Dialog
      opened
      onClose={close}
      closeOnClickOutside={false}
      size={520}
      title={<Title count={picked.length} />}
    >
      <ul className={classes.files}>
        {picked.map((each, place) => (
          <Row
            key={each.id}
            picked={each}
            isFirst={place === 0}
            isLast={place === picked.length - 1}
            onChange={put}
            onMove={(by) => onChange(moved(picked, each.id, by))}
            onRemove={() => onChange(picked.filter((other) => other.id !== each.id))}
            onSend={send}
          />
        ))}
      </ul>
      {picked.some((each) => each.shownAs === "photo" || each.shownAs === "video") && (
        <Switch
          label={t`Send as files, without compression`}
          checked={picked.every((each) => kindOf(each) !== "photo" && kindOf(each) !== "video")}
          onChange={({ currentTarget }) =>
            onChange(picked.map((each) => ({ ...each, asFile: currentTarget.checked })))
          }
        />
      )}
      <Group justify="space-between" mt="md">
        <AddMore onAdd={(files) => onChange([...picked, ...files.map((file) => pick(file))])} />
        <Button disabled={!isFit} onClick={send}>
          <Trans>Send</Trans>
        </Button>
      </Group>
      {isAsking && (
        <ConfirmDialog
          title={t`Discard these files?`}
          action={t`Discard`}
          isBusy={false}
          onConfirm={() => onChange([])}
          onClose={() => setAsking(false)}
        >
          <Trans>Their captions are lost.</Trans>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

function Title({ count }: { count: number }) {
  return <Plural value={count} one="Send # file" other="Send # files" />;
}

interface RowProps {
  picked: Picked;
  isFirst: boolean;
  isLast: boolean;
  onChange: (picked: Picked) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onSend: () => void;
}

function Row({ picked, isFirst, isLast, onChange, onMove, onRemove, onSend }: RowProps) {
  const { t } = useLingui();
  const { name } = picked.file;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSend();
  };
  return (
    <li className={classes.row} aria-label={name}>
      <Preview picked={picked} />
      <div className={classes.words}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <FileNote picked={picked} />
        <Textarea
          aria-label={t`Caption of ${name}`}
          placeholder={t`Add a caption`}
          autosize
          maxRows={4}
          dir="auto"
          data-autofocus={isFirst || undefined}
          value={picked.caption}
          error={picked.caption.length > CAPTION_MAX && t`At most ${CAPTION_MAX} characters`}
          onChange={({ currentTarget }) => onChange({ ...picked, caption: currentTarget.value })}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={classes.acts}>
        <ActionIcon variant="subtle" color="gray" aria-label={t`Remove ${name}`} onClick={onRemove}>
          <X size={16} />
        </ActionIcon>
        {!(isFirst && isLast) && (
          <>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t`Move ${name} up`}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            >
              <ArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t`Move ${name} down`}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              <ArrowDown size={16} />
            </ActionIcon>
          </>
        )}
      </div>
    </li>
  );
}

function FileNote({ picked }: { picked: Picked }) {
  const misfit = misfitOf(picked.file);
  if (misfit === null)
    return (
      <Text size="xs" c="dimmed">
        {sizeText(picked.file.size)}
      </Text>
    );
  return (
    <Text size="xs" c="red" role="alert">
      {misfit === "empty" ? (
        <Trans>This file is empty. Remove it to send the others.</Trans>
      ) : (
        <Trans>Too large: Telegram takes at most 2,000 MB. Remove it to send the others.</Trans>
      )}
    </Text>
  );
}

function Preview({ picked }: { picked: Picked }) {
  const isPicture = kindOf(picked) === "photo";
  const url = useMemo(() => (isPicture ? URL.createObjectURL(picked.file) : ""), [picked.file, isPicture]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const Icon = picked.shownAs === "voice" ? Mic : File;
  return (
    <span className={classes.preview}>
      {isPicture ? <img src={url} alt="" /> : <Icon size={20} aria-hidden />}
    </span>
  );
}

function AddMore({ onAdd }: { onAdd: (files: File[]) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onAdd([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <Button variant="default" onClick={() => field.current?.click()}>
        <Trans>Add more</Trans>
      </Button>
    </>
  );
}
