/**
 * A day of the running product, in seconds: people ring, type, are written down, are answered and refused, and strangers
 * send what is wrong at every door. Whatever is told to others than the one who said it, logs at their most talkative
 * above all, holds no number, no name and no word of theirs.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { exampleOf, type Operation, operationsOf } from '../support/operations.ts'
import { bound, openCaller } from '../support/raw-caller.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { writeSip } from '../support/sip-message.ts'

const token = 'a-token-that-only-the-tests-know'

/** Of each who sends: a number, a name and words that nobody else has, which end in the same four digits. */
const marksOf = (at: number) => {
  const who = String(at).padStart(4, '0')
  return {
    who,
    number: `1387770${who}`,
    name: `欧阳玄${who}`,
    latin: `Zephyrine${who}`,
    words: `紫云英${who}漏水`,
  }
}
type Marks = ReturnType<typeof marksOf>
let senders = 0
const somebody = () => marksOf(senders++)

/** In UTF-8, in GBK, as both look when they are read as single bytes or escaped, and in base64 and percent signs. */
const gbk = { 欧阳玄: 'c5b7d1f4d0fe', 紫云英: 'd7cfd4c6d3a2' }
const spellings = [
  ...Object.entries(gbk).flatMap(([text, hex]) => {
    const bytes = [Buffer.from(text), Buffer.from(hex, 'hex')]
    return [
      text,
      ...bytes.map(one => one.toString('latin1')),
      ...bytes.map(one => one.toString('base64').slice(0, 8)),
      ...bytes.map(one => one.toString('hex')),
      ...bytes.map(one => [...one].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')),
      [...text].map(letter => `\\u${letter.charCodeAt(0).toString(16)}`).join(''),
    ]
  }),
  ...['zephyrine', Buffer.from('Zephyrine').toString('base64').slice(0, 11)],
  ...['1387770', '138-7770', '138 7770', '138 777 0', '138****', '+861387770', '%2B861387770'],
].map(text => text.toLowerCase())

/** What of any mark stands in a text, with a little around it. */
function marksIn(text: string): readonly string[] {
  const plain = text.toLowerCase()
  return spellings.flatMap(mark => {
    const at = plain.indexOf(mark)
    return at < 0 ? [] : [`${mark}: ${text.slice(Math.max(0, at - 120), at + 60)}`]
  })
}

let hotline: RunningHotline
let alarms: Server
const alarmed: string[] = []
beforeAll(async () => {
  alarms = createServer(async (request, response) => {
    for await (const part of request) alarmed.push(String(part))
    response.writeHead(204).end()
  })
  await new Promise<void>(resolve => alarms.listen(0, '127.0.0.1', resolve))
  hotline = await runHotline({
    API_TOKEN: token,
    LOG_LEVEL: 'trace',
    MAX_CALLS: '200',
    // A trunk that nobody is behind: what is rung by it fails, and says so.
    SIP_TRUNK: 'sip:127.0.0.1:9',
    TRUSTED_PEERS: '127.0.9.0/24',
    TRAIL_LOOKS_PER_HOUR: '5',
    ALARM_WEBHOOK: `http://127.0.0.1:${(alarms.address() as AddressInfo).port}`,
    ALARM_KEY: 'a-key-that-only-this-test-knows',
    TWILIO_AUTH_TOKEN: 'twilio-token',
    PUBLIC_URL: 'https://12345.example',
  })
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  alarms.close()
}, 60_000)

type Refused = { readonly asked: string; readonly status: number; readonly text: string; readonly by: Marks }
const refused: Refused[] = []

async function ask(
  by: Marks,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as Readonly<Record<string, string>>) }
  const answer = await fetch(`${hotline.url}${path}`, { redirect: 'manual', ...init, headers })
  const text = await answer.text()
  if (answer.status >= 400)
    refused.push({ asked: `${init.method ?? 'GET'} ${path}`, status: answer.status, text, by })
  return { status: answer.status, text }
}
const post = (by: Marks, path: string, body: unknown, method = 'POST') =>
  ask(by, path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

it('is a day on which people ring, by names in every spelling, type, press and are cut off', async () => {
  const latin1 = (hex: string) => Buffer.from(hex, 'hex').toString('latin1')
  const names: ((marks: Marks) => string)[] = [
    ({ name }) => `"${Buffer.from(name).toString('latin1')}"`,
    ({ who }) => `"${latin1(gbk.欧阳玄)}${who}"`,
    ({ latin }) => latin,
    ({ latin }) => `""${latin}""`,
    ({ name }) => `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`,
    ({ latin }) => `${latin}, (${latin})`,
  ]
  const callers = await Promise.all(
    names.map(async (spelt, at) => {
      const marks = somebody()
      const uri = `<sip:${marks.number}@127.0.0.1>`
      const caller = await openCaller(hotline, marks.number, `127.0.${at % 2 === 0 ? 9 : 8}.${at + 1}`, {
        from: `${spelt(marks)} ${uri}`,
        headers: [
          ['P-Asserted-Identity', `${spelt(marks)} ${uri}`],
          ['Remote-Party-ID', `${spelt(marks)} ${uri};party=calling`],
          ['Diversion', uri],
          ['Subject', marks.latin],
          ['User-Agent', `${marks.latin}/1.0`],
        ],
      })
      return { marks, caller }
    }),
  )
  expect(callers.map(({ caller }) => caller.status)).toEqual(callers.map(() => 200))
  for (const { marks, caller } of callers) {
    const typed = Buffer.from(`${marks.words} ${marks.name} ${marks.number}`)
    for (const sequence of [1, 2])
      caller.sends['T.140'](
        Buffer.concat([Buffer.from([0x80, 106, 0, sequence, 0, 0, 0, sequence, 1, 2, 3, 4]), typed]),
      )
    for (const bytes of caller.seeds()) {
      const text = bytes.toString('latin1')
      if (!text.startsWith('BYE'))
        caller.send(Buffer.from(text.replace('Signal=5', `Signal=${marks.number}`), 'latin1'))
    }
  }
  const [last] = callers.slice(-1)
  await expect.poll(() => last?.caller.heard(), { timeout: 10_000 }).toBeGreaterThan(10)
  for (const { caller } of callers.slice(0, 3)) caller.hangsUp()
  // The others vanish.
  for (const { caller } of callers) caller.close()
})

it('is a day on which strangers send SIP that is wrong', async () => {
  const socket = await bound('127.0.8.77')
  for (const method of [
    'INVITE',
    'REGISTER',
    'MESSAGE',
    'OPTIONS',
    'REFER',
    'SUBSCRIBE',
    'BYE',
    'INFO',
    'FOO',
  ])
    for (const wrong of [
      '',
      'Content-Length: x',
      'Require: nothing',
      'Via: SIP/2.0/UDP',
      'Contact: <sip:1387770',
    ]) {
      const { who, number, latin, name, words } = somebody()
      const body = `${Buffer.from(`${words} ${name}`).toString('latin1')} ${number}\r\nm=audio ${number}`
      const text = writeSip(
        `${method} sip:${number}@127.0.0.1 SIP/2.0`,
        [
          ['Via', `SIP/2.0/UDP 127.0.8.77:${socket.address().port};rport;branch=z9hG4bKwrong${who}`],
          ['Max-Forwards', '70'],
          ['From', `"${latin}" <sip:${number}@127.0.0.1>;tag=${latin}`],
          ['To', `<sip:${number}@127.0.0.1>${method === 'BYE' ? `;tag=${latin}` : ''}`],
          ['Call-ID', `${latin}${number}`],
          ['CSeq', `1 ${method}`],
          ['Contact', `<sip:${number}@127.0.8.77>`],
          ['Refer-To', `<sip:${number}@127.0.0.1>`],
          [
            'Authorization',
            `Digest username="${latin}", realm="${number}", nonce="x", uri="sip:x", response="x"`,
          ],
          ...(wrong === '' ? [] : [wrong.split(': ') as [string, string]]),
          ['Content-Type', method === 'INVITE' ? 'application/sdp' : 'text/plain'],
        ],
        body,
      )
      socket.send(Buffer.from(text, 'latin1'), hotline.sip.port, hotline.sip.host)
    }
  await new Promise(resolve => setTimeout(resolve, 300))
  socket.close()
})

it('is a day on which orders are made, acted on, closed and refused, and people are rung in vain', async () => {
  for (let turn = 0; turn < 4; turn++) {
    const by = somebody()
    const asked = {
      ...{
        caller: by.number,
        category: 'power-supply',
        matter: `${by.words}，我叫${by.name}，电话${by.number}`,
      },
      ...{ place: `${by.name}家`, street: '望京街道', by: { role: 'seat', person: 's1' } },
    }
    const made = await post(by, '/api/orders', asked)
    expect(made).toMatchObject({ status: 201 })
    const { number, unit } = (JSON.parse(made.text) as { order: { number: string; unit: string } }).order
    // Again, by somebody else: it is told that there is one, and not of whom.
    const other = somebody()
    await post(other, '/api/orders', { ...asked, matter: other.words, place: other.name })
    const unitBy = { role: 'unit', person: 'wang', unit }
    for (const act of [
      { do: 'sign', by: unitBy },
      { do: 'progress', words: by.words, citizenKnows: true, by: unitBy },
      { do: 'close', result: 'solved', words: `${by.words}${by.name}`, evidence: [by.words], by: unitBy },
      { do: 'sign', by: unitBy },
      { do: by.words, by: unitBy },
    ])
      await post(by, `/api/orders/${number}/acts`, act)
    await ask(by, `/api/orders?caller=${by.number}`)
    await ask(by, `/api/orders/${number}`)
    await post(by, '/api/calls', { to: by.number, number: by.number })
    await post(by, '/api/dial', { to: by.number, number: by.number, flow: 'survey' })
    await post(by, `/api/callers/${by.number}`, { elder: true }, 'PUT')
  }
})

it('is a day on which every route is given what it does not take', async () => {
  const operations = await operationsOf(hotline)
  expect(operations.length).toBeGreaterThan(80)
  const withPath = (path: string, { number }: Marks) => path.replaceAll(/\{[^}]+\}/g, number)
  const wrongs: ((operation: Operation, marks: Marks) => readonly [string, RequestInit])[] = [
    ({ path, schema }, marks) => [
      withPath(path, marks),
      { body: JSON.stringify(exampleOf(schema, `${marks.name} ${marks.words} ${marks.number}`)) },
    ],
    ({ path }, marks) => [
      withPath(path, marks),
      {
        body: JSON.stringify({ [marks.words]: marks.name, number: marks.number, name: { [marks.latin]: 1 } }),
      },
    ],
    ({ path }, marks) => [withPath(path, marks), { body: `{"matter": "${marks.words}", ${marks.name}` }],
    ({ path }, marks) => [
      withPath(path, marks),
      { body: marks.words, headers: { 'content-type': `text/${marks.latin}` } },
    ],
    ({ path, query }, marks) => {
      const search = new URLSearchParams(
        query.map((name): [string, string] => [name, `${marks.words} ${marks.number}`]),
      )
      search.set(marks.latin, marks.name)
      return [`${withPath(path, marks)}?${search}`, {}]
    },
    ({ path }, marks) => [
      withPath(path, marks),
      {
        body: '{}',
        headers: { authorization: `Bearer ${marks.latin}${marks.number}`, cookie: `session=${marks.latin}` },
      },
    ],
  ]
  for (const operation of operations)
    for (const wrong of wrongs) {
      const marks = somebody()
      const [path, { headers, body }] = wrong(operation, marks)
      const hasBody = !['get', 'delete', 'head'].includes(operation.method)
      await ask(marks, path, {
        method: operation.method.toUpperCase(),
        ...(hasBody ? { body: body ?? '{}' } : {}),
        headers: {
          'content-type': 'application/json',
          'user-agent': marks.latin,
          referer: marks.latin,
          ...(headers as Readonly<Record<string, string>> | undefined),
        },
      })
    }
}, 120_000)

