/** The plans with their prices, and how many of each are to be paid for: bought, or changed where some are. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { RadioBar } from "@/components/RadioBar";
import { SettingsSection } from "@/components/SettingsSection";
import { Stepper } from "@/components/Stepper";
import { intervalNames } from "@/features/seats/words";
import type { Billing, Interval, Order, Price } from "@/lib/api/types";
import { money } from "./money";
import { OrderRefusal } from "./OrderRefusal";
import classes from "./OrderSection.module.css";
import { hasSeats, isSame, type Kind, MOST, orderOf, priceOf, sumOf, yearlySaving } from "./order";
import { PreviewDialog } from "./PreviewDialog";
import { useCheckout } from "./useCheckout";

export function OrderSection({ billing }: { billing: Billing }) {
  const { t, i18n } = useLingui();
  const [interval, setInterval] = useState<Interval>(billing.subscriptions[0]?.interval ?? "month");
  const subscription = billing.subscriptions.find((each) => each.interval === interval);
  const saving = yearlySaving(billing.prices);
  return (
    <SettingsSection
      title={subscription ? <Trans>Change seats</Trans> : <Trans>Buy seats</Trans>}
      lead={<Trans>A seat is for one person and includes 5 Telegram accounts. Prices are before tax.</Trans>}
    >
      <div className={classes.interval}>
        <RadioBar
          label={t`How often you pay`}
          value={interval}
          options={(["month", "year"] as const).map((value) => ({
            value,
            label: i18n._(intervalNames[value]),
          }))}
          onChange={setInterval}
        />
        {saving > 0 && (
          <Text size="sm" className={classes.saving}>
            <Trans>Yearly saves {saving} %</Trans>
          </Text>
        )}
      </div>
      <OrderForm
        // What the provider told anew is what the steppers begin with again.
        key={`${interval}-${subscription?.version ?? 0}`}
        prices={billing.prices}
        paid={subscription && orderOf(interval, subscription)}
        first={orderOf(interval, subscription)}
        periodEnd={subscription?.period_end}
      />
    </SettingsSection>
  );
}

interface FormProps {
  prices: readonly Price[];
  /** What is paid at this interval; undefined where nothing is. */
  paid: Order | undefined;
  first: Order;
  periodEnd: string | undefined;
}

function OrderForm({ prices, paid, first, periodEnd }: FormProps) {
  const [order, setOrder] = useState(first);
  const [isPreviewed, setPreviewed] = useState(false);
  const checkout = useCheckout();
  const set = (kind: Kind) => (count: number) => setOrder({ ...order, [kind]: count });
  const isReady = hasSeats(order) && !(paid && isSame(order, paid));
  return (
    <>
      <div className={classes.cards}>
        <PlanCard kind="pro" order={order} prices={prices} onChange={set("pro")} />
        <PlanCard kind="basic" order={order} prices={prices} onChange={set("basic")} />
      </div>
      <ExtraAccounts order={order} prices={prices} onChange={set("extra")} />
      <OrderRefusal error={checkout.error} />
      <Group justify="space-between" className={classes.foot}>
        <Total order={order} prices={prices} />
        {paid ? (
          <Button disabled={!isReady} onClick={() => setPreviewed(true)}>
            <Trans>See what it costs</Trans>
          </Button>
        ) : (
          <Button disabled={!isReady} loading={checkout.isPending} onClick={() => checkout.run(order)}>
            <Trans>Continue to payment</Trans>
          </Button>
        )}
      </Group>
      {isPreviewed && (
        <PreviewDialog
          order={order}
          sum={sumOf(order, prices)}
          periodEnd={periodEnd}
          onClose={() => setPreviewed(false)}
        />
      )}
    </>
  );
}

interface CountProps {
  order: Order;
  prices: readonly Price[];
  onChange: (count: number) => void;
}

function PlanCard({ kind, order, prices, onChange }: CountProps & { kind: "basic" | "pro" }) {
  const { t } = useLingui();
  const price = priceOf(prices, kind, order.interval);
  return (
    <div className={classes.card} data-chosen={order[kind] > 0}>
      <h3>{kind === "pro" ? <Trans>Pro</Trans> : <Trans>Basic</Trans>}</h3>
      {price && <PriceLine price={price} each={<Trans>a seat</Trans>} />}
      <ul className={classes.gets}>
        <li>
          <Trans>Inbox, chats, columns and values</Trans>
        </li>
        <li>
          <Trans>5 Telegram accounts</Trans>
        </li>
        {kind === "pro" ? (
          <>
            <li>
              <Trans>Working on tickets</Trans>
            </li>
            <li>
              <Trans>Analytics, the API and MCP</Trans>
            </li>
          </>
        ) : (
          <li>
            <Trans>Reads tickets</Trans>
          </li>
        )}
      </ul>
      <Stepper
        label={kind === "pro" ? t`Pro seats` : t`Basic seats`}
        value={order[kind]}
        most={MOST}
        onChange={onChange}
      />
    </div>
  );
}

function PriceLine({ price, each }: { price: Price; each: ReactNode }) {
  const sum = money(price.amount_minor, price.currency);
  return (
    <p className={classes.price}>
      <strong>{sum}</strong>{" "}
      <span>
        {each} {price.interval === "month" ? <Trans>a month</Trans> : <Trans>a year</Trans>}
      </span>
    </p>
  );
}

function ExtraAccounts({ order, prices, onChange }: CountProps) {
  const { t } = useLingui();
  const price = priceOf(prices, "extra", order.interval);
  return (
    <div className={classes.extra}>
      <div className={classes.words}>
        <h3>
          <Trans>Extra Telegram accounts</Trans>
        </h3>
        {price && <PriceLine price={price} each={<Trans>each</Trans>} />}
        <Text size="sm" c="dimmed">
          <Trans>Beyond the 5 of a seat. You put them on seats below.</Trans>
        </Text>
      </div>
      <Stepper label={t`Extra accounts`} value={order.extra ?? 0} most={MOST} onChange={onChange} />
    </div>
  );
}

function Total({ order, prices }: Omit<CountProps, "onChange">) {
  const currency = prices[0]?.currency ?? "eur";
  const sum = money(sumOf(order, prices), currency);
  return (
    <Text fw={600} role="status">
      {order.interval === "month" ? <Trans>{sum} a month</Trans> : <Trans>{sum} a year</Trans>}
    </Text>
  );
}
