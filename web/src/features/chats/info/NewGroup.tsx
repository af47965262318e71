/** Founds a group or channel from one of the person's accounts, and invites people by their usernames. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, NativeSelect, Stack, TagsInput, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { FormProblem } from "@/components/FormProblem";
import { RadioBar } from "@/components/RadioBar";
import { accountTitle } from "@/features/accounts/accounts";
import type { Account } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { useLive } from "@/live/LiveProvider";
import { mintClientId } from "../messages/clientId";
import { refusalText } from "./telegramRefusals";

interface NewGroupProps {
  accounts: readonly Account[];
  /** Until it ends the group cannot be made a second time. */
  onMade: (chatId: string) => Promise<void>;
}

/** The id of a wish: the same as long as it is the same wish, so that asking again founds nothing twice. */
function useClientId(): (wish: object) => string {
  const known = useRef({ wish: "", id: "" });
  return (wish) => {
    const said = JSON.stringify(wish);
    if (said !== known.current.wish) known.current = { wish: said, id: mintClientId() };
    return known.current.id;
  };
}

export function NewGroup({ accounts, onMade }: NewGroupProps) {
  const { t } = useLingui();
  const live = useLive();
  const [accountId, setAccountId] = useState(accounts[0]?.id ?? "");
  const [kind, setKind] = useState<"supergroup" | "channel">("supergroup");
  const [title, setTitle] = useState("");
  const [about, setAbout] = useState("");
  const [names, setNames] = useState<string[]>([]);
  const clientIdOf = useClientId();
  const make = useMutation({
    mutationFn: async () => {
      const body = { account_id: accountId, kind, title: title.trim(), about, names };
      const { chat_id, missing } = await live.request("group.create", {
        ...body,
        client_id: clientIdOf(body),
      });
      if (missing > 0) notifyProblem(t`Some people were not added. Send them the invite link.`);
      await onMade(chat_id);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {accounts.length > 1 && (
          <NativeSelect
            label={t`From account`}
            value={accountId}
            data={accounts.map((each) => ({ value: each.id, label: accountTitle(each) }))}
            onChange={(event) => setAccountId(event.currentTarget.value)}
          />
        )}
        <RadioBar
          label={t`What to make`}
          value={kind}
          options={[
            { value: "supergroup", label: t`Group` },
            { value: "channel", label: t`Channel` },
          ]}
          onChange={setKind}
        />
        <TextInput
          label={t`Name`}
          required
          maxLength={128}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t`Description`}
          maxLength={255}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        <TagsInput
          label={t`People to add, by username`}
          placeholder="@username"
          maxTags={20}
          value={names}
          onChange={setNames}
        />
        {make.error && <FormProblem>{refusalText(make.error)}</FormProblem>}
        <Button type="submit" loading={make.isPending} disabled={title.trim() === "" || accountId === ""}>
          <Trans>Create</Trans>
        </Button>
      </Stack>
    </form>
  );
}
