/** Who is at the other end of the workspace's chats, each once, and which accounts know them. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Tabs, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Contact as ContactIcon, Users } from "lucide-react";
import { Initials } from "@/components/Initials";
import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { accountTitle, useAccounts } from "@/features/accounts/accounts";
import { AccountDot } from "@/features/chats/ChatFace";
import { useKindNames } from "@/features/chats/kinds";
import type { Account } from "@/lib/api/types";
import { usePageTitle } from "@/lib/pageTitle";
import { useWorkspace } from "@/lib/session";
import classes from "./ContactsScreen.module.css";
import { type Party, useParties, type Whom } from "./contacts";

interface ContactsScreenProps {
  whom: Whom;
  onWhom: (whom: Whom) => void;
}

export function ContactsScreen({ whom, onWhom }: ContactsScreenProps) {
  const { t } = useLingui();
  usePageTitle(t`Contacts`, useWorkspace().name);
  return (
    <div className={classes.screen}>
      <PageHeader title={<Trans>Contacts</Trans>} />
      <Tabs value={whom} onChange={(picked) => onWhom(picked as Whom)} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="contacts" leftSection={<ContactIcon size={16} aria-hidden />}>
            <Trans>People</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="groups" leftSection={<Users size={16} aria-hidden />}>
            <Trans>Groups</Trans>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="contacts" className={classes.panel}>
          <Parties whom="contacts" />
        </Tabs.Panel>
        <Tabs.Panel value="groups" className={classes.panel}>
          <Parties whom="groups" />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Parties({ whom }: { whom: Whom }) {
  const { t } = useLingui();
  const query = useParties(whom);
  const accounts = useAccounts().data?.accounts ?? [];
  if (query.isPending) return <LoadingRows rows={8} height={44} />;
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const parties = query.data.pages.flatMap((page) => page.parties);
  if (parties.length === 0 && !query.hasNextPage) return <Nobody whom={whom} />;
  return (
    <>
      <ul className={classes.list} aria-label={whom === "contacts" ? t`People` : t`Groups`}>
        {parties.map((party) => (
          <PartyLine key={party.id} party={party} accounts={accounts} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

function Nobody({ whom }: { whom: Whom }) {
  return (
    <EmptyState icon={ContactIcon} title={<Trans>Nobody yet</Trans>}>
      {whom === "contacts" ? (
        <Trans>The people your accounts have chats with stand here once somebody connects an account.</Trans>
      ) : (
        <Trans>Groups and channels stand here once somebody brings them into the workspace.</Trans>
      )}
    </EmptyState>
  );
}

function PartyLine({ party, accounts }: { party: Party; accounts: readonly Account[] }) {
  const kind = useKindNames()[party.kind];
  return (
    <li className={classes.line}>
      <Initials name={party.name} size={36} />
      <div className={classes.words}>
        <Text fw={500} dir="auto">
          {party.name}
        </Text>
        <Text size="sm" c="dimmed">
          {kind}
          {party.username && ` · @${party.username}`}
          <MemberCount party={party} />
        </Text>
      </div>
      <KnownBy party={party} accounts={accounts} />
    </li>
  );
}

function MemberCount({ party }: { party: Party }) {
  if (!("member_count" in party) || party.member_count === null) return null;
  return (
    <>
      {" · "}
      <Plural value={party.member_count} one="# member" other="# members" />
    </>
  );
}

/** Each account that knows them leads to its own chat. */
function KnownBy({ party, accounts }: { party: Party; accounts: readonly Account[] }) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  return (
    <Group gap="xs" component="ul" className={classes.known} aria-label={t`Known by`}>
      {party.known_by.map(({ account_id, chat_id }) => {
        const account = accounts.find((each) => each.id === account_id);
        return (
          <li key={chat_id}>
            <Link to="/w/$ws/chats" params={{ ws }} search={{ peek: chat_id }} className={classes.account}>
              <AccountDot accountId={account_id} />
              {account ? accountTitle(account) : t`An account`}
            </Link>
          </li>
        );
      })}
    </Group>
  );
}
