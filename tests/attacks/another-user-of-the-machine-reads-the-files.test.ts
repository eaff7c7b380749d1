/** The embedded database lay open to every local user: password hashes and complaints were read as `nobody`. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { laidDown } from '../../src/hall/rooms.ts'
import { createRecorder } from '../../src/media/worker/recorder.ts'
import { keepPrivate } from '../../src/storage/index.ts'
import { openTextSender } from '../../src/texts/index.ts'
import { runHotline } from '../support/running-hotline.ts'

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'jieting-'))
  await chmod(dataDir, 0o755)
})
afterEach(() => rm(dataDir, { recursive: true }))

/** What others may do anything with, of all that lies here. */
async function open(): Promise<readonly string[]> {
  const all = ['', ...(await readdir(dataDir, { recursive: true }))]
  const modes = await Promise.all(
    all.map(async path => ({ path, mode: (await stat(join(dataDir, path))).mode & 0o777 })),
  )
  return modes
    .filter(({ mode }) => (mode & 0o077) !== 0)
    .map(({ path, mode }) => `${mode.toString(8)} ${path}`)
}
const modeOf = async (path: string) => (await stat(path)).mode & 0o777

describe('the product, started by a user with a usual umask', () => {
  it('leaves nothing open, prints no token, and mends what a copy or an earlier version left open', async () => {
    const first = await runHotline({ DATA_DIR: dataDir, API_TOKEN: '' })
    const token = (await readFile(join(dataDir, 'api-token'), 'utf8')).trim()
    expect(token.length).toBeGreaterThan(24)
    expect(first.printed()).not.toContain(token)
    expect(first.printed()).toContain(join(dataDir, 'api-token'))
    expect(await open()).toEqual([])
    await first.close()

    await chmod(join(dataDir, 'database', 'global', 'pg_control'), 0o666)
    const laid = await readdir(dataDir)
    expect(laid).toContain('ledger-key')
    for (const name of ['', ...laid]) await chmod(join(dataDir, name), 0o755)
    const next = await runHotline({ DATA_DIR: dataDir })
    expect(next.printed()).toMatch(new RegExp(`^${laid.length + 2} 个文件对本机其他用户开放`, 'm'))
    expect(await open()).toEqual([])
    await next.close()
    expect(await open()).toEqual([])
  }, 150_000)
})

describe('a start', () => {
  it.each(['recordings', 'spill', 'texts', 'evidence', 'prompts', 'database'])(
    'mends %s, however deep',
    async name => {
      const folder = join(dataDir, name, 'deep')
      await mkdir(folder, { recursive: true, mode: 0o777 })
      await writeFile(join(folder, 'file'), '', { mode: 0o644 })
      expect(await keepPrivate(dataDir, laidDown)).toBe(4)
      expect(await open()).toEqual([])
      expect(await keepPrivate(dataDir, laidDown)).toBe(0)
    },
  )

  it('changes nothing that is not ours: a folder shared with others, and what a link leads to', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'jieting-'))
    const theirs = join(elsewhere, 'theirs')
    await writeFile(theirs, '', { mode: 0o644 })
    await chmod(theirs, 0o644)
    await mkdir(join(dataDir, 'recordings'))
    await symlink(theirs, join(dataDir, 'recordings', 'link'))
    await writeFile(join(dataDir, 'somebody-elses'), '')
    await chmod(join(dataDir, 'somebody-elses'), 0o644)
    await keepPrivate(dataDir, laidDown)
    expect(await modeOf(theirs)).toBe(0o644)
    expect(await modeOf(join(dataDir, 'somebody-elses'))).toBe(0o644)
    expect(await modeOf(dataDir)).toBe(0o755)
    expect(await modeOf(join(dataDir, 'recordings'))).toBe(0o700)
    await rm(elsewhere, { recursive: true })
  })
})

describe('whoever writes', () => {
  it('lays a recording down for its owner alone, whatever the umask', async () => {
    const path = join(dataDir, 'one.wav')
    const recorder = createRecorder(path)
    recorder.end()
    await recorder.done
    expect(await modeOf(path)).toBe(0o600)
  })

  it('lays texts down for their owner alone, also in a folder that was open', async () => {
    const folder = join(dataDir, 'texts')
    await openTextSender({ folder }).send({ to: '13800138000', text: 'x' })
    const [name = ''] = await readdir(folder)
    expect([await modeOf(folder), await modeOf(join(folder, name))]).toEqual([0o700, 0o600])
  })
})
