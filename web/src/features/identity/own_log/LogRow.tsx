/** One entry of the own log: what, when, from where. */

import { Text } from "@mantine/core";

import type { OwnLogEntry } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { deviceOf } from "@/lib/device";
import { Moment } from "@/lib/time";

import { eventWords, isRefusal } from "./eventWords";
import classes from "./OwnLogSection.module.css";

export function LogRow({ entry }: { entry: OwnLogEntry }) {
  const nowMs = useMinuteMs();
  return (
    <li className={classes.row} data-refused={isRefusal(entry)}>
      <span className={classes.what}>{eventWords(entry)}</span>
      <Text size="sm" c="dimmed" component="span">
        <Moment at={entry.at} nowMs={nowMs} />
      </Text>
      <Where entry={entry} />
    </li>
  );
}

/** What the system did has no place of its own. */
function Where({ entry: { address, device } }: { entry: OwnLogEntry }) {
  if (!address && !device) return null;
  const places = [device && deviceOf(device).name, address].filter(Boolean);
  return (
    <Text size="sm" c="dimmed" component="span" className={classes.where} title={device}>
      {places.join(" · ")}
    </Text>
  );
}
