/** The workspace's logo, and a picture on its way to become it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { ImageUp, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";

import { FormProblem } from "@/components/FormProblem";
import { ApiError } from "@/lib/api/errors";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import { WorkspaceLogo } from "../WorkspaceLogo";
import { LOGO_TYPES, type Unfit, unfit } from "./logoFile";
import { useLogo } from "./useLogo";

const SIZE = 64;

export function LogoField({ mayChange }: { mayChange: boolean }) {
  const { t } = useLingui();
  const { name, logo_url } = useWorkspace();
  const { upload, remove, progress } = useLogo();
  const [refused, setRefused] = useState<Unfit>();
  const preview = useObjectUrl(upload.isPending ? upload.variables : undefined);
  const problem = useProblem(refused, upload.error ?? remove.error);
  const pick = (file: File | null) => {
    if (file === null) return;
    const reason = unfit(file);
    setRefused(reason);
    remove.reset();
    if (reason) upload.reset();
    else upload.mutate(file, { onSuccess: () => notifyDone(t`Logo changed.`) });
  };
  const takeAway = () => remove.mutate(undefined, { onSuccess: () => notifyDone(t`Logo removed.`) });
  return (
    <Stack gap="md">
      <FormProblem>{problem}</FormProblem>
      <Group gap="lg" wrap="nowrap">
        <WorkspaceLogo name={name} url={preview ?? logo_url} size={SIZE} />
        {mayChange && (
          <Stack gap="xs" flex={1}>
            {upload.isPending ? (
              <UploadProgress part={progress} />
            ) : (
              <Buttons
                hasLogo={logo_url !== null}
                isBusy={remove.isPending}
                onPick={pick}
                onRemove={takeAway}
              />
            )}
            <Text size="sm" c="dimmed">
              <Trans>A PNG, JPEG or WebP picture of at most 512 KB. Square ones look best.</Trans>
            </Text>
          </Stack>
        )}
      </Group>
    </Stack>
  );
}

interface ButtonsProps {
  hasLogo: boolean;
  isBusy: boolean;
  onPick: (file: File | null) => void;
  onRemove: () => void;
}

function Buttons({ hasLogo, isBusy, onPick, onRemove }: ButtonsProps) {
  const { t } = useLingui();
  return (
    <Group gap="sm">
      <FileButton accept={LOGO_TYPES.join(",")} onChange={onPick} inputProps={{ "aria-label": t`Picture` }}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<ImageUp size={16} aria-hidden />}>
            {hasLogo ? <Trans>Replace logo</Trans> : <Trans>Upload logo</Trans>}
          </Button>
        )}
      </FileButton>
      {hasLogo && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Trash2 size={16} aria-hidden />}
          loading={isBusy}
          onClick={onRemove}
        >
          <Trans>Remove logo</Trans>
        </Button>
      )}
    </Group>
  );
}

function UploadProgress({ part }: { part: number }) {
  const { t } = useLingui();
  const percent = Math.round(part * 100);
  return (
    <div role="status">
      <Text size="sm" mb="xs" className="tabular">
        <Trans>Uploading, {percent} %</Trans>
      </Text>
      <Progress value={percent} aria-label={t`Upload`} />
    </div>
  );
}

function useProblem(refused: Unfit | undefined, error: unknown): string | null {
  const { t } = useLingui();
  if (refused === "type") return t`This is no PNG, JPEG or WebP picture.`;
  if (refused === "size") return t`This picture is larger than 512 KB. Choose a smaller one.`;
  if (!error) return null;
  const isFromStorage = error instanceof ApiError && error.code === "upload-refused";
  return isFromStorage ? t`The picture could not be stored. Try again.` : problemText(error);
}

/** An address of a local file for as long as it is shown. */
function useObjectUrl(file: File | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === undefined) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(null);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
