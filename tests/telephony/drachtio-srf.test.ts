/**
 * What is worked round because drachtio-srf cannot do it. Each of these fails once the library can: then the work-round
 * that it names may go.
 */
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

const load = createRequire(import.meta.url)
const lib = (name: string) => load(`drachtio-srf/lib/${name}.js`)
const { version } = load('drachtio-srf/package.json') as { readonly version: string }

describe(`drachtio-srf ${version}`, () => {
  it('reads no blanks round the = of a challenge, nor two challenges apart: challenge.ts answers them', () => {
    const DigestClient = lib('digest-client')
    const client = new DigestClient({ req: {}, agent: {} })
    expect(client._parseChallenge('Digest realm = "t", nonce="n"')).not.toHaveProperty('realm')
    const two = client._parseChallenge(
      'Digest realm="a", nonce="n1", algorithm=SHA-256, Digest realm="b", nonce="n2"',
    )
    expect(two.nonce).toBe('n2')
    expect(String(DigestClient.prototype.authenticate)).not.toMatch(/sha256/i)
  })

  it('answers one challenge a call, however stale its nonce: invite.ts sends again', () => {
    expect(String(lib('drachtio-agent').prototype._onMsg)).not.toMatch(/stale/i)
  })

  it('forgets the answer in a reliable 183: invite.ts keeps it', () => {
    const source = String(lib('srf').prototype.createUAC)
    expect(source).not.toMatch(/earlyMedia|early\.sdp|provisionalSdp/)
    expect(String(lib('dialog'))).toMatch(/sdp: 'uas' === type \? this\.req\.body : this\.res\.body/)
  })

  it('reads names by the grammar alone, and loses the tag behind others: wire-text.ts writes them by the grammar', () => {
    const Message = lib('sip-parser/message')
    const message = new Message({
      method: 'INVITE',
      uri: 'sip:a@b',
      headers: { from: 'Wang, Li <sip:1@h>;tag=x' },
    })
    expect(message.getParsedHeader('from').params.tag).toBeUndefined()
  })

  it('takes the caller from a name that looks like a URI: caller.ts reads the address', () => {
    const Message = lib('sip-parser/message')
    const headers = { from: '"sip:110@police.example" <sip:13800138000@h>' }
    expect(new Message({ method: 'INVITE', uri: 'sip:a@b', headers }).callingNumber).toBe('110')
  })

  it('says 200 to what nobody listens for, and prints what it does not know: drachtio.ts refuses before', () => {
    const handle = String(lib('dialog').prototype.handle)
    expect(handle).toMatch(/0 === this\.listeners\(eventName\)\.length\) res\.send\(200\)/)
    expect(handle).toMatch(/console\.error\(`Dialog#handle received invalid method/)
  })

  it('prints a message that it cannot read: drachtio.ts keeps it unsaid', () => {
    expect(String(lib('drachtio-agent').prototype._onMsg)).toMatch(/console\.error\(err, `unable to parse/)
  })

  it('gives an UPDATE to what we ask within its call, or says to it what our INVITE said: drachtio.ts passes it on', () => {
    expect(String(lib('drachtio-agent').prototype._onMsg)).toMatch(
      /sr\.req\.emit\('update', req, res\);\s*return/,
    )
    expect(String(lib('srf').prototype.createUAC)).toMatch(/res\.send\(200, \{body: opts\.localSdp\}\)/)
  })

  it('decodes UTF-8 whatever came: drachtio.ts cuts the frames itself', () => {
    expect(String(lib('wire-protocol').prototype._onData)).toMatch(/toString\('utf8', start, totalSize\)/)
  })
})
