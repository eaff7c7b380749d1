import { describe, expect, it } from 'vitest'
import { readAddress } from '../../src/sipd/address.ts'
import { appHeaders, contentType } from '../../src/sipd/app-headers.ts'
import { headerName } from '../../src/sipd/header-name.ts'
import { inspect } from '../../src/sipd/inspect.ts'
import { destinationOf } from '../../src/sipd/locate.ts'
import type { Request } from '../../src/sipd/message.ts'
import { readParams, splitList } from '../../src/sipd/params.ts'
import { notingSender, replyHop } from '../../src/sipd/response.ts'
import { createFramer } from '../../src/sipd/stream.ts'
import { readUri } from '../../src/sipd/uri.ts'
import { readVia } from '../../src/sipd/via.ts'

const options = (...lines: string[]) =>
  [
    'OPTIONS sip:a@b SIP/2.0',
    ...lines,
    'From: <sip:c@d>;tag=1',
    'To: <sip:a@b>',
    'Call-ID: x',
    'CSeq: 1 OPTIONS',
    '',
    '',
  ].join('\r\n')

it.each([
  ['i', 'Call-ID'],
  ['call-id', 'Call-ID'],
  ['CALL-ID', 'Call-ID'],
  ['v', 'Via'],
  ['cseq', 'CSeq'],
  ['www-authenticate', 'WWW-Authenticate'],
  ['rseq', 'RSeq'],
  ['x-session-token', 'X-Session-Token'],
  ['M', 'Contact'],
])('calls %s %s', (written, name) => {
  expect(headerName(written)).toBe(name)
})

describe('an address', () => {
  it.each([
    ['<sip:a@b>', 'sip:a@b', {}],
    ['"A, \\"B\\" <c>" <sip:a@b;x=1>;tag=7', 'sip:a@b;x=1', { tag: '7' }],
    ['A B <sip:a@b> ; tag = 7;lr', 'sip:a@b', { tag: '7', lr: '' }],
    ['sip:a@b;tag=7', 'sip:a@b', { tag: '7' }],
    ['tel:+8612345', 'tel:+8612345', {}],
    [Buffer.from('李 <sip:a@b>').toString('latin1'), 'sip:a@b', {}],
  ])('%s', (text, uri, params) => {
    const address = readAddress(text)
    expect(address?.uri).toBe(uri)
    expect(Object.fromEntries(address?.params ?? [])).toEqual(params)
  })

  it.each(['"open <sip:a@b>', '<sip:a@b', 'A, B <sip:a@b>', '<sip:a@b> x', '', '<>', 'nobody'])(
    'is not: %s',
    text => {
      expect(readAddress(text)).toBeUndefined()
    },
  )
})

describe('a URI', () => {
  // The last byte of 无 is A0, which is white space to a regular expression and none in a URI.
  it.each(['无号码', '私人号码', '张三丰'])('holds a user of any bytes: %s', name => {
    const user = Buffer.from(name).toString('latin1')
    expect(readUri(`sip:${user}@h`)).toMatchObject({ user, host: 'h' })
    expect(readAddress(`<sip:${user}@h>;tag=a`)?.uri).toBe(`sip:${user}@h`)
    expect(readAddress(`sip:${user}@h;tag=a`)?.uri).toBe(`sip:${user}@h`)
  })

  it('is taken apart', () => {
    expect(readUri('sip:user;par=u%40x:pw@[2001:db8::1]:5070;transport=TCP?a=b')).toMatchObject({
      user: 'user;par=u%40x:pw',
      host: '2001:db8::1',
      port: 5070,
      headers: 'a=b',
    })
    expect(readUri('sips:example.com')).toMatchObject({ scheme: 'sips', host: 'example.com' })
  })

  it.each(['sip:', 'http://x', 'sip:a@b:99999', 'sip:a b@c', 'tel:1'])('is not: %s', text => {
    expect(readUri(text)).toBeUndefined()
  })
})

