import { type AddressInfo, connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { inChinese } from '../../src/cli/messages/said.ts'
import { Fault, type FaultCode, FaultList } from '../../src/foundation/index.ts'
import { rules } from '../../src/ivr/verify/rules.ts'
import { bearer, createHouse, createRooms, everybodyIs, stillHouse } from './house.ts'

const { app } = await stillHouse()

it('says all that is wrong in a body at once, with place, found and expected', async () => {
  const payload = { name: 'no spaces!', contact: 'nowhere' }
  const answer = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.json()).toMatchObject({ type: 'urn:jieting:fault:request-invalid', status: 400 })
  expect(answer.json().faults).toEqual([
    {
      code: 'request-invalid',
      place: 'body.name',
      found: '"no spaces!"',
      expected: '1 to 32 letters, digits, dots, dashes or underscores, the first a letter or digit',
    },
    {
      code: 'request-invalid',
      place: 'body.display',
      found: 'nothing',
      expected: 'the name that people read',
    },
    {
      code: 'request-invalid',
      place: 'body.contact',
      found: '"nowhere"',
      expected: 'a SIP URI, as sip:s1@127.0.0.1:5090, or a telephone, as tel:+8613800138000',
    },
  ])
})

it.each([
  [
    '/api/calls?limit=5&nosuch=1',
    'querystring.nosuch',
    'a field that is not known here',
    /^one of limit, before/,
  ],
  ['/api/seats?nosuch=1', 'querystring.nosuch', 'a field that is not known here', /^nothing here$/],
  ['/api/orders?unit=heatin', 'querystring.unit', '"heatin"', /did you mean "heating"\?$/],
])('refuses what a query means and nobody reads: %s', async (url, place, found, expected) => {
  const answer = await app.inject({ url, headers: bearer })
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect(answer.json().faults).toEqual([
    { code: 'request-invalid', place, found, expected: expect.stringMatching(expected) },
  ])
})

it('refuses a language that no flow speaks', async () => {
  const mark = (language: string) =>
    app.inject({
      method: 'POST',
      url: '/api/callers/13800138000/mark',
      headers: bearer,
      payload: { language },
    })
  expect((await mark('yue')).statusCode).toBe(204)
  expect((await mark('xx')).json().faults).toEqual([
    { code: 'request-invalid', place: 'body.language', found: '"xx"', expected: 'one of yue' },
  ])
})

describe('a field that nobody reads', () => {
  const ask = async (method: 'POST' | 'PUT', url: string, payload: object) => {
    const answer = await app.inject({ method, url, headers: bearer, payload })
    return { status: answer.statusCode, faults: answer.json().faults }
  }
  it('is refused where it stands, with the field that was meant', async () => {
    const { status, faults } = await ask('POST', '/api/dial', {
      number: '+8613800138000',
      flow: 'hotline',
      priorty: 3,
      flwo: 'x',
    })
    expect(status).toBe(400)
    expect(faults).toEqual([
      {
        code: 'request-invalid',
        place: 'body.priorty',
        found: 'a field that is not known here',
        expected: 'one of number, flow',
      },
      {
        code: 'request-invalid',
        place: 'body.flwo',
        found: 'a field that is not known here',
        expected: 'one of number, flow; did you mean "flow"?',
      },
    ])
  })
  it('is refused deep inside, and beside whatever else is wrong', async () => {
    const { status, faults } = await ask('POST', '/api/orders', {
      category: 'heating',
      matter: 7,
      contact: { mode: 'none', nmber: '1' },
    })
    expect(status).toBe(400)
    expect(faults.map(({ place }: { place: string }) => place)).toEqual(
      expect.arrayContaining(['body.matter', 'body.contact.nmber']),
    )
  })
  it('is refused of one among several shapes', async () => {
    const { status, faults } = await ask('POST', '/api/orders/20260105000001/acts', {
      do: 'sign',
      by: { role: 'unit', person: 'wang', unit: 'heating' },
      wrods: 'x',
    })
    expect([status, faults[0]?.place, faults.length]).toEqual([400, 'body.wrods', 1])
  })
})

it('asks for a contact or a password, and repeats no password', async () => {
  const post = (payload: object) =>
    app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
  const neither = await post({ name: 's2', display: '二号' })
  expect(neither.json().faults[0]).toMatchObject({ place: 'body', found: 'an object with name, display' })
  const short = await post({ name: 's2', display: '二号', password: 'hunter2' })
  expect(short.statusCode).toBe(400)
  expect(short.json().faults[0]).toMatchObject({ place: 'body.password', expected: 'at least 12 characters' })
  expect(short.body).not.toContain('hunter2')
  const both = await post({
    name: 's2',
    display: '二号',
    contact: 'sip:s2@h',
    password: 'long enough for all',
  })
  expect(both.statusCode).toBe(400)
})

