/** The workspace's own fields of tickets: made, renamed, put in order and deleted by whoever manages columns. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { useTypeNames } from "@/features/fields/typeNames";
import { WhoMay } from "@/features/workspaces/WhoMay";
import type { TicketField } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";
import { ticketFieldsQuery, useChangeField } from "../fields";

const FieldDialog = lazy(() => import("./FieldDialog"));
const DeleteFieldDialog = lazy(() => import("./DeleteFieldDialog"));

type Act = { kind: "add" } | { kind: "edit" | "delete"; field: TicketField };

export function FieldsSection() {
  const mayManage = useCan("columns.manage");
  const query = useQuery(ticketFieldsQuery(useWorkspace().id));
  const [act, setAct] = useState<Act>();
  const fields = query.data?.fields ?? [];
  return (
    <SettingsSection
      title={<Trans>Fields of tickets</Trans>}
      lead={
        mayManage ? (
          <Trans>Everyone in the workspace sees them on every ticket.</Trans>
        ) : (
          <WhoMay action="columns.manage" />
        )
      }
      action={mayManage && <AddField onClick={() => setAct({ kind: "add" })} />}
    >
      {query.isPending && <LoadingRows rows={2} height={40} />}
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && fields.length === 0 && (
        <Text c="dimmed">
          <Trans>None yet.</Trans>
        </Text>
      )}
      <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {fields.map((field, place) => (
          <FieldRow
            key={field.id}
            field={field}
            place={place}
            count={fields.length}
            mayManage={mayManage}
            onAct={setAct}
          />
        ))}
      </ul>
      <Suspense>
        {act?.kind === "add" && <FieldDialog onClose={() => setAct(undefined)} />}
        {act?.kind === "edit" && <FieldDialog field={act.field} onClose={() => setAct(undefined)} />}
        {act?.kind === "delete" && <DeleteFieldDialog field={act.field} onClose={() => setAct(undefined)} />}
      </Suspense>
    </SettingsSection>
  );
}

function AddField({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<Plus size={16} aria-hidden />} onClick={onClick}>
      <Trans>Add field</Trans>
    </Button>
  );
}

interface FieldRowProps {
  field: TicketField;
  place: number;
  count: number;
  mayManage: boolean;
  onAct: (act: Act) => void;
}

function FieldRow({ field, place, count, mayManage, onAct }: FieldRowProps) {
  const typeNames = useTypeNames();
  const { name } = field;
  return (
    <SettingsRow
      as="li"
      title={<span dir="auto">{name}</span>}
      action={mayManage && <RowActions {...{ field, place, count, onAct }} />}
    >
      {typeNames[field.type]}
    </SettingsRow>
  );
}

function RowActions({ field, place, count, onAct }: Omit<FieldRowProps, "mayManage">) {
  const { t } = useLingui();
  const change = useChangeField();
  const { name } = field;
  const move = (to: number) =>
    change.mutate({ id: field.id, place: to }, { onError: (error) => notifyProblem(problemText(error)) });
  return (
    <span style={{ display: "flex", flex: "none" }}>
      <ActionIcon
        size={32}
        aria-label={t`Move ${name} up`}
        disabled={place === 0}
        onClick={() => move(place - 1)}
      >
        <ArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        size={32}
        aria-label={t`Move ${name} down`}
        disabled={place === count - 1}
        onClick={() => move(place + 1)}
      >
        <ArrowDown size={16} />
      </ActionIcon>
      <ActionIcon size={32} aria-label={t`Edit ${name}`} onClick={() => onAct({ kind: "edit", field })}>
        <Pencil size={16} />
      </ActionIcon>
      <ActionIcon size={32} aria-label={t`Delete ${name}`} onClick={() => onAct({ kind: "delete", field })}>
        <Trash2 size={16} />
      </ActionIcon>
    </span>
  );
}
