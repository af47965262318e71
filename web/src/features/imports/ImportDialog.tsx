/** A file into the chats, step by step: choose it, say what its columns are, look at what is wrong, import, undo. */

import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import type { BegunImport, ImportOut } from "@/lib/api/types";
import { CheckStep } from "./CheckStep";
import { FileStep } from "./FileStep";
import { useDiscardImport, useImport } from "./imports";
import type { MendedCells } from "./mended";
import { PlanStep } from "./PlanStep";
import { type Choices, guessedChoices, planOf } from "./plan";
import { ResultStep } from "./ResultStep";

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<BegunImport>();
  const discard = useDiscardImport();
  const [isKept, setKept] = useState(false);
  const close = () => {
    if (begun && !isKept) discard.mutate(begun.import.id);
    onClose();
  };
  return (
    <Dialog opened onClose={close} size={640} title={<Trans>Import a CSV file</Trans>}>
      {begun ? (
        <Steps key={begun.import.id} begun={begun} onRun={() => setKept(true)} onClose={close} />
      ) : (
        <FileStep onBegun={setBegun} />
      )}
    </Dialog>
  );
}

interface StepsProps {
  begun: BegunImport;
  /** From here on it is not thrown away. */
  onRun: () => void;
  onClose: () => void;
}

function Steps({ begun, onRun, onClose }: StepsProps) {
  const imported = useImport(begun.import);
  const [choices, setChoices] = useState<Choices>(() => guessedChoices(begun));
  const [mended, setMended] = useState<MendedCells>(new Map());
  const [isPlanning, setPlanning] = useState(true);
  const plan = planOf(choices);
  if (isPlanning || !plan)
    return (
      <PlanStep
        begun={begun}
        choices={choices}
        mended={mended}
        onChange={setChoices}
        onChecked={() => setPlanning(false)}
      />
    );
  if (isPrepared(imported))
    return (
      <CheckStep
        imported={imported}
        plan={plan}
        mended={mended}
        onMend={setMended}
        onBack={() => setPlanning(true)}
        onRun={onRun}
      />
    );
  return <ResultStep imported={imported} onClose={onClose} />;
}

function isPrepared({ state }: ImportOut): boolean {
  return state === "checking" || state === "checked" || state === "unreadable";
}
