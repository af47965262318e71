/** Plans, intervals and the states of seats, in words. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import type { Interval, Plan, SeatState } from "@/lib/api/types";

import type { Lack } from "./lack";

export const planNames: Readonly<Record<Plan, MessageDescriptor>> = { basic: msg`Basic`, pro: msg`Pro` };

export const intervalNames: Readonly<Record<Interval, MessageDescriptor>> = {
  month: msg`Monthly`,
  year: msg`Yearly`,
};

export const seatStates: Readonly<Record<SeatState, { name: MessageDescriptor; color: string }>> = {
  available: { name: msg`Free`, color: "brand" },
  pending: { name: msg`Invited`, color: "yellow" },
  filled: { name: msg`In use`, color: "green" },
  expired: { name: msg`Expired`, color: "red" },
};

/** What is missing, as a heading, and what that means until somebody pays. */
export const lacks: Readonly<Record<Lack, { title: MessageDescriptor; text: MessageDescriptor }>> = {
  "seat-needed": {
    title: msg`This needs a seat`,
    text: msg`Without one, everything can be read and exported, and nothing is deleted.`,
  },
  "trial-over": {
    title: msg`The trial is over`,
    text: msg`Nothing was deleted. Everything can be read and exported, and goes on where it was with a seat.`,
  },
  "pro-seat-needed": {
    title: msg`This comes with a Pro seat`,
    text: msg`A Basic seat covers chats and values. Pro adds analytics, the API and working on tickets.`,
  },
};
