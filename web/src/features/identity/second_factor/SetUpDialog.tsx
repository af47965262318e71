/** Turn two-step verification on: prove who is there, connect an app, keep the backup codes. */

import { Trans } from "@lingui/react/macro";
import { Stack } from "@mantine/core";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { Steps } from "@/components/Steps";
import type { FactorSetup } from "@/lib/api/types";
import { useMe } from "@/lib/session";

import { useSecurityChanged } from "../useSecurityChanged";
import { BackupCodes } from "./BackupCodes";
import { ConnectAppStep } from "./ConnectAppStep";
import { ProveStep } from "./ProveStep";

type Step =
  | { name: "prove" }
  | { name: "connect"; setup: FactorSetup }
  | { name: "codes"; codes: readonly string[] };

const NUMBER: Record<Step["name"], number> = { prove: 1, connect: 2, codes: 3 };

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function SetUpDialog({ opened, onClose }: Props) {
  const [step, setStep] = useState<Step>({ name: "prove" });
  // Closing it by accident would lose the codes for good.
  const mayLeave = step.name !== "codes";
  const close = () => {
    setStep({ name: "prove" });
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      size={480}
      withCloseButton={mayLeave}
      closeOnEscape={mayLeave}
      closeOnClickOutside={false}
      title={<Trans>Set up two-step verification</Trans>}
    >
      <Stack gap="lg">
        <Steps at={NUMBER[step.name]} of={3} />
        <CurrentStep step={step} onStep={setStep} onClose={close} />
      </Stack>
    </Dialog>
  );
}

interface StepProps {
  step: Step;
  onStep: (step: Step) => void;
  onClose: () => void;
}

function CurrentStep({ step, onStep, onClose }: StepProps) {
  const { user } = useMe();
  const securityChanged = useSecurityChanged();
  const finish = (codes: readonly string[]) => {
    onStep({ name: "codes", codes });
    void securityChanged();
  };
  switch (step.name) {
    case "prove":
      return <ProveStep onCancel={onClose} onProven={(setup) => onStep({ name: "connect", setup })} />;
    case "connect":
      return <ConnectAppStep setup={step.setup} onConnected={finish} />;
    case "codes":
      return <BackupCodes codes={step.codes} email={user.email} onDone={onClose} />;
  }
}
