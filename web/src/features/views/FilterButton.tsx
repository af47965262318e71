/** Opens the filter's builder, and says how many conditions there are. */

import { useLingui } from "@lingui/react/macro";
import { Badge, Button, Loader, Popover } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { FieldBook } from "./fields";
import { conditionsOf, type Group } from "./filter/model";

const load = () => import("./filter/FilterBuilder");
const FilterBuilder = lazy(async () => ({ default: (await load()).FilterBuilder }));

interface FilterButtonProps {
  fields: FieldBook;
  filter: Group;
  onChange: (filter: Group) => void;
}

export function FilterButton({ fields, filter, onChange }: FilterButtonProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const count = conditionsOf(filter).length;
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={560} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="sm"
          variant="default"
          leftSection={<ListFilter size={16} aria-hidden />}
          rightSection={count > 0 && <Badge size="sm">{count}</Badge>}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
          onClick={() => setOpen(!isOpen)}
        >
          {t`Filter`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Filter`}>
        <Suspense fallback={<Loader size="sm" />}>
          {isOpen && <FilterBuilder fields={fields} filter={filter} onChange={onChange} />}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
