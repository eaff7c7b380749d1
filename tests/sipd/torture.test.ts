/** The messages of RFC 4475, byte for byte, and what that RFC wants done with each. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/sipd/inspect.ts'
import { header, headers } from '../../src/sipd/message.ts'

const folder = join(import.meta.dirname, 'rfc4475')
const text = (name: string) => readFileSync(join(folder, `${name}.dat`), 'latin1')

/** Section, and what to do: take it, refuse it with a status, or say nothing. */
const verdicts: Readonly<Record<string, readonly [section: string, verdict: 'taken' | 'silence' | number]>> =
  {
    wsinv: ['3.1.1.1 a short tortuous INVITE', 'taken'],
    intmeth: ['3.1.1.2 wide range of valid characters', 'taken'],
    esc01: ['3.1.1.3 valid use of the % escaping mechanism', 'taken'],
    escnull: ['3.1.1.4 escaped nulls in URIs', 'taken'],
    esc02: ['3.1.1.5 use of % when it is not an escape', 'taken'],
    lwsdisp: ['3.1.1.6 no white space between display name and <', 'taken'],
    longreq: ['3.1.1.7 long values in header fields', 'taken'],
    dblreq: ['3.1.1.8 extra trailing octets in a UDP datagram', 'taken'],
    semiuri: ['3.1.1.9 semicolon-separated parameters in URI user part', 'taken'],
    transports: ['3.1.1.10 varied and unknown transport types', 'taken'],
    mpart01: ['3.1.1.11 multipart MIME message', 'taken'],
    unreason: ['3.1.1.12 unusual reason phrase', 'taken'],
    noreason: ['3.1.1.13 empty reason phrase', 'taken'],
    badinv01: ['3.1.2.1 extraneous header field separators', 400],
    clerr: ['3.1.2.2 Content-Length larger than message', 400],
    ncl: ['3.1.2.3 negative Content-Length', 400],
    scalar02: ['3.1.2.4 request scalar fields with overlarge values', 400],
    scalarlg: ['3.1.2.5 response scalar fields with overlarge values', 'silence'],
    quotbal: ['3.1.2.6 unterminated quoted string in display name', 400],
    ltgtruri: ['3.1.2.7 <> enclosing Request-URI', 400],
    lwsruri: ['3.1.2.8 malformed Request-URI with white space', 400],
    lwsstart: ['3.1.2.9 multiple SP separating Request-Line elements', 400],
    trws: ['3.1.2.10 SP characters at end of Request-Line', 400],
    escruri: ['3.1.2.11 escaped headers in SIP Request-URI', 400],
    baddate: ['3.1.2.12 invalid time zone in Date: may be ignored', 'taken'],
    regbadct: ['3.1.2.13 failure to enclose name-addr URI in <>', 400],
    badaspec: ['3.1.2.14 spaces within addr-spec: may be taken', 'taken'],
    baddn: ['3.1.2.15 non-token characters in display name', 400],
    badvers: ['3.1.2.16 unknown protocol version', 505],
    mismatch01: ['3.1.2.17 start line and CSeq method mismatch', 400],
    mismatch02: ['3.1.2.18 unknown method with CSeq error', 400],
    bigcode: ['3.1.2.19 overlarge response code', 'silence'],
    badbranch: ['3.2.1 missing transaction identifier: matched as RFC 2543 does', 'taken'],
    insuf: ['3.3.1 missing required header fields', 400],
    unkscm: ['3.3.2 Request-URI with unknown scheme', 416],
    novelsc: ['3.3.3 Request-URI with known but atypical scheme', 416],
    unksm2: ['3.3.4 unknown URI schemes in header fields', 'taken'],
    bext01: ['3.3.5 Proxy-Require and Require: for the app to refuse', 'taken'],
    invut: ['3.3.6 unknown Content-Type: for the app to refuse', 'taken'],
    regaut01: ['3.3.7 unknown authorization scheme: for the app to challenge', 'taken'],
    multi01: ['3.3.8 multiple values in single value required fields', 400],
    mcl01: ['3.3.9 multiple Content-Length values', 400],
    bcast: ['3.3.10 200 OK response with broadcast Via: belongs to no transaction', 'taken'],
    zeromf: ['3.3.11 Max-Forwards of zero: for the app, which is at its end', 'taken'],
    cparam01: ['3.3.12 REGISTER with a contact header parameter', 'taken'],
    cparam02: ['3.3.13 REGISTER with a url parameter', 'taken'],
    regescrt: ['3.3.14 REGISTER with a URL escaped header', 'taken'],
    sdp01: ['3.3.15 unacceptable Accept: for the app to refuse', 'taken'],
    inv2543: ['3.4.1 INVITE with RFC 2543 syntax', 'taken'],
  }

it('has a verdict on each of the 49 messages', () => {
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.dat'))
    .map(name => name.replace('.dat', ''))
  expect(Object.keys(verdicts).sort()).toEqual(names.sort())
  expect(names).toHaveLength(49)
})

describe.each(Object.entries(verdicts))('%s', (name, [section, verdict]) => {
  it(`${section}: ${verdict}`, () => {
    const found = inspect(text(name))
    if (found.outcome === 'refuse') expect(found.refusal.status).toBe(verdict)
    else expect(found.outcome === 'silence' ? 'silence' : 'taken').toBe(verdict)
  })
})

it('reads the tortuous INVITE to its end', () => {
  const found = inspect(text('wsinv'))
  if (found.outcome !== 'request') throw new Error(found.outcome)
  const { message, ids } = found
  expect(message.uri).toBe('sip:vivekg@chair-dnrc.example.com;unknownparam')
  expect(ids).toMatchObject({
    callId: 'wsinv.ndaksdj@192.0.2.1',
    cseq: 9,
    fromTag: '98asjd8',
    toTag: '1918181833n',
  })
  expect(ids.via).toMatchObject({ transport: 'UDP', host: '192.0.2.2' })
  expect(ids.via.params.get('branch')).toBe('390skdjuw')
  expect(header(message, 'Max-Forwards')).toBe('0068')
  expect(header(message, 'Newfangledheader')).toBe('newfangled value continued newfangled value')
  expect(header(message, 'Subject')).toBe('')
  expect(headers(message, 'Via')).toHaveLength(2)
  expect(message.body).toHaveLength(150)
})

it('leaves what follows the body in a datagram', () => {
  const found = inspect(text('dblreq'))
  if (found.outcome !== 'request') throw new Error(found.outcome)
  expect(found.message.method).toBe('REGISTER')
  expect(found.message.body).toBe('')
})

it('keeps the bytes of an unusual reason', () => {
  const found = inspect(text('unreason'))
  if (found.outcome !== 'response') throw new Error(found.outcome)
  expect(Buffer.from(found.message.reason, 'latin1').toString('utf8')).toBe(
    '= 2**3 * 5**2 но сто девяносто девять - простое',
  )
})
