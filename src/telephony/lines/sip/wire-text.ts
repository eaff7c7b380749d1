import { isAscii } from 'node:buffer'
import { readAddress, readAddresses, writeAddress } from './address.ts'

/**
 * What a SIP server passes on is bytes, and telephones write names in whatever their maker's country used. Each line
 * of the head is read by itself: as UTF-8 where it is that, else in the Chinese encodings, else byte by byte. A body that
 * is no UTF-8 is bytes, as that of a key in an INFO.
 */
export function textOf(message: Buffer): string {
  const whole = decode(utf8, message)
  if (whole !== undefined) {
    const blank = whole.indexOf('\r\n\r\n')
    return blank < 0 ? cleanHead(whole) : cleanHead(whole.slice(0, blank)) + whole.slice(blank)
  }
  const blank = message.indexOf('\r\n\r\n')
  const end = blank < 0 ? message.length : blank
  const body = message.subarray(end)
  return cleanHead(headOf(message.subarray(0, end))) + (decode(utf8, body) ?? body.toString('latin1'))
}

const cleanHead = (head: string) => cleanAddresses(unfold(head))

/**
 * A header that goes on in the next line, after a blank (RFC 3261, section 7.3.1), is one line. drachtio-server passes it on as it came,
 * the library repeats that in every answer, and the server (0.9.10) makes a 500 of the answer, or drops the tag.
 */
const unfold = (head: string) => (folds.test(head) ? head.replace(/[ \t]*\r?\n[ \t]+/g, ' ') : head)
const folds = /\n[ \t]/

function headOf(head: Buffer): string {
  const lines: string[] = []
  for (let start = 0; start <= head.length; ) {
    const end = head.indexOf('\n', start)
    const next = end < 0 ? head.length : end
    lines.push(decodeLine(head.subarray(start, next)))
    start = next + 1
  }
  return lines.join('\n')
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const gb18030 = new TextDecoder('gb18030', { fatal: true })
const big5 = new TextDecoder('big5', { fatal: true })

function decodeLine(line: Buffer): string {
  const read = decode(utf8, line)
  if (read !== undefined) return read
  const simplified = decode(gb18030, line)
  const traditional = decode(big5, line)
  // Most bytes are a character in either; a name is in the one in which all of it is in use.
  const isBig5 = traditional !== undefined && !isCommonGb(line) && isCommonBig5(line)
  return (isBig5 ? traditional : (simplified ?? traditional)) ?? line.toString('latin1')
}

function decode(decoder: typeof utf8, bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes)
    // What an encoding has no character for comes as one of nobody's.
    return !isAscii(bytes) && /\p{Co}/u.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

/** GB 2312, the characters of which all are in daily use, and Big5's first level (A440 to C67E). */
const isCommonGb = (line: Buffer) =>
  everyPair(line, (lead, trail) => lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1)
const isCommonBig5 = (line: Buffer) =>
  everyPair(
    line,
    (lead, trail) => lead >= 0xa4 && (lead < 0xc6 || (lead === 0xc6 && trail <= 0x7e)) && trail >= 0x40,
  )

function everyPair(line: Buffer, fits: (lead: number, trail: number) => boolean): boolean {
  for (let at = 0; at < line.length; at++) {
    const lead = line[at]!
    if (lead >= 0x80 && !fits(lead, line[++at] ?? 0)) return false
  }
  return true
}

/**
 * The library reads addresses by the grammar and takes apart what is not of it, as a name of Chinese characters
 * without quotes, at the wrong place: it gets them as the grammar has them.
 */
function cleanAddresses(head: string): string {
  const lines = head.match(addressLines) ?? []
  const contacts = lines.filter(line => /^(?:contact|m)[ \t]*:/i.test(line)).length
  if (contacts === 1 && lines.every(line => isClean.test(line))) return head
  const withOne = contacts === 0 ? withSomeContact(head) : contacts === 1 ? head : withoutFalseContacts(head)
  return withOne.replace(addressLines, cleaned)
}

const addressLines = /^((?:from|f|to|t|contact|m)[ \t]*:)([^\r\n]*)/gim
/** As nearly all are: a URI in brackets, a name in quotes before it or none, a tag behind it or nothing. */
const isClean = /^\w+[ \t]*:[ \t]*(?:"[^"\\]*"[ \t]*)?<[a-z][\w+.-]*:[^<>\s"]*>(?:;tag=[\w\-.!%*+`'~]+)?$/i

const fromNetwork = /^[^|\r\n]*\|sip\|network\|\d+\|(\w+)\|([^|\r\n]+)\|(\d+)\|[^\r\n]*\r\n/

/**
 * An INVITE, or the answer to one of ours, that does not say where its sender is reached. The library makes no dialog of it
 * and leaves the other end in the call; it is reached where the message came from.
 */
function withSomeContact(head: string): string {
  const [meta, protocol, address = '', port] = fromNetwork.exec(head) ?? []
  if (meta === undefined) return head
  const message = head.slice(meta.length)
  const end = message.indexOf('\r\n')
  const start = message.slice(0, end)
  const isAnswer = /^SIP\/2\.0 2\d\d/i.test(start) && /^cseq[ \t]*:[ \t]*\d+[ \t]+INVITE[ \t]*$/im.test(head)
  if (!isAnswer && !/^INVITE /i.test(start)) return head
  const host = address.includes(':') ? `[${address.replace(/^\[|\]$/g, '')}]` : address
  const place = `\r\nContact: <sip:${host}:${port};transport=${protocol}>`
  return meta + message.slice(0, end) + place + message.slice(end)
}

/** Of several Contacts the library reads the first, whatever it is: those that are none go, where one is. */
function withoutFalseContacts(head: string): string {
  const contacts = head.match(/^(?:contact|m)[ \t]*:[^\r\n]*\r?\n?/gim) ?? []
  const isTrue = (line: string) => readAddresses(line.replace(/^\w+[ \t]*:/, '')).length > 0
  if (!contacts.some(isTrue)) return head
  return contacts.filter(line => !isTrue(line)).reduce((text, line) => text.replace(line, ''), head)
}

function cleaned(line: string, name: string, value: string): string {
  if (isClean.test(line)) return line
  const listed = readAddresses(value)
  const address = readAddress(value)
  const found = listed.length > 0 ? listed : address ? [address] : []
  return found.length === 0 ? line : `${name} ${found.map(writeAddress).join(', ')}`
}
