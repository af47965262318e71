/** Opens the filter's builder, whose code comes with its first use, and says how many conditions there are. */

import { useLingui } from "@lingui/react/macro";
import { Badge, Button } from "@mantine/core";
import { ListFilter } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { FieldBook } from "./fields";
import { conditionsOf, type Group } from "./filter/model";

const load = () => import("./filter/FilterPopover");
const FilterPopover = lazy(load);

interface FilterButtonProps {
  fields: FieldBook;
  filter: Group;
  onChange: (filter: Group) => void;
}

export function FilterButton({ fields, filter, onChange }: FilterButtonProps) {
  const { t } = useLingui();
  const [isWanted, setWanted] = useState(false);
  const count = conditionsOf(filter).length;
  const looks = {
    size: "sm",
    variant: "default",
    leftSection: <ListFilter size={16} aria-hidden />,
    rightSection: count > 0 && <Badge size="sm">{count}</Badge>,
    children: t`Filter`,
  };
  const preload = () => void load();
  const idle = (
    <Button
      {...looks}
      aria-haspopup="dialog"
      onPointerEnter={preload}
      onFocus={preload}
      onClick={() => setWanted(true)}
    />
  );
  if (!isWanted) return idle;
  return (
    <Suspense fallback={idle}>
      <FilterPopover looks={looks} fields={fields} filter={filter} onChange={onChange} />
    </Suspense>
  );
}
