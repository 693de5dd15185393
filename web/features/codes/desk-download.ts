import { visible } from './code-mark.tsx';

/** A cell that a spreadsheet neither rounds, nor strips of zeros, nor runs as a formula. */
function csvCell(text: string): string {
  const cell = visible(text);
  const asText = /^\d{6,}$|^0\d+$/.test(cell) ? `\t${cell}` : /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[",\t\r\n]/.test(asText) ? `"${asText.replaceAll('"', '""')}"` : asText;
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveCsv(rows: readonly (readonly string[])[], name: string): void {
  const text = rows.map((row) => row.map(csvCell).join(',')).join('\r\n');
  save(new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv;charset=utf-8' }), `${name}.csv`);
}

export async function saveXlsx(rows: readonly (readonly string[])[], name: string): Promise<void> {
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  const sheet = book.addWorksheet('codes', { views: [{ state: 'frozen', ySplit: 1 }] });
  rows.forEach((row, index) => {
    const added = sheet.addRow(row.map(visible));
    if (index === 0) added.font = { bold: true };
  });
  sheet.columns.forEach((column, index) => {
    column.numFmt = '@';
    column.width = index === 1 ? 40 : 18;
  });
  const bytes = await book.xlsx.writeBuffer();
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  save(new Blob([bytes], { type }), `${name}.xlsx`);
}
