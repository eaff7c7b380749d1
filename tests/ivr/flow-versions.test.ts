import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog, Fault, FaultList } from '../../src/foundation/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { broken, emptyTables, openFolder, openTables, saying, switchable, textOf } from './flows-house.ts'

// Each start and each load proves all flows: seconds of processor, and several in one test.
vi.setConfig({ testTimeout: 60_000 })

let database: Database
let folder: Awaited<ReturnType<typeof openFolder>>
beforeAll(async () => {
  database = await openTables()
})
beforeEach(async () => {
  await emptyTables(database)
  folder = await openFolder(database)
})
afterEach(() => folder.close())
afterAll(() => database.close())

const change = (words: string, more: { share?: number } = {}) => ({
  files: [{ path: 'hotline.yaml', text: saying(words) }],
  author: '李工',
  note: words,
  ...more,
})
const standing = async ({ use }: { use(): Promise<{ standing: { number: number } } | undefined> }) =>
  (await use())?.standing.number

it('begins with the folder as version 1, proved, and knows it at the next start', async () => {
  const node = await folder.start()
  expect(await node.list(9)).toMatchObject([{ number: 1, way: 'folder', parent: undefined }])
  const [first] = await node.list(9)
  expect(first?.verdict.map(({ flow }) => flow).sort()).toEqual(['after-hours', 'elder', 'hotline', 'survey'])
  expect(node.current()).toMatchObject({ number: 1, version: first?.digest })
  await node.close()
  const again = await folder.start()
  expect(await again.list(9)).toHaveLength(1)
})

it('takes a changed file with the others that answer, and rolls back in one step, twice', async () => {
  const node = await folder.start()
  await node.load(change('第二版'))
  await node.load(change('第三版'))
  expect([node.says('第三版'), node.current().flows.size]).toEqual([true, 4])
  expect(await node.diff(1, 2)).toMatchObject([{ name: 'hotline.yaml' }])
  expect((await node.rollback('王工')).standing.number).toBe(2)
  expect(node.says('第二版')).toBe(true)
  expect(await node.rollback('王工')).toMatchObject({
    standing: { number: 1 },
    because: 'rolled-back',
    author: '王工',
  })
  await expect(node.rollback('王工')).rejects.toMatchObject({ code: 'nothing-before' })
  expect((await node.rollback('王工', 3)).standing.number).toBe(3)
  await expect(node.rollback('王工', 9)).rejects.toMatchObject({ code: 'version-unknown' })
  expect(node.says('第三版')).toBe(true)
})

it('keeps what changed line by line, with who did it and why', async () => {
  const node = await folder.start()
  await node.load(change('第二版'))
  const [second] = await node.list(1)
  expect(second).toMatchObject({ number: 2, way: 'api', author: '李工', note: '第二版', parent: 1 })
  const [file] = await node.diff(1, 2)
  const lines = file?.hunks.flatMap(hunk => hunk.lines) ?? []
  expect(lines.some(line => line.startsWith('-') && line.includes('感谢您的来电'))).toBe(true)
  expect(lines.some(line => line.startsWith('+') && line.includes('第二版'))).toBe(true)
})

it('refuses a broken flow with its line and column, and one that the proof breaks, and goes on with the old ones', async () => {
  const node = await folder.start()
  const refused = async (text: string) =>
    node.load({ files: [{ path: 'hotline.yaml', text }], author: '李工', note: '坏的' }).then(
      () => [],
      error => (error instanceof FaultList ? error.faults.map(({ message }) => message) : [String(error)]),
    )
  expect((await refused(broken)).join()).toMatch(/hotline\.yaml:\d+:\d+: .*did you mean "start"/)
  const hangingUp = textOf('hotline.yaml').replace('silence: known', 'silence: sorry')
  expect((await refused(hangingUp)).join()).toMatch(/hotline\.yaml:\d+:\d+: .*hears/)
  expect([await standing(node), await node.list(9)]).toMatchObject([1, [{ number: 1 }]])
})

