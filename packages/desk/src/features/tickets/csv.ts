/** Rows as CSV that Excel opens in Chinese: with a byte order mark, CRLF, and nothing that a sheet would run as a formula. */
export function toCsv(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(text: string): string {
  // A cell that begins like a formula is shown, not calculated; plain negative numbers and phone numbers stay numbers.
  const safe = /^[=@\t\r]/.test(text) || /^[+-](?![\d.]*$)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Gives the person a file made on this page. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
