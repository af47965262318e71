/** A modal dialog with a named close button. */

import { useLingui } from "@lingui/react/macro";
import { Modal, type ModalProps } from "@mantine/core";

export function Dialog({ children, ...props }: ModalProps) {
  const { t } = useLingui();
  return (
    <Modal size={440} {...props} closeButtonProps={{ "aria-label": t`Close` }}>
      {children}
    </Modal>
  );
}
