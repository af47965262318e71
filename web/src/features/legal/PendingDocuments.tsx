/** Documents that changed: a dialog that asks to accept them, once a visit, and a banner for as long as they wait. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Scale } from "lucide-react";

import { Banner } from "@/components/Banner";

import { AcceptDialog } from "./AcceptDialog";

export default function PendingDocuments({ names }: { names: readonly string[] }) {
  const [isOpen, dialog] = useDisclosure(true);
  return (
    <>
      <Banner
        icon={Scale}
        action={
          <Button size="compact-sm" variant="default" onClick={dialog.open}>
            <Trans>Read and accept</Trans>
          </Button>
        }
      >
        <Trans>Our legal documents changed. Please read and accept them.</Trans>
      </Banner>
      <AcceptDialog names={names} opened={isOpen} onClose={dialog.close} />
    </>
  );
}
