/** The files of a cell. Each is written when it comes or goes, so closing the editor keeps everything. */

import { Box, Text } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import ValueFiles from "../ValueFiles";
import type { ValueEditorProps } from "./types";

interface FilesEditorProps extends Pick<ValueEditorProps, "column" | "value" | "onCancel"> {
  onChange: (value: ValueEditorProps["value"]) => void;
}

export default function FilesEditor({ column, value: opened, onCancel, onChange }: FilesEditorProps) {
  const [value, setValue] = useState(opened);
  /** Tab goes through the buttons here, not on to the next cell. A dialog that was opened here has its own Escape. */
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    const isHere = event.currentTarget.contains(event.target as Node);
    if (event.key === "Escape" && isHere) onCancel();
  };
  return (
    <Box p="sm" miw={280} role="group" aria-label={column.name} onKeyDown={onKeyDown}>
      <Text size="xs" c="dimmed" mb="xs">
        {column.name}
      </Text>
      <ValueFiles
        value={value}
        onChange={(next) => {
          setValue(next);
          onChange(next);
        }}
      />
    </Box>
  );
}