it('is a day on which wrong links, names and codes are tried, and pages and Twilio send what they should not', async () => {
  for (const path of ['/c/', '/s/', '/seat/', '/nowhere/', '/twilio/voice?x=', '/%E6%AC%A7%', '/api/']) {
    const by = somebody()
    await ask(by, `${path}${encodeURIComponent(by.name)}${by.number}`)
    await ask(by, `${path}${by.latin}`, {
      method: 'POST',
      body: `From=%2B86${by.number}&CallSid=${by.latin}`,
    })
  }
  for (let turn = 0; turn < 3; turn++) {
    const by = somebody()
    await post(by, '/session', { name: by.latin, password: `${by.name}${by.number}` })
    await post(by, '/session', { name: by.number, password: by.words })
  }
  const paths = ['/phone/line', '/twilio/stream', '/c/x/live', '/seat/desk', '/floor/live']
  await Promise.all(
    paths.map(async path => {
      const { number, name, words, latin } = somebody()
      const socket = new WebSocket(`${hotline.url.replace('http', 'ws')}${path}`, {
        headers: { 'user-agent': latin },
      })
      await new Promise<void>(resolve => {
        socket.on('error', () => resolve())
        socket.on('close', () => resolve())
        socket.on('open', () => {
          for (const message of [
            { kind: 'ring', to: number, language: words },
            { kind: 'resume', key: latin },
            { kind: 'code', code: number },
            { kind: 'type', line: 1, text: `${words}${name}${number}`, done: true },
            { event: 'start', start: { callSid: latin, customParameters: { token: number } } },
          ])
            socket.send(JSON.stringify(message))
          socket.send(`${words} ${name}`)
          setTimeout(() => socket.close(), 300)
        })
      })
    }),
  )
})

