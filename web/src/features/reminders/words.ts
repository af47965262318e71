/** Times with a name, repetitions and groups, in words. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { ReminderWhen, Repeat } from "@/lib/api/types";

import type { Group } from "./groups";

export type Preset = NonNullable<ReminderWhen["preset"]>;

export const presetNames: Readonly<Record<Preset, MessageDescriptor>> = {
  in_1_h: msg`In 1 hour`,
  tomorrow: msg`Tomorrow, 9:00`,
  next_week: msg`Next Monday, 9:00`,
};

export const PRESETS = Object.keys(presetNames) as Preset[];

export const repeatNames: Readonly<Record<Repeat, MessageDescriptor>> = {
  daily: msg`Every day`,
  weekdays: msg`Monday to Friday`,
  weekly: msg`Every week`,
  monthly: msg`Every month`,
};

export const groupNames: Readonly<Record<Group, MessageDescriptor>> = {
  overdue: msg`Overdue`,
  today: msg`Today`,
  tomorrow: msg`Tomorrow`,
  week: msg`This week`,
  later: msg`Later`,
  done: msg`Done`,
};
