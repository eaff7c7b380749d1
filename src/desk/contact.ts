import { Fault } from '../foundation/index.ts'

/**
 * A SIP URI without headers (RFC 3261, section 19.1.1): scheme, optional user, host or [IPv6], port, parameters.
 * Nothing in it can end a header line or a name-addr.
 */
const sipUri =
  /^sips?:(?:[\w.!~*'()&=+$,;?/%-]+@)?(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(?:;[\w.!~*'()[\]/:&+$%=-]+)*$/i

/** A seat's page, as its line names it, or a telephone by its number. */
const pageOrNumber = /^(?:browser:[a-z0-9][\w.-]{0,31}|tel:\+\d{7,15})$/i

export function isContact(text: string): boolean {
  const read = sipUri.exec(text)
  const port = Number(read?.[1] ?? 5060)
  return pageOrNumber.test(text) || (read !== null && port > 0 && port < 65_536)
}

/** @throws Fault `contact-invalid` */
export function parseContact(text: string): string {
  if (isContact(text)) return text
  throw new Fault({
    code: 'contact-invalid',
    place: 'contact',
    found: JSON.stringify(text),
    expected: 'a SIP URI, as sip:s1@127.0.0.1:5090, or a number, as tel:+8613800138000',
  })
}
