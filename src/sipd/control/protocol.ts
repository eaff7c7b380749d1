import { type Header, readHeaders } from '../message.ts'
import type { Hop } from '../transport.ts'

/** The release of drachtio-server whose protocol this is; the library asks for at least 0.8.2 before it pings. */
export const version = 'v0.9.10'

/** What an app asks for. `id` is what the answer has to name. */
export type AppCommand =
  | { readonly verb: 'authenticate'; readonly id: string; readonly secret: string }
  | { readonly verb: 'route' | 'remove_route'; readonly id: string; readonly method: string }
  | { readonly verb: 'ping' | 'proxy' | 'unknown'; readonly id: string }
  | Sip

/** A message to send: with a transaction a response or a CANCEL, with a dialog a request within it, else a new one. */
export type Sip = {
  readonly verb: 'sip'
  readonly id: string
  readonly transactionId: string
  readonly dialogId: string
  /** Where to send it instead of where its URI says. */
  readonly outboundProxy?: string
  readonly startLine: string
  readonly headers: readonly Header[]
  readonly body: string
}

/** Reads one frame. */
export function readAppCommand(text: string): AppCommand {
  const end = text.indexOf('\r\n')
  const [id = '', verb, ...fields] = (end < 0 ? text : text.slice(0, end)).split('|')
  switch (verb) {
    case 'authenticate':
      return { verb, id, secret: fields[0] ?? '' }
    case 'route':
    case 'remove_route':
      return { verb, id, method: (fields[0] ?? '').toUpperCase() }
    case 'ping':
    case 'proxy':
      return { verb, id }
    case 'sip': {
      const [transactionId = '', dialogId = '', outboundProxy] = fields
      const message = readMessage(end < 0 ? '' : text.slice(end + 2))
      return { verb, id, transactionId, dialogId, ...message, outboundProxy: outboundProxy || undefined }
    }
    default:
      return { verb: 'unknown', id }
  }
}

/** The library counts characters where it writes Content-Length: the frame says how long the body is. */
function readMessage(text: string): Pick<Sip, 'startLine' | 'headers' | 'body'> {
  const blank = text.indexOf('\r\n\r\n')
  const [startLine = '', ...lines] = (blank < 0 ? text : text.slice(0, blank)).split('\r\n')
  return { startLine, headers: readHeaders(lines), body: blank < 0 ? '' : text.slice(blank + 4) }
}

/** Where a SIP message came from or went: `source|bytes|protocol|address|port|hh:mm:ss.uuuuuu`. */
export function meta(source: 'network' | 'application', bytes: number, hop: Hop, nowMs: number): string {
  return `${source}|${bytes}|${hop.protocol}|${hop.address}|${hop.port}|${timeOfDay(nowMs)}`
}

/** In UTC. By arithmetic: a Date's text costs 3 µs, and this is said six times a call. */
function timeOfDay(nowMs: number): string {
  const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)
  const seconds = Math.floor(nowMs / 1000)
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${clock}.${String(Math.floor(nowMs % 1000)).padStart(3, '0')}000`
}
