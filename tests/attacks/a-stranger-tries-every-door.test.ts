/** Every door of the built product, tried with nothing, with the wrong rights, from another site, and with what no schema knows. */
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { OrderPage } from '../../src/orders/listing/api.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { exampleOf, type Operation, operationsOf } from '../support/operations.ts'
import { testToken } from '../support/running-hotline.ts'
import type { Browser } from '../support/visitors.ts'

const formula = '=HYPERLINK("https://evil.example","点我")'
let house: BuiltHouse
let doors: readonly Operation[]
let seat: Browser
let unit: Browser
let order: string
beforeAll(async () => {
  house = await openBuiltHouse([
    { name: 'li', display: formula, role: 'seat' },
    { name: 'z1', display: '街道', role: 'unit', unit: 'street' },
  ])
  doors = (await operationsOf(house)).filter(({ path }) => path.startsWith('/api/'))
  seat = await house.signsIn('li')
  unit = await house.signsIn('z1')
  const made = await house.orderDesk.make(
    { category: 'heating', matter: formula, place: '+1+1', street: '@SUM(A1)', anyway: true },
    { role: 'seat', person: 'li' },
  )
  order = made.order.number
  const added = await house.root.post('/api/seats', {
    name: 's9',
    display: formula,
    password: 'open sesame, said the phone',
  })
  expect(added.status).toBe(201)
}, 120_000)
afterAll(() => house?.close())

type Sent = {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
let sources = 0
/** As it stands there: `fetch` would tidy a path. From an address of its own, since limits are by source. */
const send = ({ method, path, headers = {}, body }: Sent) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const { hostname, port } = new URL(house.url)
    const localAddress = `127.0.20.${1 + (sources++ % 200)}`
    const asking = request({
      host: hostname,
      port,
      method: method.toUpperCase(),
      path,
      headers,
      localAddress,
    })
    asking.on('error', reject).on('response', answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', part => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    asking.end(body)
  })
const filled = ({ path }: Operation) =>
  path.replaceAll(/\{(number|order)\}/g, () => order).replaceAll(/\{[^}]+\}/g, '1')
const json = { 'content-type': 'application/json' }
const bodyOf = ({ schema, type }: Operation) =>
  schema && type === 'application/json' ? JSON.stringify(exampleOf(schema)) : undefined