it.each(['/api/%zz', '/api/calls/%E0%A4%A', `/api/calls/${'a'.repeat(200)}`])(
  'answers %s in its own words',
  async url => {
    const answer = await app.inject({ url, headers: bearer })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
    expect(answer.json()).toMatchObject({ type: 'urn:jieting:fault:request-invalid', status: 400 })
    expect(answer.body).not.toMatch(/FST_ERR/)
  },
)

it.each([
  ['no HTTP', 'GARBAGE\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
])('answers %s in its own words, and hangs up', async (_, sent, status) => {
  const { app } = await createHouse()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  socket.write(sent)
  const heard = (await socket.toArray()).join('')
  await app.close()
  const [head = '', body = ''] = heard.split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(head).toContain('application/problem+json')
  expect(JSON.parse(body)).toMatchObject({ type: 'urn:jieting:fault:request-invalid', status })
})

it('takes no name of a seat that would end a line', async () => {
  for (const display of ['一号\r\nX-Evil: 1', '一\u0000号']) {
    const payload = { name: 's2', display, contact: 'sip:s2@127.0.0.1' }
    const answer = await app.inject({ method: 'POST', url: '/api/seats', headers: bearer, payload })
    expect([answer.statusCode, answer.json().faults[0].expected]).toEqual([
      400,
      'one line, without control characters',
    ])
  }
})

it('answers JSON that is none with what it expected', async () => {
  const headers = { ...bearer, 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/api/dial', headers, payload: '{"number":' })
  expect([answer.statusCode, answer.json().faults[0].expected]).toEqual([400, 'JSON as described at /docs'])
})

it('says which routes are likest to whoever asks for another', async () => {
  const answer = await app.inject('/api/cals?token=secret')
  expect(answer.statusCode).toBe(404)
  const [fault] = answer.json().faults
  expect(fault.place).toBe('GET /api/cals')
  expect(fault.expected).toMatch(/^another route, as GET \/api\/calls, .*; all are described at \/docs$/)
  expect(fault.expected.match(/GET |POST |PUT |DELETE /g)).toHaveLength(5)
  expect(inChinese(fault.expected)).toMatch(/^另一个地址，如 GET \/api\/calls、/)
})

it.each([
  ['DELETE', '/api/calls', 'GET, HEAD'],
  ['PUT', '/api/calls/call_01', 'GET, HEAD'],
  ['GET', '/api/dial', 'POST'],
  ['POST', '/livez', 'GET, HEAD'],
] as const)('says to %s %s which methods there are', async (method, url, allow) => {
  const answer = await app.inject({ method, url, headers: { ...bearer, accept: 'text/html' } })
  expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow])
  expect(answer.json().faults).toEqual([
    {
      code: 'method-unknown',
      place: `${method} ${url}`,
      found: method,
      expected: `one of ${allow.replace(', HEAD', '')}`,
    },
  ])
})

it('names the limit to a body that is too big, and the type to one that is no JSON', async () => {
  const post = (type: string, payload: string) =>
    app.inject({ method: 'POST', url: '/api/dial', headers: { ...bearer, 'content-type': type }, payload })
  const big = await post('application/json', `{"number":"${'1'.repeat(70_000)}"}`)
  expect([big.statusCode, big.json().faults]).toEqual([
    413,
    [{ code: 'body-too-big', place: 'body', found: '70013 bytes', expected: 'at most 65536 bytes' }],
  ])
  const xml = await post('application/xml', '<dial/>')
  expect([xml.statusCode, xml.json().faults]).toEqual([
    415,
    [
      {
        code: 'body-type-wrong',
        place: 'header Content-Type',
        found: '"application/xml"',
        expected: '"application/json"',
      },
    ],
  ])
})

it('refuses flows that break a rule of the proof, and is not broken itself', async () => {
  let code: FaultCode = 'request-invalid'
  const { app } = await createHouse({
    flows: {
      ...createRooms().rooms.flows,
      load: async () => {
        throw new FaultList([
          new Fault({ code, place: 'survey.yaml:3:3', found: 'one', expected: 'another' }),
        ])
      },
    },
  })
  const payload = { files: [{ path: 'survey.yaml', text: 'x' }], author: '李工', note: '改名' }
  for (const { name } of rules) {
    code = name
    const answer = await app.inject({ method: 'POST', url: '/api/flows', headers: bearer, payload })
    expect([answer.statusCode, answer.json().faults[0]]).toEqual([
      422,
      { code, place: 'survey.yaml:3:3', found: 'one', expected: 'another' },
    ])
  }
})

it('gives a database that is away as 503 and names it', async () => {
  const { app } = await createHouse({
    calls: {
      find: async () => undefined,
      list: async () => {
        throw new Fault({ code: 'database-away', place: 'database', found: 'no connection', expected: 'one' })
      },
    },
  })
  const answer = await app.inject({ url: '/api/calls', headers: bearer })
  expect([answer.statusCode, answer.json().detail]).toEqual([
    503,
    'database: found no connection, expected one',
  ])
})

it('never repeats the words of an error that nobody foresaw', async () => {
  const { app } = await createHouse({
    desk: {
      ...createRooms().rooms.desk,
      seats: () => {
        throw new Error('13800138000 said something')
      },
    },
  })
  const answer = await app.inject({ url: '/api/seats', headers: bearer })
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('13800138000')
})

describe('a text that no table takes', () => {
  const zero = '路灯\0坏了'
  const half = '路灯坏了\ud83d'
  const order = { category: 'lamp', matter: '路灯坏了', place: '东四', street: '东四街道' }
  const by = { role: 'seat', person: 's1' }
  const act = { do: 'add', words: '还没修', by }
  const member = { name: 'wang', display: '王', role: 'seat', password: 'long enough for all' }
  type Case = readonly [url: string, payload: object, place: string]
  const cases = (text: string): readonly Case[] => [
    ['/api/orders', { ...order, matter: text, by }, 'body.matter'],
    ['/api/orders', { ...order, place: text, by }, 'body.place'],
    ['/api/orders', { ...order, street: text, by }, 'body.street'],
    ['/api/orders', { ...order, language: text, by }, 'body.language'],
    ['/api/orders', { ...order, call: text, by }, 'body.call'],
    ['/api/orders', { ...order, by: { ...by, person: text } }, 'body.by.person'],
    ['/api/orders/2601050000127/acts', { ...act, words: text }, 'body.words'],
    ['/api/staff', { ...member, display: text }, 'body.display'],
    ['/api/staff', { ...member, name: text }, 'body.name'],
    ['/api/seats', { name: 's1', display: text, contact: 'sip:s1@h' }, 'body.display'],
  ]

  it.each([...cases(zero), ...cases(half)])(
    'is refused with its place: %s %j',
    async (url, payload, place) => {
      const answer = await app.inject({ method: 'POST', url, headers: bearer, payload })
      expect(answer.statusCode).toBe(400)
      expect(answer.json().faults.map((fault: { place: string }) => fault.place)).toContain(place)
    },
  )

  it.each([zero, half])('is refused with its place where only a member may ask: %j', async because => {
    const { app } = await createHouse({
      staff: everybodyIs(() => ({ name: 'boss', display: '李主任', role: 'supervisor' })),
    })
    const own = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' }
    const signIn = { name: 'boss', password: 'a long enough password' }
    const signedIn = await app.inject({ method: 'POST', url: '/session', headers: own, payload: signIn })
    const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    const answer = await app.inject({
      method: 'POST',
      url: '/api/surveys/exclusions',
      headers: { ...own, cookie },
      payload: { order: '2601050000127', reason: 'duplicate', because },
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json().faults.map((fault: { place: string }) => fault.place)).toContain('body.because')
  })

  it.each([
    ['/api/orders?unit=%00', 'querystring.unit'],
    ['/api/orders?call=a%00', 'querystring.call'],
    ['/api/calls/call_%00', 'params.id'],
    ['/api/orders/26%00', 'params.number'],
  ])('is refused in a path and in a filter: %s', async (url, place) => {
    const answer = await app.inject({ url, headers: bearer })
    expect([answer.statusCode, answer.json().faults?.[0]?.place]).toEqual([400, place])
  })

  it('is refused in the name of a field, and in bytes that are no UTF-8', async () => {
    const post = (payload: string | Buffer) =>
      app.inject({
        method: 'POST',
        url: '/api/orders',
        headers: { ...bearer, 'content-type': 'application/json' },
        payload,
      })
    const named = await post('{"\\u0000": "x"}')
    expect(named.statusCode).toBe(400)
    const gbk = await post(
      Buffer.concat([Buffer.from('{"matter":"'), Buffer.from([0xc2, 0xb7, 0xb5, 0xc6]), Buffer.from('"}')]),
    )
    expect([gbk.statusCode, gbk.json().faults[0]]).toEqual([
      400,
      expect.objectContaining({ place: 'body', expected: 'JSON in UTF-8' }),
    ])
  })

  it('is taken where it is whole, whatever the script', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/seats',
      headers: bearer,
      payload: { name: 's9', display: '𠮷野家 😀', contact: 'sip:s9@h' },
    })
    expect(answer.statusCode).toBe(201)
  })
})
