/** Every template the person may use, by shelf and folder, with a search over names, shortcuts and beginnings. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Lock, Users } from "lucide-react";
import { useState } from "react";
import { SearchField } from "@/components/SearchField";
import type { TemplateCard, TemplateFolder } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { FileCount } from "../FileCount";
import { found } from "../picker/found";
import { FolderHead } from "./FolderHead";
import { type Group, groupsOf } from "./groups";
import classes from "./TemplateList.module.css";

export interface Shelves {
  templates: TemplateCard[];
  folders: TemplateFolder[];
}

export function TemplateList({ shelves, openId }: { shelves: Shelves; openId: string | undefined }) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const cards = search.trim() === "" ? shelves.templates : found(shelves.templates, search);
  const groups = (isShared: boolean) => groupsOf(cards, shelves.folders, isShared, search.trim() !== "");
  return (
    <nav className={classes.list} aria-label={t`Templates`}>
      <SearchField
        className={classes.search}
        label={t`Search templates`}
        placeholder={t`Search templates`}
        value={search}
        onChange={setSearch}
      />
      <Shelf isShared groups={groups(true)} openId={openId} />
      <Shelf isShared={false} groups={groups(false)} openId={openId} />
      {cards.length === 0 && search !== "" && (
        <Text size="sm" c="dimmed" role="status" className={classes.nothing}>
          <Trans>No template has these words.</Trans>
        </Text>
      )}
    </nav>
  );
}

interface ShelfProps {
  isShared: boolean;
  groups: Group[];
  openId: string | undefined;
}

function Shelf({ isShared, groups, openId }: ShelfProps) {
  const { t } = useLingui();
  if (groups.length === 0) return null;
  const title = isShared ? t`Shared with the workspace` : t`Only you`;
  const Icon = isShared ? Users : Lock;
  return (
    <section aria-label={title}>
      <h2 className={classes.shelf}>
        <Icon size={14} aria-hidden />
        {title}
      </h2>
      {groups.map(({ folder, cards }) => (
        <div key={folder?.id ?? ""}>
          {folder && <FolderHead folder={folder} />}
          <ul className={classes.cards} data-inside={folder !== null}>
            {cards.map((card) => (
              <li key={card.id}>
                <Row card={card} isOpen={card.id === openId} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Row({ card, isOpen }: { card: TemplateCard; isOpen: boolean }) {
  const ws = useWorkspace().id;
  return (
    <Link
      to="/w/$ws/templates/$templateId"
      params={{ ws, templateId: card.id }}
      className={classes.row}
      aria-current={isOpen ? "page" : undefined}
    >
      <span className={classes.top}>
        <span className={classes.name} dir="auto">
          {card.name}
        </span>
        <FileCount files={card.files} />
        {card.shortcut && <kbd className={classes.shortcut}>/{card.shortcut}</kbd>}
      </span>
      <span className={classes.excerpt} dir="auto">
        {card.excerpt}
      </span>
    </Link>
  );
}
