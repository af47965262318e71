/** Who reads the messages of a chat: only people who connected its account. */

import { Plural, Trans } from "@lingui/react/macro";
import { WhoSees } from "@/components/WhoSees";
import type { Account, Chat } from "@/lib/api/types";

interface WhoReadsProps {
  chat: Chat;
  account: Account | undefined;
}

export function WhoReads({ chat, account }: WhoReadsProps) {
  const connected = account?.connections.filter(({ state }) => state !== "disconnected") ?? [];
  const others = connected.filter(({ mine }) => !mine).length;
  if (!chat.private)
    return (
      <WhoSees who="some">
        <Trans>Only people who connected this account read its messages.</Trans>{" "}
        <Plural value={connected.length} _0="" one="# person did." other="# people did." />
      </WhoSees>
    );
  return (
    <WhoSees who="some">
      <Plural
        value={others}
        _0="Only you read its messages"
        one="You and # other who connected this account read its messages"
        other="You and # others who connected this account read its messages"
      />
    </WhoSees>
  );
}