it('reads a Via whatever its white space, and only a Via', () => {
  expect(readVia('SIP / 2.0 / tcp  [::1] : 5070 ; branch = z9hG4bK1;rport')).toMatchObject({
    transport: 'TCP',
    host: '::1',
    port: 5070,
  })
  expect(readVia('SIP/2.0/UDP 192.0.2.15;;,;,,')).toBeUndefined()
  expect(readVia('SIP/1.0/UDP a')).toBeUndefined()
})

it('parts lists at the commas that part them', () => {
  expect(splitList('"a,b" <sip:a,b@c>, <sip:d>;x="1,2" ,sip:e')).toEqual([
    '"a,b" <sip:a,b@c>',
    '<sip:d>;x="1,2"',
    'sip:e',
  ])
  expect(readParams(';a=1;b="x;y";c')?.get('b')).toBe('"x;y"')
  expect(readParams(';;')).toBeUndefined()
})

it('takes the body that Content-Length says, and all that is there without one', () => {
  const body = (text: string) => {
    const found = inspect(text)
    return found.outcome === 'request' ? found.message.body : found.outcome
  }
  const via = 'Via: SIP/2.0/UDP a;branch=z9hG4bK1'
  expect(body(`${options(via, 'l: 3')}abcdef`)).toBe('abc')
  expect(body(`${options(via)}abcdef`)).toBe('abcdef')
  expect(body(`${options(via, 'Content-Length: 9')}abcdef`)).toBe('refuse')
})

it.each([
  ['a second Max-Forwards', 'Max-Forwards: 1\r\nMax-Forwards: 2'],
  ['a Max-Forwards over 255', 'Max-Forwards: 256'],
  ['a star among contacts', 'Contact: *\r\nContact: <sip:a@b>'],
  ['a Contact that is none', 'Contact: <sip:a'],
  ['a header without a colon', 'Subject'],
])('refuses %s', (_what, line) => {
  expect(inspect(options('Via: SIP/2.0/UDP a;branch=z9hG4bK1', line)).outcome).toBe('refuse')
})

describe('lines that end with LF alone', () => {
  const written = [
    'OPTIONS sip:a@b SIP/2.0',
    'Via: SIP/2.0/UDP a;branch=z9hG4bK1',
    'From: <sip:a@b>;tag=1',
    'To: "a',
    ' b" <sip:a@b>',
    'Call-ID: 1',
    'CSeq: 1 OPTIONS',
    'Content-Length: 4',
    '',
    'v=0\n',
  ]
  it.each([
    ['all', written.join('\n')],
    ['all but the last', written.join('\n').replace('\n\n', '\n\r\n')],
  ])('are read (%s)', (_, text) => {
    const found = inspect(text)
    if (found.outcome !== 'request') throw new Error(found.outcome)
    expect(found.message.headers.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'Via=SIP/2.0/UDP a;branch=z9hG4bK1',
      'From=<sip:a@b>;tag=1',
      'To="a b" <sip:a@b>',
      'Call-ID=1',
      'CSeq=1 OPTIONS',
      'Content-Length=4',
    ])
    expect(found.message.body).toBe('v=0\n')
  })

  it('end no line of a message whose others end with CRLF', () => {
    const text = written.join('\r\n').replace('"a\r\n b"', '"a\nX: b"')
    const found = inspect(text)
    if (found.outcome !== 'request') throw new Error(found.outcome)
    expect(found.message.headers.map(({ name }) => name)).not.toContain('X')
  })

  it('are cut out of a stream, whole and byte by byte', () => {
    const text = written.join('\n')
    const stream = `${text}\n\n${text.replace('CSeq: 1', 'CSeq: 2')}`
    for (const size of [stream.length, 1]) {
      const framer = createFramer()
      const cut: string[] = []
      for (let at = 0; at < stream.length; at += size)
        cut.push(...framer.take(stream.slice(at, at + size)).messages)
      expect(cut).toEqual([text, text.replace('CSeq: 1', 'CSeq: 2')])
    }
  })
})

it('says nothing to what has no Via', () => {
  expect(inspect(options()).outcome).toBe('silence')
})

