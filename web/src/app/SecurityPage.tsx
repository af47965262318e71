/** Settings, security: everything about how a person signs in, from all the features that have a part in it. */

import { useLingui } from "@lingui/react/macro";

import { OwnLogSection } from "@/features/identity/own_log/OwnLogSection";
import { SignInSection } from "@/features/identity/SignInSection";
import { SecondFactorSection } from "@/features/identity/second_factor/SecondFactorSection";
import { SessionsSection } from "@/features/identity/sessions/SessionsSection";
import { DangerZone } from "@/features/privacy/DangerZone";
import { LoginsSection } from "@/features/social_sign_in/LoginsSection";
import { usePageTitle } from "@/lib/pageTitle";

export function SecurityPage() {
  const { t } = useLingui();
  usePageTitle(t`Security`, t`Settings`);
  return (
    <>
      <SignInSection />
      <SecondFactorSection />
      <LoginsSection />
      <SessionsSection />
      <OwnLogSection />
      <DangerZone />
    </>
  );
}
