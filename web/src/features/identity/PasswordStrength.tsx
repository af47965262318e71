/** The strength of a new password, in words and four bars. */

import { useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import classes from "./PasswordStrength.module.css";
import { MIN_LENGTH, type Strength } from "./passwordStrength";

const BARS: Record<Strength, number> = { empty: 0, short: 1, weak: 1, fair: 3, strong: 4 };

export function PasswordStrength({ strength, id }: { strength: Strength; id: string }) {
  const { t } = useLingui();
  const words: Record<Strength, string> = {
    empty: t`At least ${MIN_LENGTH} characters. Four or more unrelated words work well.`,
    short: t`Too short: at least ${MIN_LENGTH} characters.`,
    weak: t`Weak: easy to guess.`,
    fair: t`Fair. A few more characters make it strong.`,
    strong: t`Strong.`,
  };
  return (
    <div id={id} className={classes.hint} data-strength={strength}>
      <div className={classes.bars} aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} data-on={bar <= BARS[strength]} />
        ))}
      </div>
      <Text size="xs" c="dimmed" role="status">
        {words[strength]}
      </Text>
    </div>
  );
}