it('refuses a survey whose answers nobody would know, with its place and what was expected', async () => {
  const node = await folder.start()
  const text = textOf('survey.yaml')
    .replaceAll('name: solved', 'name: answer')
    .replaceAll('values: { solved:', 'values: { answer:')
  const loading = node.load({ files: [{ path: 'survey.yaml', text }], author: '李工', note: '改名' })
  await expect(loading).rejects.toMatchObject({
    faults: [
      {
        code: 'what-is-needed-is-collected',
        place: expect.stringMatching(/^survey\.yaml:\d+:3$/),
        found: expect.stringMatching(/^"answer" with yes, partly, no/),
        expected: 'a state that collects "solved" with yes, partly, no',
      },
    ],
  })
  expect(await standing(node)).toBe(1)
})

it('tries a version on a share of the calls, then lets it answer all, or ends the trial', async () => {
  const node = await folder.start()
  expect(await node.load(change('试用', { share: 0.05 }))).toMatchObject({
    standing: { number: 1 },
    trial: { number: 2, share: 0.05 },
  })
  expect(node.says('试用')).toBe(false)
  expect((await node.rollback('王工')).trial).toBeUndefined()
  await expect(node.promote('王工')).rejects.toMatchObject({ code: 'no-trial' })
  await node.load(change('再试', { share: 0.5 }))
  expect(await node.promote('王工')).toMatchObject({ standing: { number: 3 }, because: 'promoted' })
  expect(node.says('再试')).toBe(true)
  expect((await node.rollback('王工')).standing.number).toBe(1)
})

it('does nothing for files that answer already', async () => {
  const node = await folder.start()
  await node.load({
    files: [{ path: 'hotline.yaml', text: textOf('hotline.yaml') }],
    author: '李工',
    note: '没改',
  })
  expect(await node.list(9)).toHaveLength(1)
})

it('takes a saved file into use, refuses a broken one and says why, until it is mended', async () => {
  const node = await folder.start()
  const comes = (fact: () => boolean) =>
    expect
      .poll(
        async () => {
          await node.passes()
          return fact()
        },
        { timeout: 10_000 },
      )
      .toBe(true)
  await folder.save('hotline.yaml', saying('存盘'))
  await comes(() => node.says('存盘'))
  expect(await node.list(1)).toMatchObject([{ number: 2, way: 'folder', note: 'hotline.yaml' }])
  await folder.save('hotline.yaml', broken)
  await comes(() => node.refusal() !== undefined)
  expect(node.refusal()?.faults[0]?.place).toMatch(/hotline\.yaml:\d+:\d+$/)
  expect(node.says('存盘')).toBe(true)
  await folder.save('hotline.yaml', textOf('hotline.yaml'))
  await comes(() => node.says('感谢您的来电'))
  expect([node.refusal(), await standing(node)]).toEqual([undefined, 3])
})

it('goes on after a start with what the API loaded, not with the older folder', async () => {
  const node = await folder.start()
  await node.load(change('第二版'))
  await node.close()
  const again = await folder.start()
  expect([again.says('第二版'), await standing(again)]).toEqual([true, 2])
})

const lineOf = (beginning: string) =>
  textOf('hotline.yaml')
    .split('\n')
    .findIndex(line => line.startsWith(beginning)) + 1

it('goes on with a version of an earlier build that says its words, and hints at those of today', async () => {
  const old = textOf('hotline.yaml').replace('goto: { flow: elder }', 'call: { flow: elder }')
  const node = await folder.start()
  await node.load({ files: [{ path: 'hotline.yaml', text: old }], author: '李工', note: '旧词' })
  await node.close()
  const again = await folder.start()
  expect(await standing(again)).toBe(2)
  expect(again.current().flows.get('hotline')?.nodes.get('to-elder')?.verb).toBe('goto')
  expect(again.hints()).toMatchObject([
    {
      code: 'word-former',
      place: `hotline.yaml:${lineOf('    goto:')}:5`,
      found: '"call"',
      expected: '"goto"',
    },
  ])
  expect(again.refusal()).toBe(undefined)
})

