/** A modal dialog with a named close button. When it closes the focus is never lost. */

import { useLingui } from "@lingui/react/macro";
import { Modal, type ModalProps } from "@mantine/core";
import { useEffect } from "react";

export function Dialog({ children, ...props }: ModalProps) {
  const { t } = useLingui();
  useReturningFocus(props.opened);
  return (
    // To the grid, what is pressed in a dialog that the editor of a cell has opened is not pressed outside of that editor.
    <Modal
      size={440}
      className="click-outside-ignore"
      {...props}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {children}
    </Modal>
  );
}

/**
 * Gives the focus back to what opened the dialog or, where that is gone by then, to the card, dialog or page it was in.
 *
 * Mantine does the first, but not for a dialog that is taken off the page at once.
 */
function useReturningFocus(isOpen: boolean): void {
  useEffect(() => {
    const opener = document.activeElement;
    if (!isOpen || !(opener instanceof HTMLElement)) return;
    const home = opener.closest<HTMLElement>("[role=dialog], section[tabindex], main");
    return () => (opener.isConnected ? opener : home)?.focus();
  }, [isOpen]);
}
