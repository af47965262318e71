/** A person's own settings outside of a workspace. */

import type { ReactNode } from "react";

import { AppearanceSettings } from "@/features/identity/AppearanceSettings";
import { ProfileSettings } from "@/features/identity/ProfileSettings";
import { NotificationSettings } from "@/features/notifications/NotificationSettings";

import { PersonalPage } from "./PersonalPage";
import type { PersonalSettingsName } from "./personalSettingsNames";
import { SecurityPage } from "./SecurityPage";

const PAGES: Record<PersonalSettingsName, () => ReactNode> = {
  profile: ProfileSettings,
  security: SecurityPage,
  notifications: NotificationSettings,
  appearance: AppearanceSettings,
};

export function PersonalSettings({ name }: { name: PersonalSettingsName }) {
  const Settings = PAGES[name];
  return (
    <PersonalPage>
      <Settings />
    </PersonalPage>
  );
}
