/** A proxy of my own for my connection. What is kept is never shown again: only that there is one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type ClipboardEvent, useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { PasswordField } from "@/components/PasswordField";
import { api } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { showProblem } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import { accountTitle, ownConnection } from "./accounts";
import { accountsQuery } from "./accountsQuery";
import { isPort, type ProxyKind, proxyOf, readProxyLink } from "./proxy";

interface Props {
  account: Account;
  onClose: () => void;
}

export function ProxyDialog({ account, onClose }: Props) {
  const title = accountTitle(account);
  const [isChanging, changing] = useDisclosure(!ownConnection(account)?.proxied);
  return (
    <Dialog opened onClose={onClose} title={<Trans>Proxy of {title}</Trans>}>
      {isChanging ? (
        <ProxyForm account={account} onDone={onClose} />
      ) : (
        <KeptProxy account={account} onChange={changing.open} onDone={onClose} />
      )}
    </Dialog>
  );
}

/** What both requests need: where they go, and what is read anew after. */
function useProxyPath(account: Account) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  return {
    path: { workspace_id: workspace.id, account_id: account.id },
    refresh: () => queryClient.invalidateQueries(accountsQuery(workspace.id)),
  };
}

interface KeptProps {
  account: Account;
  onChange: () => void;
  onDone: () => void;
}

function KeptProxy({ account, onChange, onDone }: KeptProps) {
  const { t } = useLingui();
  const { path, refresh } = useProxyPath(account);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = api.useMutation(
    "delete",
    "/workspaces/{workspace_id}/accounts/{account_id}/connection/proxy",
    {
      onSuccess: async () => {
        await refresh();
        notifyDone(t`Proxy removed. Wireroom connects directly now.`);
        onDone();
      },
      onError: (error) => setProblem(problemText(error)),
    },
  );
  return (
    <Stack gap="lg">
      <FormProblem>{problem}</FormProblem>
      <Text size="sm">
        <Trans>Connects through a proxy. Its address and login are kept sealed and not shown again.</Trans>
      </Text>
      <Group justify="flex-end">
        <Button
          variant="light"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params: { path } })}
        >
          <Trans>Remove proxy</Trans>
        </Button>
        <Button onClick={onChange}>
          <Trans>Change proxy</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function ProxyForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useLingui();
  const { path, refresh } = useProxyPath(account);
  const [problem, setProblem] = useState<string | null>(null);
  const [kind, setKind] = useState<ProxyKind>("socks5");
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { host: "", port: "1080", username: "", password: "", secret: "" },
    validate: {
      host: isNotEmpty(t`Enter the proxy's host.`),
      port: (port) => (isPort(port) ? null : t`Enter a port from 1 to 65535.`),
      secret: (secret) => (kind === "mtproxy" && !secret.trim() ? t`Enter the proxy's secret.` : null),
    },
  });
  const save = api.useMutation("put", "/workspaces/{workspace_id}/accounts/{account_id}/connection/proxy", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t`Proxy saved. Wireroom connects through it now.`);
      onDone();
    },
    onError: (error) => setProblem(showProblem(form, error)),
  });
  const submit = form.onSubmit((written) => save.mutate({ params: { path }, body: proxyOf(kind, written) }));
  const takeLink = (event: ClipboardEvent) => {
    const linked = readProxyLink(event.clipboardData.getData("text"));
    if (linked === null) return;
    event.preventDefault();
    setKind(linked.kind);
    form.setValues(linked.values);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem>{problem}</FormProblem>
        <Text size="sm">
          <Trans>
            A proxy of your own, for where Telegram is hard to reach. While it is away, your connection waits
            for it and never goes around it. A link to a proxy can be pasted as its host.
          </Trans>
        </Text>
        <SegmentedControl
          aria-label={t`Kind of proxy`}
          value={kind}
          onChange={setKind}
          data={[
            { value: "socks5", label: "SOCKS5" },
            { value: "mtproxy", label: "MTProxy" },
          ]}
        />
        <TextInput
          label={t`Host`}
          placeholder="proxy.example.com"
          maxLength={253}
          autoComplete="off"
          data-autofocus
          onPaste={takeLink}
          key={form.key("host")}
          {...form.getInputProps("host")}
        />
        <TextInput
          label={t`Port`}
          inputMode="numeric"
          maxLength={5}
          autoComplete="off"
          key={form.key("port")}
          {...form.getInputProps("port")}
        />
        {kind === "mtproxy" ? (
          <PasswordField
            label={t`Secret`}
            description={t`What stands after “secret=” in the proxy's link.`}
            maxLength={398}
            autoComplete="off"
            key={form.key("secret")}
            {...form.getInputProps("secret")}
          />
        ) : (
          <>
            <TextInput
              label={t`User (if it asks for one)`}
              maxLength={255}
              autoComplete="off"
              key={form.key("username")}
              {...form.getInputProps("username")}
            />
            <PasswordField
              label={t`Password (if it asks for one)`}
              maxLength={255}
              autoComplete="off"
              key={form.key("password")}
              {...form.getInputProps("password")}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={save.isPending}>
            <Trans>Save proxy</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
