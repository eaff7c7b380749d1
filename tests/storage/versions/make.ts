/**
 * Makes the fixture of a version: `npx tsx tests/storage/versions/make.ts <folder of its checkout, built> <name>`.
 * It runs that build on a PostgreSQL of its own, has it do some of everything that it can, kills it, and keeps what is in
 * its tables.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { postgresBin, startPostgres } from '../../support/postgres.ts'
import { startTestMedia } from '../../support/sip-house.ts'
import { plugInPhone } from '../../support/sip-phone.ts'

const [checkout = '', name = ''] = process.argv.slice(2)
const server = await startPostgres()
const folder = await mkdtemp(join(tmpdir(), 'jieting-'))
const token = 'a-token-that-only-the-tests-know'
const env = {
  PATH: process.env.PATH ?? '',
  API_TOKEN: token,
  SPEECH: 'scripted',
  HTTP_PORT: '0',
  SIP_PORT: '0',
  LOG_LEVEL: 'warn',
  // Where it owes callbacks: also to whoever waited for a moment.
  CALLBACK_ABANDONED_SECONDS: '0',
  DATA_DIR: folder,
  DATABASE_URL: server.url,
}
const child = spawn('node', ['dist/cli/main.js', 'start'], {
  cwd: checkout,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
})
process.on('exit', () => {
  child.kill('SIGKILL')
  server.kill()
})
let printed = ''
for await (const text of child.stdout.iterator({ destroyOnReturn: false })) {
  printed += text
  if (printed.includes('switched off')) break
}
child.stdout.resume()
const [url = ''] = /http:\/\/[\d.]+:\d+/.exec(printed) ?? []
const [, sipPort = ''] = /sip:12345@127\.0\.0\.1:(\d+)/.exec(printed) ?? []

async function post<Answer>(path: string, body: object): Promise<Answer> {
  const answer = await fetch(`${url}/api${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as Answer
}
const run = (program: string, ...args: readonly string[]) =>
  execFileSync(join(postgresBin ?? '', program), [...args, server.url], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
const ask = (statement: string) => run('psql', '-v', 'ON_ERROR_STOP=1', '-Atc', statement).trim()

/** Whether this version has such tables, or such routes. */
const keeps = (table: string) => ask(`select to_regclass('public.${table}') is not null`) === 't'
const { paths } = (await (await fetch(`${url}/docs/json`)).json()) as { readonly paths: object }
const offers = (path: string) => `/api${path}` in paths

await post('/seats', { name: 's1', display: '一号坐席', contact: 'sip:s1@127.0.0.1:5090' })
await post('/callers/13800138000/mark', { elder: true, language: 'yue' })
if (offers('/staff'))
  await post('/staff', { name: 'wang', display: '王', role: 'seat', password: 'a password of the fixture' })

// A citizen rings, asks for a person, and gives up in the queue: what this version writes of it by itself.
const media = await startTestMedia([25_000, 25_999])
const phone = await plugInPhone({ host: '127.0.0.1', port: Number(sipPort) }, media)
const citizen = await phone.ring('12345', { from: '13800138003' })
await citizen.final
await delay(1_000)
citizen.port.sendKey('0')
await delay(2_000)
citizen.hangup()
const isWritten = `select count(*) from calls where caller like '%13800138003' and ended_at is not null`
for (let tries = 0; ask(isWritten) !== '1'; tries++) {
  if (tries > 40) throw new Error('the call is not written')
  await delay(250)
}
await phone.close()
await media.close()

// A call that is over, with its transcript, and one in the queue when its process dies.
ask(
  `insert into calls (id, line, direction, caller, called, invited_at, answered_at, ended_at, ended_by, end_reason)
     values ('call_0000000000aaaaaaaaaa', 'sip', 'in', '+8613800138000', '12345', '2026-01-05 10:00+08',
       '2026-01-05 10:00+08', '2026-01-05 10:05+08', 'them', 'hung-up')`,
)
if (keeps('transcripts'))
  ask(`insert into transcripts (call_id, started_at, lines, expires_at) values ('call_0000000000aaaaaaaaaa',
     '2026-01-05 10:00+08', '[{"id":1,"who":"citizen","kind":"speech","text":"路灯坏了","settled":true,"startMs":0,"endMs":900}]', '2126-01-01')`)
if (keeps('lives'))
  ask(`insert into lives values ('life_dead', '2026-01-05 11:00:05+08');
   insert into calls (id, line, direction, caller, called, invited_at, answered_at, life)
     values ('call_0000000000bbbbbbbbbb', 'sip', 'in', '+8613800138001', '12345', '2026-01-05 11:00+08',
       '2026-01-05 11:00+08', 'life_dead');
   insert into call_facts values
     ('call_0000000000bbbbbbbbbb', 1767582000000000, '{"kind":"invited","line":"sip","direction":"in","caller":"+8613800138001","called":"12345"}'),
     ('call_0000000000bbbbbbbbbb', 1767582001000000, '{"kind":"queued","place":3}')`)

if (offers('/incidents'))
  await post('/incidents', {
    words: { 'zh-CN': '望京停水，预计18点恢复' },
    kind: 'water',
    area: { place: '望京' },
    untilMs: Date.now() + 86_400_000,
  })
if (offers('/programs'))
  await post('/programs', { name: 'city-app', owner: '市民热线处', scopes: ['orders:read'], days: 732 })

type Made = { readonly order: { readonly number: string; readonly unit: string } }
if (offers('/orders')) {
  const by = { role: 'seat', person: 's1' }
  const order = { category: 'power-supply', street: '东四街道', by }
  const { order: lamp } = await post<Made>('/orders', {
    ...order,
    call: 'call_0000000000aaaaaaaaaa',
    matter: '路灯坏了',
    place: '东四十条',
  })
  await post('/orders', {
    ...order,
    caller: '+8613800138003',
    matter: '井盖丢了',
    place: '东四',
    anyway: true,
  })
  const unit = { role: 'unit', person: 'u', unit: lamp.unit }
  await post(`/orders/${lamp.number}/acts`, { do: 'sign', by: unit })
  await post(`/orders/${lamp.number}/acts`, { do: 'close', result: 'solved', words: '已修好', by: unit })
}
child.kill('SIGKILL')

const dump = run('pg_dump', '--inserts', '--no-owner', '--no-privileges', '--no-comments')
const script = dump
  .split('\n')
  .filter(line => !/^(--|\\|SET |SELECT pg_catalog\.set_config)/.test(line))
  .join('\n')
await writeFile(join(import.meta.dirname, `${name}.sql.gz`), gzipSync(`${script}\n`, { level: 9 }))
await server.remove()
await rm(folder, { recursive: true })
