/** Opens the editor of a field in the details by the keyboard, from wherever on the page. */

const FRAMES = 120;

/** What a field is found by. */
export function fieldMark(columnId: string): { "data-field": string } {
  return { "data-field": columnId };
}

/** Waits for the field where the details have only begun to be shown, for two seconds at most. */
export function openValueField(columnId: string, frames = FRAMES): void {
  const field = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(columnId)}"]`);
  if (field) {
    field.focus();
    field.click();
  } else if (frames > 0) requestAnimationFrame(() => openValueField(columnId, frames - 1));
}
