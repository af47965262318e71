/** The files somebody drops or pastes. Pure. */

/** What was dropped: its files, and whether folders were among them, which cannot be sent. */
export function droppedOf(transfer: DataTransfer): { files: File[]; hasFolders: boolean } {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry()?.isDirectory ?? false;
  const files = items.filter((item) => !isFolder(item)).flatMap((item) => item.getAsFile() ?? []);
  return { files, hasFolders: items.some(isFolder) };
}

/**
 * The files of a paste; none where the text is what was meant.
 *
 * Cells and paragraphs are copied as text, as markup and as a picture of both. A file copied on a Mac comes with its
 * name as text, but without markup.
 */
export function pastedOf({ files, types }: DataTransfer): File[] {
  const isWritten =
    types.includes("text/plain") && (types.includes("text/html") || types.includes("text/rtf"));
  return isWritten ? [] : [...files];
}
