/** A name never costs a call: whatever stands before an address, in any bytes, the call is taken, held and ended. */
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/sipd/inspect.ts'
import { type Dialog, fact, type Req, within } from './app.ts'
import { follow, learn, newLeg, request, response, sdp } from './peer.ts'
import { stage } from './stage.ts'

/** Before the address, one character a byte. */
const names: readonly (readonly [what: string, name: string])[] = [
  ['brackets', 'Zhang (San)'],
  ['a comma', 'Zhang, San'],
  ['commas and semicolons', 'Zhang, San; Dr., of {x} [y] @z: a=b?'],
  ['doubled quotes', '""Zhang San""'],
  ['quotes within quotes', '"Zhang "Lao" San"'],
  ['a quote within', 'Zhang "Lao" San'],
  ['angle brackets', 'Zhang <San>'],
  ['another address in brackets', '<sip:110@police.example>'],
  ['another address without', 'sip:110@police.example'],
  ['another address in quotes', '"sip:110@police.example"'],
  ['a backslash at the end', '"Zhang\\"'],
  ['GBK', '"\xd5\xc5\xc8\xfd"'],
  ['GBK whose last byte is a backslash', '"\xd5\x5c"'],
  ['GBK whose last byte is a backslash, without quotes', '\xd5\x5c'],
  ['GBK whose last byte is a bar or a bracket', '"\xd5\x7c\xd5\x7b\xd5\x5b"'],
  ['Big5', '"\xb1\x69\xa4\x54"'],
  ['half of a UTF-8 character', '"\xe5\xbc"'],
  ['control characters', 'Zhang\x00\x07\x1bSan'],
  ['nothing', '""'],
  ['2,000 characters', `"${'x'.repeat(2_000)}"`],
  ['UTF-8 without quotes', Buffer.from('张三(办公室)，北京').toString('latin1')],
]
const written = (name: string): readonly (readonly [what: string, address: string])[] => [
  ['in brackets', `${name} <sip:13800138000@127.0.0.1>`],
  ['in brackets at once', `${name}<sip:13800138000@127.0.0.1:5061;user=phone>`],
  ['bare', `${name} sip:13800138000@127.0.0.1`],
]
const bytes = (text: string) => Buffer.from(text, 'latin1')
const withHeader = (text: string, name: string, value: string) =>
  text.replace(new RegExp(`^${name}: .*$`, 'm'), () => `${name}: ${value}`)

