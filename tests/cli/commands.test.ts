import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk, readOrMakeToken } from '../../src/http/index.ts'
import type { CallFact, CallId } from '../../src/telephony/index.ts'
import { createRooms, createWeb, firstCall, firstCallShown } from '../http/house.ts'
import { type } from './terminal.ts'

let desk: FrontDesk
let env: Record<string, string>
const quality = { packetsReceived: 995, packetsSent: 1000, packetsLost: 5, jitterMs: 3.25, mos: 4.31 }
const rangAtMs = firstCall.invitedAt.getTime()
const { rooms } = createRooms()
const { web, asked } = createWeb({
  calls: {
    ...rooms.calls,
    async list(query) {
      asked.queries.push({ ...query, limit: query.limit - 1 })
      return [firstCall]
    },
    async find(id) {
      if (id !== firstCall.id) return undefined
      const fact = (afterMs: number, fact: CallFact) => ({ atMs: rangAtMs + afterMs, fact })
      return {
        call: { ...firstCall, state: 'ended', endedAt: new Date(rangAtMs + 63_000) },
        facts: [
          fact(0, { kind: 'invited', line: 'sip', direction: 'in', caller: '13800138000', called: '12345' }),
          fact(12, { kind: 'answered', codec: 'PCMA' }),
          fact(2300, { kind: 'key', key: '0', source: 'rtp-event' }),
          fact(5210, { kind: 'connected', seat: 's1', seatCall: 'call_02' as CallId }),
          fact(63_000, { kind: 'ended', by: 'them', reason: 'hung-up', quality }),
        ],
      }
    },
  },
})

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const { token } = await readOrMakeToken(dataDir)
  desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    apiToken: token,
    log: silentLog,
    clock: systemClock,
    ...web,
  })
  env = { HTTP_PORT: new URL(desk.url).port, DATA_DIR: dataDir }
})
afterAll(async () => {
  await desk.close()
  await rm(env.DATA_DIR ?? '', { recursive: true })
})

it('lists calls in Chinese, with their numbers, and asks for twenty', async () => {
  const { code, out } = await type(['calls'], env)
  expect(code).toBe(0)
  expect(out.split('\n')[0]).toMatch(/^通话 +呼入时间 +方向 +主叫 +被叫 +状态 +时长$/)
  expect(out.split('\n')[1]).toMatch(
    /^call_01 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +呼入 +13800138000 +12345 +通话中$/,
  )
  expect(asked.queries.at(-1)).toEqual({ limit: 20 })
})

it('passes filters on, and prints JSON for machines', async () => {
  const { code, out } = await type(['calls', '--limit', '3', '--state', 'answered', '--json'], env)
  expect([code, JSON.parse(out)]).toEqual([0, { calls: [firstCallShown] }])
  expect(asked.queries.at(-1)).toEqual({ limit: 3, state: 'answered' })
})

it('shows a call from INVITE to BYE, a line a fact, with its quality', async () => {
  const { code, out } = await type(['calls', 'show', 'call_01'], env)
  const facts = out.split('\n').filter(line => /^\d\d:\d\d\.\d{3} /.test(line))
  expect(code).toBe(0)
  expect(facts.map(line => line.slice(0, 9))).toEqual([
    '00:00.000',
    '00:00.012',
    '00:02.300',
    '00:05.210',
    '01:03.000',
  ])
  // Who talked is called by name and number, not by the id of the seat.
  expect(facts[3]).toMatch(/与一号坐席（工号 1） 通话$/)
  expect(out).toContain('从呼入到人工：5.2 秒')
  expect(facts.at(-1)).toMatch(/丢包 0\.5 %.*抖动 3\.3 毫秒.*MOS 4\.3/)
})

it('speaks English when it is asked to', async () => {
  const asking = [
    { args: ['--lang', 'en'], more: {} },
    { args: ['--lang=en'], more: { JIETING_LANG: 'zh-CN' } },
    { args: [], more: { JIETING_LANG: 'en' } },
    { args: [], more: { LANG: 'en_GB.UTF-8' } },
  ]
  for (const { args, more } of asking) {
    const { out } = await type(['seat', 'list', ...args], { ...env, ...more })
    expect(out.split('\n')[0]).toMatch(/^Seat +Name +Number +State +Phone$/)
  }
  const { out } = await type(['seat', 'list'], { ...env, LANG: 'C.UTF-8' })
  expect(out).toMatch(/^坐席/)
})