describe('whoever shows nothing', () => {
  /** What citizens' pages ask without an account. */
  const openDoors = [/^\/api\/current-incidents$/, /^\/api\/survey-links\//]
  it('is let in at no door but those of citizens', async () => {
    expect(doors.length).toBeGreaterThan(100)
    const letIn: string[] = []
    for (const door of doors) {
      if (openDoors.some(path => path.test(door.path))) continue
      const { status } = await send({
        method: door.method,
        path: filled(door),
        headers: json,
        body: bodyOf(door),
      })
      if (status !== 401) letIn.push(`${status} ${door.method} ${door.path}`)
    }
    expect(letIn).toEqual([])
  }, 60_000)

  it.each([
    ['another token', { authorization: 'Bearer not-the-token' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a cookie of its own make', { cookie: 'jieting=YWJj%3BZGVm; __Host-jieting=YWJj' }],
    [
      'the name of somebody',
      { authorization: 'Basic bGk6bGk=', 'x-remote-user': 'li', 'x-forwarded-user': 'li' },
    ],
  ])('nor with %s', async (_, headers) => {
    expect((await send({ method: 'get', path: '/api/orders', headers })).status).toBe(401)
  })
})

describe('who has signed in', () => {
  const cookieOf = (who: Browser) => ({ cookie: who.cookie, origin: house.url })

  it('for a unit, reaches nothing of the centre, whatever is asked', async () => {
    const own = [
      /^\/api\/(account|city|kinds|places|incidents|knowledge|catalogue|rules|features|staff\/names)/,
      /^\/api\/(orders|current-incidents|survey-links|assistant|bulletins|deductions)/,
    ]
    const reached: string[] = []
    for (const door of doors) {
      if (own.some(path => path.test(door.path))) continue
      const { status } = await send({
        method: door.method,
        path: filled(door),
        headers: { ...cookieOf(unit), ...json },
        body: bodyOf(door),
      })
      if (status !== 403) reached.push(`${status} ${door.method} ${door.path}`)
    }
    expect(reached).toEqual([])
  }, 60_000)

  it('for a unit, finds another’s order by no list, count, file, number or act', async () => {
    const paths = ['/api/orders', '/api/orders/file/csv', `/api/orders?words=${encodeURIComponent('点我')}`]
    for (const path of paths) expect((await unit.get(path)).body).not.toMatch(/点我|SUM/)
    expect((await unit.get(`/api/orders?stage=waiting&unit=heating`)).json<OrderPage>()).toMatchObject({
      orders: [],
    })
    const mine = doors.filter(({ path }) => path.startsWith('/api/orders/{number}'))
    expect(mine.length).toBeGreaterThan(5)
    for (const door of mine) {
      const { status, text } = await send({
        method: door.method,
        path: filled(door),
        headers: { ...cookieOf(unit), ...json },
        body: bodyOf(door),
      })
      expect([door.path, status, text]).toEqual([
        door.path,
        expect.any(Number),
        expect.not.stringMatching(/点我|SUM/),
      ])
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
  })

  it('is no tool of another site: a form, a page and a socket of it change and hear nothing', async () => {
    const elsewhere = { cookie: seat.cookie, origin: 'https://evil.example' }
    const own = { ...json, ...elsewhere }
    const act = { method: 'post', path: `/api/orders/${order}/acts` }
    const body = JSON.stringify({ do: 'add', words: '假的' })
    expect((await send({ ...act, headers: own, body })).status).toBe(403)
    // A form needs no leave of the browser, and says from where it comes; an old one says nothing.
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      for (const origin of ['https://evil.example', 'null'])
        expect(
          (await send({ ...act, headers: { cookie: seat.cookie, origin, 'content-type': type }, body }))
            .status,
        ).toBe(403)
    expect((await send({ ...act, headers: { cookie: seat.cookie, ...json }, body })).status).toBe(403)
    for (const origin of ['https://evil.example', 'null', undefined]) {
      const socket = new WebSocket(`${house.url.replace('http', 'ws')}/seat/desk`, {
        origin,
        headers: { cookie: seat.cookie },
      })
      const status = await new Promise<number>(resolve => {
        socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
        socket.on('open', () => resolve(101))
        socket.on('error', () => undefined)
      })
      socket.terminate()
      expect([origin, status]).toEqual([origin, 403])
    }
    const { events } = await house.orderDesk.show(order)
    expect(events.map(({ kind }) => kind)).toEqual(['made'])
  })

  it.each([
    ['a prototype', '{"do":"add","words":"好","__proto__":{"role":"admin"}}'],
    ['a constructor', '{"do":"add","words":"好","constructor":{"prototype":{"role":"admin"}}}'],
    ['a prototype further in', '{"do":"add","words":"好","by":{"__proto__":{"role":"admin"}}}'],
    ['somebody else', '{"do":"add","words":"好","by":{"role":"supervisor","person":"zhao"}}'],
    ['a column of the table', '{"do":"add","words":"好","stage":"closed","unit":"street"}'],
  ])('brings in nothing by %s', async (_, body) => {
    const act = { method: 'post', path: `/api/orders/${order}/acts`, headers: { ...cookieOf(seat), ...json } }
    const { status } = await send({ ...act, body })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect((await seat.get('/api/staff')).status).toBe(403)
  })
})

describe('what leaves the house', () => {
  it.each([
    ['orders', `/api/orders/file/csv`],
    ['the floor', '/api/floor/seats.csv'],
  ])('runs nothing in a spreadsheet: %s as CSV', async (_, path) => {
    const { body } = await house.root.get(path)
    expect(body).toContain('HYPERLINK')
    for (const cell of body.split(/[,\r\n]+/)) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+@\t]/)
  })
  it('is text in every cell of a workbook', async () => {
    const file = await fetch(`${house.url}/api/orders/file/xlsx`, {
      headers: { authorization: `Bearer ${testToken}` },
    })
    const { unzipSync, strFromU8 } = await import('fflate')
    const sheets = Object.entries(unzipSync(new Uint8Array(await file.arrayBuffer())))
    const all = sheets.map(([, bytes]) => strFromU8(bytes)).join('\n')
    expect(all).toContain('HYPERLINK')
    expect(all).not.toMatch(/<f[ >]/)
    expect(all).not.toContain('ddeLink')
  })
})

describe('a path', () => {
  const outside = ['..', '%2e%2e', '..%2f', '%2e%2e%2f', '..%5c', '.%00.', '%252e%252e%252f']
  it.each(['/', '/assets/', '/seat/', '/api/', '/c/', `/api/orders/1/evidence/`])(
    'leads from %s to no file of the machine, nor of the house',
    async from => {
      for (const up of outside)
        for (const file of ['etc/passwd', 'package.json', 'api-token']) {
          const path = `${from}${`${up}/`.repeat(6)}${file}`
          const { status, text } = await send({
            method: 'get',
            path,
            headers: { authorization: `Bearer ${testToken}` },
          })
          expect([path, status < 500, /root:.*:0:|"private": true|only-the-tests/.test(text)]).toEqual([
            path,
            true,
            false,
          ])
        }
    },
    30_000,
  )
})

it('is answered at once, however long and odd the words are that are searched for', async () => {
  const odd = [
    '('.repeat(200),
    'a'.repeat(200),
    `${'1-'.repeat(90)}x`,
    '%'.repeat(66),
    '1 '.repeat(100),
    '\\'.repeat(99),
  ]
  for (const words of odd)
    for (const path of ['/api/orders?words=', '/api/kinds?q=', '/api/places?q=', '/api/orders?caller=']) {
      const beganMs = performance.now()
      const { status } = await seat.get(path + encodeURIComponent(words))
      expect([path, words, status < 500, performance.now() - beganMs < 2_000]).toEqual([
        path,
        words,
        true,
        true,
      ])
    }
})

it('writes no line of a log by what it sends', async () => {
  const forged = '\r\n{"level":50,"msg":"forged line"}\r\n'
  await send({
    method: 'get',
    path: `/api/orders?words=${encodeURIComponent(forged)}`,
    headers: { 'user-agent': 'x' },
  })
  const wrong = { name: `li${forged}`, password: forged }
  await send({
    method: 'post',
    path: '/session',
    headers: { ...json, origin: house.url },
    body: JSON.stringify(wrong),
  })
  expect(house.logged().filter(({ msg }) => msg === 'forged line')).toEqual([])
})
