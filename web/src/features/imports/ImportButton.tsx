/** Opens the import of a file; what it takes is loaded then. Only for those who may. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { FileUp } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useCan } from "@/lib/session";

const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog")).ImportDialog }));

export function ImportButton() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const mayImport = useCan("data.import");
  if (!mayImport) return null;
  const label = t`Import a CSV file`;
  return (
    <>
      <ActionIcon size={32} aria-label={label} title={label} onClick={() => setOpen(true)}>
        <FileUp size={16} />
      </ActionIcon>
      <Suspense>{isOpen && <ImportDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
