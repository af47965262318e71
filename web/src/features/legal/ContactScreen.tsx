/** Write to the people who run this installation. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { hasLength, isEmail, isNotEmpty, useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { api } from "@/lib/api/client";
import type { User } from "@/lib/api/types";
import { focusFirst, showProblem } from "@/lib/forms";
import { meQuery } from "@/lib/session";

const MAX_MESSAGE = 5000;

export function ContactScreen() {
  const { t } = useLingui();
  const me = useQuery({ ...meQuery, retry: false });
  const [sentFrom, setSentFrom] = useState<string | null>(null);
  if (sentFrom !== null) return <Sent email={sentFrom} />;
  return (
    <PublicPage
      title={t`Contact`}
      lead={<Trans>Your message goes to the people who run this Wireroom. They answer by e-mail.</Trans>}
    >
      {!me.isPending && <ContactForm user={me.data?.user} onSent={setSentFrom} />}
    </PublicPage>
  );
}

function Sent({ email }: { email: string }) {
  const { t } = useLingui();
  return (
    <PublicPage title={t`Message sent`} lead={<Trans>The answer will come to {email}.</Trans>}>
      <LinkButton to="/" variant="default">
        <Trans>Go to Wireroom</Trans>
      </LinkButton>
    </PublicPage>
  );
}

/** `user` is who is signed in: they need not type who they are. */
function ContactForm({ user, onSent }: { user: User | undefined; onSent: (email: string) => void }) {
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const contact = api.useMutation("post", "/contact");
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: user?.full_name ?? "", email: user?.email ?? "", message: "" },
    validate: {
      name: isNotEmpty(t`Enter your name.`),
      email: isEmail(t`Enter an e-mail address, such as ada@example.com.`),
      message: hasLength(
        { min: 1, max: MAX_MESSAGE },
        t`Write a message of at most ${MAX_MESSAGE} characters.`,
      ),
    },
  });
  const submit = form.onSubmit(
    (body) => {
      setProblem(null);
      const onSuccess = () => onSent(body.email);
      contact.mutate({ body }, { onSuccess, onError: (error) => setProblem(showProblem(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <FormProblem>{problem}</FormProblem>
        <TextInput
          label={t`Your name`}
          autoComplete="name"
          key={form.key("name")}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="email"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <Textarea
          label={t`Message`}
          autosize
          minRows={5}
          maxRows={14}
          key={form.key("message")}
          {...form.getInputProps("message")}
        />
        <Button type="submit" fullWidth loading={contact.isPending}>
          <Trans>Send message</Trans>
        </Button>
      </Stack>
    </form>
  );
}
