/** Has this browser forget the rows it keeps; the code for it is loaded when it is needed. */

export function forgetRows(): void {
  void import("./wipe").then(({ wipeAll }) => wipeAll());
}