describe('a version that an earlier build took, and this one cannot use', () => {
  /** The answers have other names: before, nobody asked for them. */
  const renamed = textOf('survey.yaml')
    .replaceAll('name: solved', 'name: answer')
    .replaceAll('values: { solved:', 'values: { answer:')
  const takenBefore = async () => {
    const node = await folder.start(database, { needs: { survey: { answers: {} } } })
    await node.load({ files: [{ path: 'survey.yaml', text: renamed }], author: '李工', note: '改名' })
    await node.close()
  }

  it('leaves the calls to the folder, and is named with the command that helps', async () => {
    await takenBefore()
    const lines: string[] = []
    const node = await folder.start(database, { log: createLog('info', line => lines.push(line)) })
    expect(node.current().flows.get('survey')?.nodes.get('solved')?.options).toMatchObject({
      keeps: { name: 'solved' },
    })
    expect(node.refusal()).toMatchObject({ version: 2, faults: [{ code: 'what-is-needed-is-collected' }] })
    expect(lines.join()).toMatch(/survey\.yaml:\d+:3: found \\"answer\\" with yes, partly, no/)
    expect(lines.join()).toContain('jieting flow diff 2, then jieting flow load')
  })

  it('leaves them to an earlier version when the folder cannot be used either', async () => {
    await takenBefore()
    await folder.save('hotline.yaml', broken)
    const node = await folder.start()
    expect([node.current().number, node.says('感谢您的来电')]).toEqual([1, true])
    expect(node.refusal()).toMatchObject({ version: 2 })
  })

  it('refuses the start where the city has no other, and names the command that helps', async () => {
    await folder.save('survey.yaml', renamed)
    await (await folder.start(database, { needs: { survey: { answers: {} } } })).close()
    const refused = await folder.start().catch((error: unknown) => error)
    expect((refused as FaultList).faults).toMatchObject([
      { code: 'what-is-needed-is-collected', place: expect.stringMatching(/survey\.yaml:\d+:3$/) },
      { code: 'flows-of-earlier-build', found: expect.stringMatching(/^version 1,/) },
    ])
    expect((refused as FaultList).message).toContain('npx jieting flow verify')
  })

  it('is out of the way once a mended one is loaded', async () => {
    await takenBefore()
    const node = await folder.start()
    const files = [{ path: 'survey.yaml', text: textOf('survey.yaml') }]
    await node.load({ files, author: '李工', note: '改回' })
    expect([await standing(node), node.current().number]).toEqual([3, 3])
  })
})

it('takes at a start what was changed in the folder meanwhile', async () => {
  const node = await folder.start()
  await node.load(change('第二版'))
  await node.close()
  await folder.save('hotline.yaml', saying('停机时改'))
  const again = await folder.start()
  expect([again.says('停机时改'), await standing(again)]).toEqual([true, 3])
})

it('starts with what answered before when the folder is broken, and says so', async () => {
  await (await folder.start()).close()
  await folder.save('hotline.yaml', broken)
  const again = await folder.start()
  expect([again.says('感谢您的来电'), await standing(again)]).toEqual([true, 1])
  expect(again.refusal()?.faults.map(({ place }) => place)).toContainEqual(
    expect.stringMatching(/yaml:\d+:\d+$/),
  )
})

it('refuses to start when the folder is broken and nothing answered before', async () => {
  await folder.save('hotline.yaml', broken)
  const lines: string[] = []
  const log = createLog('info', line => lines.push(line))
  await expect(folder.start(database, { log })).rejects.toBeInstanceOf(FaultList)
  // Whoever starts it reads the faults: the log does not say them once more.
  expect(lines).toEqual([])
})

it('answers with the folder while the database is away, and tells it when it is back', async () => {
  const gate = switchable(database)
  gate.goes()
  const node = await folder.start(gate.database)
  expect([node.says('感谢您的来电'), node.current().number]).toEqual([true, undefined])
  await expect(node.load(change('不行'))).rejects.toBeInstanceOf(Fault)
  gate.returns()
  await expect
    .poll(async () => {
      await node.passes()
      return node.current().number
    })
    .toBe(1)
})

it('lets two nodes on one database answer with the same', async () => {
  const [one, other] = [await folder.start(), await folder.start()]
  await one.load(change('第二版'))
  await expect.poll(() => other.says('第二版')).toBe(true)
  await other.rollback('王工')
  await expect.poll(() => one.says('感谢您的来电')).toBe(true)
  expect(one.current().number).toBe(1)
})
