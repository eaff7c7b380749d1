/** Messages of Azure's speech protocol: headers, an empty line and a body; in binary ones the headers' length before. */
export type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

export function parse(message: string): Message {
  const end = message.indexOf('\r\n\r\n')
  return { headers: headersIn(message.slice(0, end)), body: message.slice(end + 4) }
}

export function parseBinary(message: Buffer): {
  readonly headers: Message['headers']
  readonly body: Buffer
} {
  const end = 2 + message.readUInt16BE(0)
  return { headers: headersIn(message.toString('latin1', 2, end).trimEnd()), body: message.subarray(end) }
}

function headersIn(text: string): Message['headers'] {
  return Object.fromEntries(
    text
      .split('\r\n')
      .map(line => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )
}
