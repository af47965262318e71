/** One entry as a row, and all of it below the row when opened. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Code } from "@mantine/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, memo, useId } from "react";

import type { ActivityEntry } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { Moment } from "@/lib/time";
import classes from "./ActivityTable.module.css";
import { Actor } from "./Actor";
import { ChangesText } from "./ChangeText";
import { EntryDetails } from "./EntryDetails";
import { sentenceOf } from "./events";
import type { ActivityFilters } from "./filters";
import { ObjectName } from "./ObjectName";
import { inShort } from "./shown";
import type { EntryWords } from "./useEntryWords";

export const COLUMNS = 6;

interface Props {
  entry: ActivityEntry;
  isOpen: boolean;
  /** It came while the log was open. */
  isFresh: boolean;
  wordsOf: EntryWords;
  onToggle: (id: string) => void;
  onNarrow: (filters: ActivityFilters) => void;
}

export const ActivityRow = memo(function ActivityRow(props: Props) {
  const { entry, isOpen, isFresh, wordsOf, onToggle, onNarrow } = props;
  const detailsId = useId();
  const changes = wordsOf(entry);
  const toggle = () => onToggle(entry.id);
  const onClick = (event: MouseEvent) => {
    if (isPlainClick(event)) toggle();
  };
  return (
    <>
      <tr className={classes.row} data-open={isOpen} data-fresh={isFresh} onClick={onClick}>
        <td className={classes.toggle}>
          <Toggle entry={entry} isOpen={isOpen} controls={detailsId} onToggle={toggle} />
        </td>
        <td className={classes.time}>
          <Time at={entry.at} />
        </td>
        <td className={classes.who}>
          <Actor actor={entry.actor} />
        </td>
        <td className={classes.what}>
          <Sentence kind={entry.kind} />
        </td>
        <td className={classes.about}>
          <ObjectName entry={entry} />
        </td>
        <td className={classes.change}>
          <ChangesText changes={inShort(changes, entry.target_name)} />
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId}>
          <td colSpan={COLUMNS} className={classes.details}>
            <EntryDetails entry={entry} changes={changes} onNarrow={onNarrow} />
          </td>
        </tr>
      )}
    </>
  );
});

interface ToggleProps {
  entry: ActivityEntry;
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
}

function Toggle({ entry, isOpen, controls, onToggle }: ToggleProps) {
  const { t, i18n } = useLingui();
  const sentence = sentenceOf(entry.kind);
  const what = sentence ? i18n._(sentence) : entry.kind;
  const who = entry.actor.name;
  return (
    <ActionIcon
      size={28}
      data-row-toggle
      aria-label={t`Details: ${who}, ${what}`}
      aria-expanded={isOpen}
      aria-controls={isOpen ? controls : undefined}
      onClick={onToggle}
      onKeyDown={moveFocus}
    >
      {isOpen ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
    </ActionIcon>
  );
}

function Time({ at }: { at: string }) {
  return <Moment at={at} nowMs={useMinuteMs()} />;
}

/** A kind this version does not know is shown as it is. */
function Sentence({ kind }: { kind: string }) {
  const { i18n } = useLingui();
  const sentence = sentenceOf(kind);
  if (sentence) return i18n._(sentence);
  return (
    <Trans>
      Did <Code>{kind}</Code>
    </Trans>
  );
}

/** Not on a link or button, and not the end of marking a text. */
function isPlainClick({ target }: MouseEvent): boolean {
  const isControl = target instanceof Element && target.closest("a, button") !== null;
  return !isControl && (window.getSelection()?.isCollapsed ?? true);
}

/** Up and down go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const toggles = [
    ...(event.currentTarget.closest("table")?.querySelectorAll<HTMLElement>("[data-row-toggle]") ?? []),
  ];
  toggles[toggles.indexOf(event.currentTarget) + step]?.focus();
}
