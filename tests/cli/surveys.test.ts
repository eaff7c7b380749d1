import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { type FrontDesk, openFrontDesk, readOrMakeToken } from '../../src/http/index.ts'
import type { Audit } from '../../src/ledger/api.ts'
import { createWeb, noAuditing, nobodyWorksHere, noSurveys } from '../http/house.ts'
import { type } from './terminal.ts'

let desk: FrontDesk
let dataDir: string
let env: Record<string, string>
const moves: unknown[] = []
let audit: Audit
const boss = { display: '主任', role: 'supervisor' } as const
const asked = {
  order: '2601050000127',
  cycle: 1,
  unit: 'heating',
  because: 'withdrawn',
  askedBy: 'li',
  askedAtMs: Date.UTC(2026, 0, 6, 2),
}
const intact: Audit = {
  rooms: [
    {
      room: 'surveys',
      events: 28,
      erased: 2,
      head: { room: 'surveys', seq: 28, hash: 'ab12' },
      adopted: { events: 5, atMs: Date.UTC(2026, 0, 6, 2) },
      rows: { surveys: 4, survey_attempts: 3 },
    },
  ],
  seals: { checked: 3, stamped: 1, lastAtMs: Date.UTC(2026, 0, 7, 2) },
  breaks: [],
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  const { token } = await readOrMakeToken(dataDir)
  desk = await openFrontDesk({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    clock: systemClock,
    apiToken: token,
    ...createWeb({
      auditing: { ...noAuditing, audit: async () => audit },
      surveys: {
        ...noSurveys,
        campaigns: async () => [
          {
            name: 'closed-orders',
            state: 'stopped',
            because: 'person-missed 2/40',
            by: 'jieting',
            startedAtMs: 0,
            lines: 10,
            perHour: 2000,
            ringing: 1,
            lastHour: 40,
            owed: 7,
            due: 2,
            linked: 3,
            settled: { answered: 30 },
            persons: { asked: 40, missed: 2, most: 0.03 },
            hours: [],
          },
        ],
        move: async (name, to, why) => void moves.push({ name, to, ...why }),
        rates: async by => [
          {
            name: by === 'unit' ? '城管局' : '东四街道',
            rates: { response: 0.8, solved: 0.625 },
            tally: {
              asked: 100,
              reached: 60,
              answered: 50,
              excluded: 3,
              referred: 0,
              contacted: { yes: 40, no: 10 },
              solved: { yes: 20, partly: 10, no: 10 },
              ratings: [0, 0, 0, 0, 0],
            },
          },
        ],
        coached: async () => [{ unit: '城管局', sign: 'same-number', orders: ['A1', 'A2'], answers: 2 }],
        exclusions: async () => [
          { ...asked, decided: { by: 'zhao', agreed: true, atMs: Date.UTC(2026, 0, 6, 3) } },
        ],
        ask: async exclusion => void moves.push(exclusion),
        decide: async decision => void moves.push(decision),
      },
      staff: {
        ...nobodyWorksHere,
        async signIn(name, password) {
          if (password === 'right') return { secret: name, member: { ...boss, name }, isHalf: false }
          return nobodyWorksHere.signIn(name, password, { address: '' })
        },
        who: async secret => ({
          member: { ...boss, name: secret },
          session: secret,
          idleEndsAtMs: 1e15,
          endsAtMs: 1e15,
        }),
        signOut: async secret => void moves.push(`${secret} left`),
      },
    }).web,
  })
  env = { DATA_DIR: dataDir, JIETING_URL: desk.url }
})
afterAll(async () => {
  await desk.close()
  await rm(dataDir, { recursive: true })
})

it('shows how a campaign stands, and why it stopped', async () => {
  const { code, out } = await type(['campaigns'], env)
  expect(code).toBe(0)
  expect(out).toMatch(/closed-orders +办结回访 +已停止 +1 +40 +7 +2 +3 +30 +0 +40 +2/)
  expect(out).toContain('办结回访：系统停止：要人工的 40 人中有 2 人 15 秒内未接通')
})

it('pauses one, with the reason', async () => {
  const { code } = await type(['campaigns', 'pause', 'closed-orders', '--because', '停电'], env)
  expect(code).toBe(0)
  expect(moves).toEqual([{ name: 'closed-orders', to: 'paused', because: '停电', by: 'program' }])
})

it('shows rates with what they are made of, and a dash where nobody answered', async () => {
  const { out } = await type(['survey', 'rates', '--by', 'street'], env)
  expect(out).toMatch(/东四街道 +80.0 % +62.5 % +- +- +100 +60 +50 +3/)
})

it('has one person ask for an exclusion and another agree, each signed in by their own password', async () => {
  moves.length = 0
  const order = '2601050000127'
  const exclude = ['survey', 'exclude', order, '--because', 'withdrawn', '--as', 'li']
  const wrong = await type(exclude, env, 'wrong')
  expect([wrong.code, moves]).toEqual([1, []])
  expect((await type(exclude, env, 'right')).out).toContain('已申请剔除，须另一人同意')
  expect((await type(['survey', 'confirm', order, '--as', 'zhao'], env, 'right')).out).toContain('已同意剔除')
  await type(['survey', 'confirm', order, '--as', 'zhao', '--refuse', '--closing', '2'], env, 'right')
  expect(moves).toEqual([
    ...[{ order, because: 'withdrawn', cycle: 1, by: 'li' }, 'li left'],
    ...[{ order, agreed: true, cycle: 1, by: 'zhao' }, 'zhao left'],
    ...[{ order, agreed: false, cycle: 2, by: 'zhao' }, 'zhao left'],
  ])
  const { out } = await type(['survey', 'exclusions'], env)
  expect(out).toMatch(/260105 000012 7 +1 +供热单位 +市民撤回 +li .* 已剔除 +zhao/)
})

it('says that nothing was changed, and what looks coached', async () => {
  audit = intact
  const { code, out } = await type(['audit'], env)
  expect(code).toBe(0)
  expect(out).toContain('没有改动：28 条记录逐条核验哈希链，7 行由记录重建')
  expect(out).toContain('回访：前 5 条于 2026-01-06 10:00 入链，此前是否被改无从证明')
  expect(out).toContain('封存凭证 3 份，其中 1 份有时间戳，最近一份 2026-01-07 10:00')
  expect((await type(['survey', 'audit'], env)).out).toBe(out)
  expect(out).toContain('城管局：同一号码多次最好评（2） A1 A2')
  expect(out).toContain('surveys 28 ab12')
})

it('leaves with another code where something was changed', async () => {
  audit = {
    ...intact,
    breaks: [{ what: 'column', room: 'surveys', stream: 'survey_01', table: 'surveys', column: 'unit' }],
  }
  const { code, out } = await type(['--lang', 'en', 'survey', 'audit'], env)
  expect(code).toBe(1)
  expect(out).toContain('surveys · survey_01 · surveys · unit：This column says something else than happened')
})

it('asks for a day that there is', async () => {
  const { code, err } = await type(['survey', 'rates', '--from', 'yesterday'], env)
  expect(code).toBe(2)
  expect(err).toContain('2026-01-05')
})
