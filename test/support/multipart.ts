/** A multipart form as a browser sends it. */
export function multipartForm(
  fields: Readonly<Record<string, string>>,
  files: readonly { readonly name: string; readonly bytes: Uint8Array | string }[],
): { payload: Buffer; headers: Record<string, string> } {
  const boundary = '----xiedang-test-boundary';
  const pieces: Buffer[] = [];
  for (const [name, value] of Object.entries(fields))
    pieces.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
  for (const file of files) {
    const name = file.name.replaceAll('"', '%22');
    pieces.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(file.bytes),
      Buffer.from('\r\n'),
    );
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return {
    payload: Buffer.concat(pieces),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      host: 'localhost',
      origin: 'http://localhost',
    },
  };
}