it('adds, readies and removes a seat', async () => {
  const add = ['seat', 'add', 's2', '--name', '二号坐席', '--contact', 'sip:s2@127.0.0.1:5090']
  expect(await type(add, env)).toMatchObject({
    code: 0,
    out: '已添加坐席 s2。开始接线：jieting seat ready s2\n',
  })
  expect((await type(['seat', 'ready', 's2'], env)).out).toBe('坐席 s2：示闲\n')
  expect((await type(['seat', 'list'], env)).out).toMatch(/s2 +二号坐席 +2 +示闲 +sip:s2@127\.0\.0\.1:5090/)
  expect((await type(['seat', 'skills', 's2', 'en', 'sign'], env)).out).toBe('坐席 s2：en sign\n')
  expect((await type(['seat', 'skills', 's2'], env)).out).toBe('坐席 s2：没有特别的技能\n')
  const moved = await type(['seat', 'change', 's2', '--contact', 'sip:s2@10.0.0.9', '--number', '12'], env)
  expect(moved.out).toBe('已修改坐席 s2\n')
  expect((await type(['seat', 'list'], env)).out).toMatch(/s2 +二号坐席 +12 +示闲 +sip:s2@10\.0\.0\.9/)
  expect((await type(['seat', 'change', 's2', '--new-password'], env)).out).toMatch(
    /^已修改坐席 s2\n注册密码（只显示这一次）：\S{12,}\n$/,
  )
  expect((await type(['seat', 'change', 's2'], env)).err).toContain(
    '要改的内容：display、number、contact、password',
  )
  expect((await type(['seat', 'remove', 's2'], env)).code).toBe(0)
})

it('makes a password for a phone that registers, and shows it once', async () => {
  const { code, out } = await type(['seat', 'add', 's3', '--name', '三号'], env)
  expect(code).toBe(0)
  expect(out).toMatch(/注册密码（只显示这一次）：[\w-]{32}\n$/)
})

it('takes a password from standard input, and does not repeat it', async () => {
  const args = ['seat', 'add', 's4', '--name', '四号', '--password-stdin']
  const { code, out } = await type(args, env, 'a password typed in\n')
  expect([code, out.includes('a password')]).toEqual([0, false])
})

it('marks a caller as elder, or no longer, or by language', async () => {
  await type(['caller', 'mark', '13800138000', '--elder'], env)
  await type(['caller', 'mark', '13800138000', '--no-elder'], env)
  const { out } = await type(['caller', 'mark', '13800138000', '--language', 'yue'], env)
  expect(out).toBe('流程有 yue 时，对其使用 yue\n')
  expect(asked.marks).toEqual([
    { number: '+8613800138000', elder: true },
    { number: '+8613800138000', elder: false },
    { number: '+8613800138000', language: 'yue' },
  ])
})

it('dials, and says which call it is', async () => {
  const { code, out } = await type(['dial', '+8613800138000', '--flow', 'survey'], env)
  expect([code, out]).toEqual([0, '已接通。查看经过：jieting calls show call_02\n'])
})

it('ends with 1 when the hotline refuses, and says why in words', async () => {
  const { code, err } = await type(['seat', 'ready', 's9'], env)
  expect([code, err]).toEqual([1, '没有这个坐席。seat：现为 s9；应为 s1\n'])
})

const wrong = [
  ['an unknown command', ['seats']],
  ['an unknown option', ['calls', '--all']],
  ['a missing argument', ['seat', 'ready']],
  ['a missing option', ['dial', '12345']],
  ['an argument too many', ['calls', 'show', 'call_01', 'call_02']],
  ['a value that does not fit', ['calls', '--limit', 'many']],
  ['neither elder nor not', ['caller', 'mark', '13800138000']],
  ['a language that is none', ['caller', 'mark', '13800138000', '--language', '广东话']],
  [
    'a contact and a password',
    ['seat', 'add', 's5', '--name', 'x', '--contact', 'sip:h', '--password-stdin'],
  ],
] as const

it.each(wrong)('ends with 2 on %s', async (_what, args) => {
  const { code, out, err } = await type(args, env, 'long enough for all')
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/参数有误|填写的内容有误/)
})

it('says that the token is wrong, and where the right one lies', async () => {
  const { code, err } = await type(['calls'], { ...env, API_TOKEN: 'another-token-of-some-length' })
  expect(code).toBe(1)
  expect(err).toContain('API 令牌不对')
  expect(err).toContain('DATA_DIR/api-token')
})

it('says which file holds no token when somebody asks for one', async () => {
  const { code, err } = await type(['calls'], { ...env, DATA_DIR: '/nowhere/at/all' })
  expect([code, err.includes('/nowhere/at/all/api-token')]).toEqual([1, true])
})

it('tells where a member is signed in, signs them out, and helps who has lost their device', async () => {
  expect(await type(['staff', 'sessions', 'li'], env)).toMatchObject({ code: 0, out: 'li 现在没有登录\n' })
  expect(await type(['staff', 'sign-out', 'li'], env)).toMatchObject({
    code: 0,
    out: '已结束 li 的所有登录\n',
  })
  const lost = await type(['staff', 'lost-device', 'li', '--json'], env)
  expect([lost.code, JSON.parse(lost.out)]).toEqual([0, { state: 'removed' }])
})
