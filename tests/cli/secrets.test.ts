/** What is typed unseen, and what becomes of keys, in the built program: as somebody at the machine does it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { main, shell, startHotline } from './shell.ts'

const first = 'a long pass phrase'
const passphrase = 'what nobody guesses'
let folder: string
let env: Record<string, string>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jieting-'))
  const shared = { HTTP_PORT: '0', SIP_PORT: '0', SPEECH: 'scripted', LOG_LEVEL: 'silent' }
  env = { ...shared, DATA_DIR: join(folder, 'data') }
})
afterAll(() => rm(folder, { recursive: true }))

/** At a terminal (script(1) makes one), where each line is typed once it is asked for. @returns all that was seen */
async function typedAt(args: readonly string[], lines: readonly string[]) {
  const command = ['node', main, ...args].map(part => `'${part}'`).join(' ')
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const left = [...lines]
  let seen = ''
  let answered = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text
    // A question ends with a colon and no line.
    for (const [end] of [...seen.matchAll(/[：:] ?(?=\r?\n|$)/g)].slice(answered)) {
      answered += end.length > 0 ? 1 : 0
      const line = left.shift()
      if (line !== undefined) child.stdin.write(`${line}\r`)
    }
  })
  const [code] = await exited
  return { code, seen }
}
/** Signs in as they were let in, and chooses a password of their own. */
async function changedAt(url: string): Promise<string> {
  const own = 'another that is mine'
  const ask = (path: string, body: object, cookie = '') =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, cookie },
      body: JSON.stringify(body),
    })
  const signedIn = await ask('/session', { name: 'boss', password: first })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]
  expect((await ask('/api/account/password', { password: first, next: own }, cookie)).status).toBe(204)
  return own
}
const unseen = (seen: string) => [first, passphrase].every(secret => !seen.includes(secret))

describe('keys', () => {
  let url = ''
  let hotline: Awaited<ReturnType<typeof startHotline>>
  const typed = (...args: string[]) => shell([...args, '--lang', 'en'], { ...env, JIETING_URL: url })
  const begin = async () => {
    hotline = await startHotline(env)
    url = hotline.url ?? ''
  }
  const end = async () => {
    hotline.kill('SIGTERM')
    expect(await hotline.exited).toBe(0)
  }

  it('an administrator is let in by who has the machine, with what they typed twice', async () => {
    const differs = await typedAt(['staff', 'rescue', 'boss'], [first, passphrase])
    expect([differs.code, differs.seen]).toEqual([1, expect.stringContaining('两次输入不同')])
    const { code, seen } = await typedAt(['staff', 'rescue', 'boss'], [first, first])
    expect([code, seen]).toEqual([0, expect.stringContaining('boss')])
    expect([differs.seen, seen].every(unseen)).toBe(true)
  }, 120_000)

  it('a copy is sealed by a passphrase that is typed twice, and opens by no other', async () => {
    const file = join(folder, 'all.backup')
    const made = await typedAt(['backup', '--to', file], [passphrase, passphrase])
    expect([made.code, made.seen]).toEqual([0, expect.stringContaining(file)])
    env = { ...env, DATA_DIR: join(folder, 'restored') }
    const wrong = await typedAt(['restore', file], [first])
    expect([wrong.code, wrong.seen]).toEqual([1, expect.stringContaining('备份打不开')])
    const back = await typedAt(['restore', file], [passphrase])
    expect([back.code, back.seen]).toEqual([0, expect.stringContaining(env.DATA_DIR ?? '')])
    expect([made, wrong, back].every(({ seen }) => unseen(seen))).toBe(true)
  }, 120_000)

  it('the keys of the copy are listed, and changed by an administrator alone', async () => {
    await begin()
    const audited = await typed('audit')
    expect([audited.code, audited.err]).toEqual([0, ''])
    const refused = await typed('keys', 'rotate', 'ledger-key')
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--as')])
    // What was typed to let them in is theirs to change first.
    const own = await changedAt(url)
    const rotated = await shell(
      ['keys', 'rotate', 'ledger-key', '--as', 'boss', '--lang', 'en'],
      { ...env, JIETING_URL: url },
      `${own}\n`,
    )
    expect([rotated.code, rotated.out]).toEqual([0, expect.stringContaining('ledger-key')])
    const listed: { keys: readonly { name: string; older: number }[] } = JSON.parse(
      (await typed('keys', 'list', '--json')).out,
    )
    expect(listed.keys.map(({ name, older }) => `${name} ${older}`)).toEqual([
      'api-token 0',
      'session-key 0',
      'ledger-key 1',
    ])
    await end()
  }, 120_000)
})