describe.each(names)('a caller whose name is %s', (_, name) => {
  it.each(written(name))('written %s is answered, hears from us, and hangs up', async (_how, address) => {
    const told = fact<Dialog>()
    const asked = fact<Req>()
    const { server, peer } = await stage({
      invite: app => async (req, res) => {
        asked.tell(req)
        told.tell(await app.createUAS(req, res, { localSdp: sdp(5000) }))
      },
    })
    const leg = { ...newLeg(server.sipPort), local: `${address};tag=caller` }
    const invite = withHeader(
      request(peer, leg, 'INVITE', { body: sdp() }),
      'Contact',
      `${name} <sip:peer@127.0.0.1:${peer.port}>`,
    )
    peer.send(bytes(invite))
    learn(leg, await peer.hear('200 INVITE'))
    peer.send(bytes(request(peer, leg, 'ACK')))
    const dialog = await told.come
    const info = dialog.request({ method: 'INFO' })
    const heard = await peer.hear('INFO')
    expect(heard.header('To')).toMatch(/;tag=caller$/)
    peer.send(bytes(response(peer, leg, heard, 200)))
    expect((await within(5_000, info, 'the answer')).status).toBe(200)
    peer.send(bytes(request(peer, leg, 'BYE')))
    await peer.hear('200 BYE')
  })

  it.each(written(name))('written %s may give up', async (_how, address) => {
    const { server, peer } = await stage({ invite: () => (_req, res) => res.send(180) })
    const leg = { ...newLeg(server.sipPort), local: `${address};tag=caller` }
    const invite = request(peer, leg, 'INVITE', { body: sdp() })
    peer.send(bytes(invite))
    await peer.hear('180 INVITE')
    peer.send(bytes(follow(invite, 'CANCEL')))
    await peer.hear('487 INVITE')
  })

  it.each(['To', 'P-Asserted-Identity', 'Remote-Party-ID', 'Subject'])(
    'and stands in %s, too',
    async header => {
      const { server, peer } = await stage({ invite: () => (_req, res) => res.send(486) })
      const invite = request(peer, newLeg(server.sipPort), 'INVITE', {
        body: sdp(),
        headers: header === 'To' ? [] : [`${header}: x`],
      })
      peer.send(bytes(withHeader(invite, header, `${name} <sip:12345@127.0.0.1>`)))
      await peer.hear('486 INVITE')
    },
  )

  it('may register, and answer our calls', async () => {
    const { server, app, peer } = await stage({ register: () => (_req, res) => res.send(200) })
    const leg = {
      ...newLeg(server.sipPort),
      local: `${name} <sip:s1@127.0.0.1>;tag=x`,
      remote: `${name} <sip:s1@127.0.0.1>`,
    }
    peer.send(bytes(request(peer, leg, 'REGISTER')))
    await peer.hear('200 REGISTER')
    const placed = app.createUAC(`sip:peer@127.0.0.1:${peer.port}`, { localSdp: sdp(5000) })
    const invite = await peer.hear('INVITE')
    const answer = response(peer, { ...leg, local: `${invite.header('To')};tag=seat` }, invite, 200, {
      body: sdp(),
    })
    peer.send(bytes(withHeader(answer, 'Contact', `${name} <sip:peer@127.0.0.1:${peer.port}>`)))
    await peer.hear('ACK')
    expect((await placed).connected).toBe(true)
  })
})

it('takes several Contacts apart at the commas between them, not at those within names', () => {
  const register = (contacts: string) =>
    `REGISTER sip:a SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\nContact: ${contacts}\r\n\r\n`
  for (const good of ['A, B <sip:a@b>, <sip:c@d>;q=1', '"A, B" <sip:a@b>,sip:c@d', '*']) {
    const found = inspect(register(good).replace('\r\n\r\n', '\r\nExpires: 0\r\n\r\n'))
    expect([good, found.outcome]).toEqual([good, 'request'])
  }
  for (const wrong of ['A, B', '<sip:a@b>, nobody', '<sip:a@b', ',', '<>']) {
    expect([wrong, inspect(register(wrong)).outcome]).toEqual([wrong, 'refuse'])
  }
})

/** Each fills a datagram with what a careless pattern would look at again and again. */
const heavy = (): readonly string[] => {
  const fill = (unit: string) => unit.repeat(Math.floor(64_000 / unit.length))
  const head =
    'INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n'
  const values = [
    ' ',
    '\t',
    ',',
    'a,',
    '<',
    '< ',
    '<a:',
    '"',
    '\\',
    '" ',
    ';',
    '; ',
    ';a',
    ';a=',
    'sip:',
    ' sip:',
    ' tel:a',
    'a ',
    '\r\n ',
    '\r\n\t',
    '\r\n a',
    '\xd5\x5c',
    '%',
    '(',
    '@',
    ':',
  ]
  return [
    'From',
    'To',
    'Contact',
    'Via',
    'Route',
    'Record-Route',
    'CSeq',
    'Call-ID',
    'Content-Length',
    'Subject',
    'Require',
  ].flatMap(name =>
    values.flatMap(value =>
      ['x', 'a:b;x', '"x'].map(start => `${head}${name}: ${start}${fill(value)}y\r\n\r\n`),
    ),
  )
}

it('no datagram takes long to read', () => {
  const slow = heavy().flatMap(text => {
    // Of this process alone: on a busy machine another has the core meanwhile.
    const before = process.cpuUsage()
    inspect(text)
    const { user, system } = process.cpuUsage(before)
    const tookMs = (user + system) / 1_000
    return tookMs > 150 ? [`${tookMs} ms: ${text.slice(100, 160)}`] : []
  })
  expect(slow).toEqual([])
})
