/** Name and username of the signed-in person. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, matches, useForm } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Refusal } from "@/components/Refusal";
import { SettingsSection } from "@/components/SettingsSection";
import { api } from "@/lib/api/client";
import type { Me, User } from "@/lib/api/types";
import { focusFirst } from "@/lib/forms";
import { notifyDone } from "@/lib/notify";
import { usePageTitle } from "@/lib/pageTitle";
import { meQuery, useMe } from "@/lib/session";

import { MailState } from "./MailState";
import { showNameProblem, USERNAME } from "./username";

export function ProfileSettings() {
  const { t } = useLingui();
  const { user } = useMe();
  usePageTitle(t`Profile`, t`Settings`);
  return (
    <SettingsSection
      title={<Trans>Profile</Trans>}
      lead={<Trans>Teammates see your name and username.</Trans>}
    >
      <ProfileForm key={`${user.full_name}/${user.username}`} user={user} />
    </SettingsSection>
  );
}

function ProfileForm({ user }: { user: User }) {
  const { t } = useLingui();
  const [refused, setRefused] = useState<unknown>(null);
  const save = useSaveProfile();
  const form = useForm({
    mode: "controlled",
    initialValues: { full_name: user.full_name, username: user.username },
    validate: {
      full_name: isNotEmpty(t`Enter your name.`),
      username: matches(USERNAME, t`3 to 32 small letters, digits or underscores.`),
    },
  });
  const submit = form.onSubmit(
    (body) => {
      setRefused(null);
      const onSuccess = () => notifyDone(t`Profile saved.`);
      save.mutate({ body }, { onSuccess, onError: (error) => setRefused(showNameProblem(form, error)) });
    },
    (errors) => focusFirst(form, Object.keys(errors)),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={420}>
        <Refusal error={refused} />
        <TextInput label={t`Full name`} autoComplete="name" {...form.getInputProps("full_name")} />
        <TextInput
          label={t`Username`}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps("username")}
        />
        <TextInput
          label={t`E-mail`}
          value={user.email}
          readOnly
          rightSectionWidth={120}
          rightSection={<MailState isVerified={user.email_verified} />}
        />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            <Trans>Save profile</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSaveProfile() {
  const queryClient = useQueryClient();
  return api.useMutation("patch", "/me", {
    onSuccess: (user) =>
      queryClient.setQueryData<Me>(meQuery.queryKey, (me) => (me === undefined ? me : { ...me, user })),
  });
}