describe('where a response goes', () => {
  const from = { protocol: 'udp', address: '192.0.2.9', port: 40_000 } as const
  const request = (via: string): Request => {
    const found = inspect(options(`Via: ${via}`))
    if (found.outcome !== 'request') throw new Error(found.outcome)
    return notingSender(found.message, found.ids.via, from)
  }

  it('is where the datagram came from, if rport asks for it', () => {
    const via = 'SIP/2.0/UDP 10.0.0.1:5070;rport;branch=z9hG4bK1'
    expect(request(via).headers[0]?.value).toBe(
      'SIP/2.0/UDP 10.0.0.1:5070;rport=40000;branch=z9hG4bK1;received=192.0.2.9',
    )
    expect(replyHop(readVia(via)!, from)).toEqual(from)
  })

  it.each([
    [
      'SIP/2.0/UDP a:9;rport=;branch=z9hG4bK1',
      'SIP/2.0/UDP a:9;rport=40000;branch=z9hG4bK1;received=192.0.2.9',
    ],
    [
      'SIP/2.0/UDP a:9;rport;branch=z9hG4bK1;',
      'SIP/2.0/UDP a:9;rport=40000;branch=z9hG4bK1;received=192.0.2.9',
    ],
    [
      'SIP/2.0/UDP a;x="1, 2";rport , SIP/2.0/UDP b',
      'SIP/2.0/UDP a;x="1, 2";rport=40000;received=192.0.2.9, SIP/2.0/UDP b',
    ],
  ])('is found where Via is %s', (via, noted) => {
    expect(request(via).headers[0]?.value).toBe(noted)
  })

  it('is the port that the sender names, if not', () => {
    const via = 'SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bK1, SIP/2.0/UDP b;branch=z9hG4bK2'
    expect(request(via).headers[0]?.value).toBe(
      'SIP/2.0/UDP 10.0.0.1:5070;branch=z9hG4bK1;received=192.0.2.9, SIP/2.0/UDP b;branch=z9hG4bK2',
    )
    expect(replyHop(readVia(via.split(',')[0]!)!, from)).toEqual({ ...from, port: 5070 })
    expect(replyHop(readVia('SIP/2.0/UDP b;branch=z9hG4bK2')!, from)).toEqual({ ...from, port: 5060 })
  })

  it('is the connection, over TCP', () => {
    const over = { ...from, protocol: 'tcp' } as const
    expect(replyHop(readVia('SIP/2.0/TCP 10.0.0.1:5070')!, over)).toEqual(over)
  })
})

describe('where a request goes', () => {
  const to = (uri: string, route?: string) =>
    destinationOf({
      kind: 'request',
      method: 'BYE',
      uri,
      headers: route === undefined ? [] : [{ name: 'Route', value: route }],
      body: '',
    })

  it('is its URI, or its first route', () => {
    expect(to('sip:a@192.0.2.1')).toEqual({ protocol: 'udp', host: '192.0.2.1', port: 5060 })
    expect(to('sips:a@b')).toEqual({ protocol: 'tls', host: 'b', port: 5061 })
    expect(to('sip:a@b;transport=tls')).toEqual({ protocol: 'tls', host: 'b', port: 5061 })
    expect(to('sip:a@b:5070;transport=tcp')).toEqual({ protocol: 'tcp', host: 'b', port: 5070 })
    expect(to('sip:a@b', '<sip:p:5080;lr>, <sip:q;lr>')).toEqual({ protocol: 'udp', host: 'p', port: 5080 })
  })

  it.each(['tel:+861', 'sip:a@b;transport=ws'])('is nowhere for %s', uri => {
    expect(to(uri)).toBeUndefined()
  })
})

it('hears of an app only what is its to say', () => {
  const given = [
    { name: 'Via', value: 'forged' },
    { name: 'Contact', value: '<sip:12345@localhost>' },
    { name: 'X-Case', value: '@localhost' },
  ]
  expect(appHeaders(given, '192.0.2.1:5060')).toEqual([
    { name: 'Contact', value: '<sip:12345@192.0.2.1:5060>' },
    { name: 'X-Case', value: '@localhost' },
  ])
  expect(contentType([], 'v=0\r\n')).toEqual([{ name: 'Content-Type', value: 'application/sdp' }])
  expect(contentType([], 'hello')).toBeUndefined()
})
