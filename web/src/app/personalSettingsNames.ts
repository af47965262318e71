/** The settings that are a person's own, as they stand in addresses. Apart from the pages: the first chunk reads it. */

export const PERSONAL_SETTINGS = ["profile", "security", "notifications", "appearance"] as const;

export type PersonalSettingsName = (typeof PERSONAL_SETTINGS)[number];

/** Whether a part of an address names one of them. */
export function isPersonalSettings(name: string): name is PersonalSettingsName {
  return PERSONAL_SETTINGS.some((each) => each === name);
}
