/** Times that messages can be scheduled for, in the person's own zone. Pure. */

const LATEST_DAYS = 365;
const EARLIEST_MS = 60_000;

export function inAnHour(now: Date): Date {
  return new Date(now.getTime() + 3_600_000);
}

/** The next day at 9:00. */
export function tomorrowMorning(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
}

/** Whether Telegram would keep a message until then: from a minute to a year ahead. */
export function isSchedulable(time: Date, now: Date): boolean {
  const latest = new Date(now.getFullYear(), now.getMonth(), now.getDate() + LATEST_DAYS);
  return time.getTime() - now.getTime() >= EARLIEST_MS && time <= latest;
}

/** As a field for date and time has it: 2026-03-01T09:00, in the person's own zone. */
export function fieldValue(time: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
