/** The filter's builder, hung on its button: opens as soon as it is there. */

import { useLingui } from "@lingui/react/macro";
import { Button, type ButtonProps, Popover } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { FieldBook } from "../fields";
import { FilterBuilder } from "./FilterBuilder";
import type { Group } from "./model";

interface FilterPopoverProps {
  looks: ButtonProps;
  fields: FieldBook;
  filter: Group;
  onChange: (filter: Group) => void;
}

export default function FilterPopover({ looks, fields, filter, onChange }: FilterPopoverProps) {
  const { t } = useLingui();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // The focus goes back to this button afterwards: it took the place of the one that was pressed.
    button.current?.focus();
    setOpen(true);
  }, []);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={560} trapFocus returnFocus>
      <Popover.Target>
        <Button ref={button} {...looks} onClick={() => setOpen(!isOpen)} />
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Filter`}>
        {isOpen && <FilterBuilder fields={fields} filter={filter} onChange={onChange} />}
      </Popover.Dropdown>
    </Popover>
  );
}
