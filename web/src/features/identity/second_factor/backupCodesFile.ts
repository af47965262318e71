/** The file that backup codes are downloaded as. */

import { t } from "@lingui/core/macro";

/** Says whose codes they are and how they are used, then one code a line. */
export function backupCodesFile(codes: readonly string[], email: string): string {
  const lines = [
    t`Wireroom backup codes of ${email}`,
    t`Each lets you in once, in place of a code from your authenticator app.`,
    "",
    ...codes,
  ];
  return `${lines.join("\n")}\n`;
}
