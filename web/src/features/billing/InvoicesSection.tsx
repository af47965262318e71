/** Invoices, newest first, with the links that open them. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Anchor, Badge, Group, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ReceiptText } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { billsQuery } from "@/features/seats/seats";
import type { Bill } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { money } from "./money";
import classes from "./SeatsSection.module.css";

export function InvoicesSection() {
  return (
    <SettingsSection title={<Trans>Invoices</Trans>}>
      <Invoices />
    </SettingsSection>
  );
}

function Invoices() {
  const bills = useQuery(billsQuery(useWorkspace().id));
  if (bills.isPending) return <LoadingRows rows={2} height={40} />;
  if (bills.isError) return <ErrorState error={bills.error} onRetry={() => void bills.refetch()} />;
  if (bills.data.invoices.length === 0) {
    return (
      <EmptyState icon={ReceiptText} title={<Trans>No invoices yet</Trans>}>
        <Trans>The first one comes with the first payment.</Trans>
      </EmptyState>
    );
  }
  return (
    <Table verticalSpacing="sm" className={classes.table}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Invoice</Trans>
          </Table.Th>
          <Table.Th visibleFrom="sm">
            <Trans>Date</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>Total</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>State</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bills.data.invoices.map((bill) => (
          <InvoiceRow key={bill.id} bill={bill} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function InvoiceRow({ bill }: { bill: Bill }) {
  const { t } = useLingui();
  const name = bill.number || t`Draft`;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm">
          {bill.page ? (
            <Anchor href={bill.page} target="_blank" rel="noreferrer">
              {name}
            </Anchor>
          ) : (
            name
          )}
          {bill.pdf && (
            <Anchor
              href={bill.pdf}
              target="_blank"
              rel="noreferrer"
              size="sm"
              aria-label={t`PDF of invoice ${name}`}
            >
              PDF
            </Anchor>
          )}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <time dateTime={bill.created_at}>{exactTime(bill.created_at)}</time>
      </Table.Td>
      <Table.Td className="tabular">{money(bill.total_minor, bill.currency)}</Table.Td>
      <Table.Td>
        <BillState status={bill.status} />
      </Table.Td>
    </Table.Tr>
  );
}

function BillState({ status }: { status: string }) {
  const { t } = useLingui();
  const states: Record<string, { name: string; color: string }> = {
    draft: { name: t`In the making`, color: "gray" },
    open: { name: t`Open`, color: "red" },
    paid: { name: t`Paid`, color: "green" },
    void: { name: t`Void`, color: "gray" },
    uncollectible: { name: t`Given up`, color: "gray" },
  };
  const { name, color } = states[status] ?? { name: status, color: "gray" };
  return (
    <Badge variant="light" color={color}>
      {name}
    </Badge>
  );
}
