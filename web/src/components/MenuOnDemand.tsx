/** A menu whose code is loaded with its first use: menus bring a positioning engine that no first page needs. */

import { UnstyledButton, type UnstyledButtonProps } from "@mantine/core";
import {
  type ButtonHTMLAttributes,
  type ComponentType,
  lazy,
  type ReactElement,
  Suspense,
  useState,
} from "react";

/** What the loaded half gets: the button to hang the menu on. It opens the menu at once. */
export interface MenuPanelProps {
  target: ReactElement;
}

type ButtonProps = UnstyledButtonProps & ButtonHTMLAttributes<HTMLButtonElement>;

/** Make a menu from the module that holds its panel. Call it outside of components. */
export function menuOnDemand(load: () => Promise<{ default: ComponentType<MenuPanelProps> }>) {
  const Panel = lazy(load);
  return function MenuOnDemand(button: ButtonProps) {
    const [isWanted, setWanted] = useState(false);
    const preload = () => void load();
    const idle = (
      <UnstyledButton
        {...button}
        aria-haspopup="menu"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={() => setWanted(true)}
      />
    );
    if (!isWanted) return idle;
    return (
      <Suspense fallback={idle}>
        <Panel target={<UnstyledButton {...button} />} />
      </Suspense>
    );
  };
}
