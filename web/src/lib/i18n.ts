/** The language of the screen. English stands in the code; a catalogue holds another. */

import { i18n } from "@lingui/core";

i18n.load("en", {});
i18n.activate("en");

export { i18n };
