/** Rows as CSV that Excel opens in Chinese: with a byte order mark, CRLF, and nothing that a sheet would run as a formula. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  // A cell that begins like a formula is shown, not calculated; plain negative numbers and phone numbers stay numbers.
  const safe = /^[=@\t\r]/.test(text) || /^[+-](?![\d.]*$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
