import type { Message } from './message.ts'

/** The message as it goes over the wire, with a Content-Length that is true. */
export function serialise(message: Message): string {
  let text =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`
  for (const { name, value } of message.headers) {
    if (name !== 'Content-Length') text += `${name}: ${value}\r\n`
  }
  return `${text}Content-Length: ${message.body.length}\r\n\r\n${message.body}`
}
