/** A chat's picture, or its letters, with a dot in the colour of the account it belongs to. */

import { useAccounts } from "@/features/accounts/accounts";
import classes from "./ChatFace.module.css";
import { accountHue, hueOf, initialsOf } from "./faces";
import { useFace } from "./media/smallPictures";

interface ChatFaceProps {
  /** Without `private` this person may not see the picture. */
  chat: { id: string; title: string; account_id: string; private?: unknown };
  size?: number;
}

export function ChatFace({ chat, size = 40 }: ChatFaceProps) {
  const hue = hueOf(chat.id);
  const picture = useFace(chat.id, Boolean(chat.private));
  return (
    <span
      aria-hidden
      className={classes.face}
      style={{
        width: size,
        height: size,
        background: `var(--hue-${hue}-bg)`,
        color: `var(--hue-${hue}-text)`,
      }}
    >
      {picture ? <img src={picture} alt="" className={classes.picture} /> : initialsOf(chat.title)}
      <AccountDot accountId={chat.account_id} className={classes.corner} />
    </span>
  );
}

export function AccountDot({
  accountId,
  className = "",
}: {
  accountId: string;
  className?: string | undefined;
}) {
  const ids = useAccounts().data?.accounts.map((each) => each.id) ?? [];
  return (
    <span
      aria-hidden
      className={`${classes.dot} ${className}`}
      style={{ background: `var(--hue-${accountHue(ids, accountId)}-text)` }}
    />
  );
}
