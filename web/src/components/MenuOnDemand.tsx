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

/** What the loaded half gets: the button to hang the menu on, and what the menu is about. It opens the menu at once. */
export interface MenuPanelProps<Subject = undefined> {
  target: ReactElement;
  subject: Subject;
}

type ButtonProps = UnstyledButtonProps & ButtonHTMLAttributes<HTMLButtonElement>;
type OnDemandProps<Subject> = ButtonProps &
  (Subject extends undefined ? { subject?: undefined } : { subject: Subject });

/** Make a menu from the module that holds its panel. Call it outside of components. */
export function menuOnDemand<Subject = undefined>(
  load: () => Promise<{ default: ComponentType<MenuPanelProps<Subject>> }>,
) {
  const Panel = lazy(load);
  return function MenuOnDemand(props: OnDemandProps<Subject>) {
    const { subject, ...button } = props as ButtonProps & { subject: Subject };
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
        <Panel target={<UnstyledButton {...button} />} subject={subject} />
      </Suspense>
    );
  };
}
