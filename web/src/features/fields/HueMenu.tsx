/** The colour of an option, and the ten to choose from. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, ColorSwatch, Menu } from "@mantine/core";
import type { Hue } from "@/lib/api/types";
import { hueNames } from "@/lib/theme/tokens";

interface HueMenuProps {
  hue: Hue;
  label: string;
  onPick: (hue: Hue) => void;
}

export function HueMenu({ hue, label, onPick }: HueMenuProps) {
  const names = useHueWords();
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={32} aria-label={label}>
          <Swatch hue={hue} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {hueNames.map((each) => (
          <Menu.Item key={each} leftSection={<Swatch hue={each} />} onClick={() => onPick(each)}>
            {names[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useHueWords(): Record<Hue, string> {
  const { t } = useLingui();
  return {
    gray: t`Gray`,
    red: t`Red`,
    orange: t`Orange`,
    amber: t`Amber`,
    lime: t`Lime`,
    green: t`Green`,
    teal: t`Teal`,
    blue: t`Blue`,
    violet: t`Violet`,
    pink: t`Pink`,
  };
}

function Swatch({ hue }: { hue: Hue }) {
  return <ColorSwatch size={16} color={`var(--hue-${hue}-text)`} withShadow={false} />;
}
