/** What everybody says before they get an account: that they are old enough, and that they accept the terms. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Checkbox, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { documentsQuery, versionDay } from "./documents";

/** A Mantine form that has the two fields, whatever else it has. */
interface ConsentForm {
  getInputProps: (name: "accept_terms" | "is_16_or_older", options: { type: "checkbox" }) => object;
}

export const NO_CONSENT = { accept_terms: false, is_16_or_older: false };

/** Rules of the two fields for a form's `validate`. */
export function useConsentRules() {
  const { t } = useLingui();
  return {
    is_16_or_older: (said: boolean) => (said ? null : t`Wireroom is for people of 16 and older.`),
    accept_terms: (accepted: boolean) => (accepted ? null : t`Wireroom needs your consent to the terms.`),
  };
}

export function ConsentFields({ form }: { form: ConsentForm }) {
  return (
    <Stack gap="md">
      <Checkbox
        label={<Trans>I am 16 or older.</Trans>}
        {...form.getInputProps("is_16_or_older", { type: "checkbox" })}
      />
      <Checkbox
        label={
          <Trans>
            I accept the <Document name="terms">terms of use</Document> and have read the{" "}
            <Document name="privacy">privacy notice</Document>.
          </Trans>
        }
        description={<Versions />}
        {...form.getInputProps("accept_terms", { type: "checkbox" })}
      />
    </Stack>
  );
}

/** Opens beside the form, so that what was typed is not lost. */
function Document({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Anchor href={`/legal/${name}`} target="_blank" rel="noreferrer" inherit underline="always">
      {children}
    </Anchor>
  );
}

/** Which versions they are. A help: the links stand without it. */
function Versions() {
  const { data } = useQuery(documentsQuery);
  const dayOf = (name: string) => {
    const version = data?.documents.find((each) => each.name === name)?.version;
    return version === undefined ? "" : versionDay(version);
  };
  const [terms, privacy] = [dayOf("terms"), dayOf("privacy")];
  if (!terms || !privacy) return null;
  if (terms === privacy) return <Trans>Both of {terms}.</Trans>;
  return (
    <Trans>
      Terms of {terms}, notice of {privacy}.
    </Trans>
  );
}
