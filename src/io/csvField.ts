/** Text as a field of RFC 4180: quoted where a reader would split it otherwise. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