it('answers nobody with what somebody else has said, and breaks nowhere', () => {
  expect(refused.length).toBeGreaterThan(300)
  expect(refused.filter(({ status }) => status === 500)).toEqual([])
  const ofOthers = refused.flatMap(({ asked, text, by }) => {
    // The one who sent it is told what was found, and nobody else is.
    const others = text.replaceAll(
      new RegExp(`1387770${by.who}|(欧阳玄|紫云英|zephyrine|${encodeURIComponent('欧阳玄')})${by.who}`, 'gi'),
      '',
    )
    const found = marksIn(others)
    return found.length > 0 ? [{ asked, found }] : []
  })
  expect(ofOthers).toEqual([])
})

it('tells no number, name or word in figures, health, alarms or logs', async () => {
  await expect.poll(() => alarmed.length, { timeout: 15_000 }).toBeGreaterThan(0)
  const metrics = await (await fetch(`${hotline.url}/metrics`)).text()
  const health = await (await fetch(`${hotline.url}/readyz`)).text()
  expect(metrics).toContain('jieting_calls')
  expect(marksIn(metrics)).toEqual([])
  expect(marksIn(health)).toEqual([])
  expect(marksIn(alarmed.join('\n'))).toEqual([])
  expect(hotline.logged().length).toBeGreaterThan(100)
  expect(marksIn(hotline.said())).toEqual([])
})
