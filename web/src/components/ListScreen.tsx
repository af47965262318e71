/** A page that is one list: bars above it, a line of counts below it, and what is open of it beside it. */

import { Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Lock } from "lucide-react";
import { Children, lazy, type ReactNode, Suspense } from "react";
import classes from "./ListScreen.module.css";

const PanelDrawer = lazy(async () => ({ default: (await import("./PanelDrawer")).PanelDrawer }));

interface ListScreenProps {
  /** Over the whole width. */
  head: ReactNode;
  beside: ReactNode;
  children: ReactNode;
}

export function ListScreen({ head, beside, children }: ListScreenProps) {
  return (
    <div className={classes.screen}>
      {head}
      <div className={classes.body}>
        <div className={classes.main}>{children}</div>
        {beside}
      </div>
    </div>
  );
}

/** Why nothing in the list can be changed. */
export function LockedLine({ children }: { children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed" component="div" className={classes.locked}>
      <Lock size={16} aria-hidden />
      {children}
    </Text>
  );
}

export function ListFooter({ className = "", children }: { className?: string; children: ReactNode }) {
  return (
    <footer className={`${classes.footer} ${className}`} role="status">
      {children}
    </footer>
  );
}

interface BesideProps {
  width: number;
  onClose: () => void;
  children: ReactNode;
}

/** Beside the list where there is room, over it where there is not; nothing where nothing is open. */
export function Beside({ width, onClose, children }: BesideProps) {
  const isWide = useMediaQuery("(min-width: 1024px)", true, { getInitialValueInEffect: false });
  if (Children.toArray(children).length === 0) return null;
  return (
    <Suspense>
      {isWide ? (
        <div className={classes.beside} style={{ width }}>
          {children}
        </div>
      ) : (
        <PanelDrawer onClose={onClose}>{children}</PanelDrawer>
      )}
    </Suspense>
  );
}
