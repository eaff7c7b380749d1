/** Flows that change while real calls are up: sent to the running product, and saved in its folder. */
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { flowNeeds } from '../../src/hall/rooms.ts'
import { flowMigrations, openFlows } from '../../src/ivr/index.ts'
import { migrate, openDatabase } from '../../src/storage/index.ts'
import { flowsDirectory } from '../ivr/shipped.ts'
import { lacksPostgres, startPostgres } from '../support/postgres.ts'
import { runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { plugInPhone } from '../support/sip-phone.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close()
})
const opens = <T>(thing: T, close: (thing: T) => unknown): T => {
  open.push(() => close(thing))
  return thing
}

async function copyOfFlows() {
  const directory = opens(await mkdtemp(join(tmpdir(), 'jieting-flows-')), it => rm(it, { recursive: true }))
  await cp(flowsDirectory, directory, { recursive: true })
  return directory
}
const changed = async (directory: string, words: string) =>
  (await readFile(join(directory, 'hotline.yaml'), 'utf8')).replace('请说出您的诉求', words)

describe('flows that change under calls', { timeout: 120_000 }, () => {
  it('leads who rang before by the old flow and who rings after by the new one, over SIP', async () => {
    const directory = await copyOfFlows()
    const hotline = opens(await runHotline({ FLOWS_DIR: directory }), it => it.close())
    const media = opens(await startTestMedia([24_500, 24_999]), it => it.close())
    const phone = opens(await plugInPhone(hotline.sip, media, 'citizen'), it => it.close())
    const told = async (id: string) =>
      JSON.stringify((await hotline.api<{ timeline: unknown }>(`/calls/${id}`)).timeline)

    // As people key a number, which is not as the line tells it.
    const mark = await hotline.jieting('caller', 'mark', '13900139000', '--language', 'yue')
    expect([mark.code, mark.err]).toEqual([0, ''])
    const marked = await phone.ring('12345', { from: '13900139000' })
    await marked.final
    const cantonese = (await hotline.newestCall())?.call.id ?? ''
    await expect.poll(() => told(cantonese), { timeout: 15_000 }).toContain('驳紧人工')
    expect(await told(cantonese)).toContain('"language":"yue"')
    marked.hangup()

    const early = await phone.ring('12345')
    await early.final
    const first = (await hotline.newestCall())?.call.id ?? ''
    await expect.poll(() => told(first), { timeout: 15_000 }).toContain('"queued"')

    const file = join(tmpdir(), `${process.pid}`, 'hotline.yaml')
    await cp(join(directory, 'hotline.yaml'), file)
    opens(file, it => rm(join(it, '..'), { recursive: true }))
    await writeFile(file, await changed(directory, '请讲一讲您的诉求'))
    const loaded = await hotline.jieting('flow', 'load', file, '--note', 'other words', '--author', 'li')
    expect([loaded.code, loaded.out]).toEqual([0, 'version 2 answers (li)\n'])

    const late = await phone.ring('12345')
    await late.final
    const second = (await hotline.newestCall())?.call.id ?? ''
    late.port.sendKey('2')
    early.port.sendKey('2')
    await expect.poll(() => told(second), { timeout: 15_000 }).toContain('请讲一讲您的诉求')
    await expect.poll(() => told(first), { timeout: 15_000 }).toContain('请说出您的诉求')
    expect([
      /"version".*?"number":(\d)/.exec(await told(first))?.[1],
      /"version".*?"number":(\d)/.exec(await told(second))?.[1],
    ]).toEqual(['1', '2'])
    early.hangup()
    late.hangup()

    await writeFile(file, 'flow: hotline\nstart: nowhere\nstates: {}\n')
    const refused = await hotline.jieting('flow', 'load', file, '--note', 'broken')
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/hotline\.yaml:\d+:\d+: /)])

    await writeFile(join(directory, '.hotline.yaml.new'), await changed(directory, '现在请说您的诉求'))
    await rename(join(directory, '.hotline.yaml.new'), join(directory, 'hotline.yaml'))
    await expect
      .poll(async () => (await hotline.jieting('flow', 'versions')).out, { timeout: 15_000, interval: 500 })
      .toMatch(/^3 +answers .* FLOWS_DIR +hotline\.yaml/m)
    const back = await hotline.jieting('flow', 'rollback', '--author', 'wang')
    expect(back.out).toBe('version 2 answers (wang)\n')
    const diff = await hotline.jieting('flow', 'diff', '2')
    expect(diff.out).toMatch(/^-.*请说出您的诉求.*\n\+.*请讲一讲您的诉求/m)
  })

  it.skipIf(lacksPostgres)('lets two nodes on one PostgreSQL follow each other', async () => {
    const directory = await copyOfFlows()
    const server = opens(await startPostgres(), it => it.remove())
    const node = async () => {
      const shared = { clock: systemClock, log: silentLog }
      const database = opens(await openDatabase({ url: server.url, ...shared }), it => it.close())
      await migrate(database, flowMigrations)
      const prepare = async () => ({})
      return opens(await openFlows({ directory, database, prepare, needs: flowNeeds, ...shared }), it =>
        it.close(),
      )
    }
    const [one, other] = [await node(), await node()]
    expect([one.current().number, other.current().number]).toEqual([1, 1])
    const text = await changed(directory, '请讲一讲您的诉求')
    await one.load({ files: [{ path: 'hotline.yaml', text }], author: '李工', note: '换一种说法' })
    await expect.poll(() => other.current().number, { timeout: 20_000 }).toBe(2)
    await other.rollback('王工')
    await expect.poll(() => one.current().number, { timeout: 20_000 }).toBe(1)
  })
})
