/** A language model that answers rightly, slowly, with lies, with broken JSON, and not at all: the desk works either way. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAssistant } from '../../src/assistant/index.ts'
import { createManualClock, type Log, silentLog } from '../../src/foundation/index.ts'
import { checkSettings } from '../../src/settings/index.ts'
import type { TrailEntry } from '../../src/trail/api.ts'
import { bearer, createHouse, noTrail } from '../http/house.ts'
import { openModelServer } from '../support/model-server.ts'

const lines = [
  { id: 3, text: '你好，我叫张伟，望京西园三区五号楼暖气不热' },
  { id: 5, text: '上周三开始的，室温只有十四度，没有停水' },
  { id: 8, text: '我电话138，0013，8000' },
]
const rightly = JSON.stringify({
  summary: [
    {
      text: '上周三开始，望京西园三区五号楼暖气不热',
      quotes: ['上周三开始的', '望京西园三区五号楼暖气不热'],
    },
    { text: '室温只有14度', quotes: ['室温只有十四度'] },
  ],
  fields: [
    { field: 'place', value: '望京西园三区五号楼', quote: '望京西园三区五号楼暖气不热' },
    { field: 'phone', value: '[电话1]', quote: '我电话[电话1]' },
    { field: 'keyword', value: '暖气不热', quote: '暖气不热' },
  ],
})
const hits = [
  {
    id: 'know_1',
    version: 2,
    question: '暖气不热怎么办',
    text: '请先排气，检查阀门。仍不热的，请联系供热单位上门测温，24小时内上门。',
  },
  { id: 'know_2', version: 1, question: '供热费怎么退', text: '测温不达标的，按天数退费，不收取手续费。' },
].map(hit => ({ ...hit, unit: 'heating', example: false, matched: hit.question, score: 1, untilMs: 2e12 }))

let server: Awaited<ReturnType<typeof openModelServer>>
beforeEach(async () => {
  server = await openModelServer(() => rightly)
})
afterEach(() => server.close())

function open({ log = silentLog, isOn = true }: { readonly log?: Log; readonly isOn?: boolean } = {}) {
  const clock = createManualClock()
  const assistant = openAssistant({
    at: isOn ? { url: server.url, key: 'a-key', model: 'small' } : undefined,
    knowledge: {
      search: async ({ text }) => ({
        hits: text.includes('暖气') ? hits : [],
        unsure: false,
        looked: text.length,
        cut: false,
      }),
    },
    isOrderNumber: () => false,
    clock,
    log,
  })
  const figures = () =>
    Object.fromEntries(
      assistant.figures.flatMap(({ name, read }) => {
        const all = read()
        const short = name.replace(/jieting_assistant_(.*)_total/, '$1')
        return typeof all === 'number'
          ? []
          : all.flatMap(({ labels, value }) =>
              value === 0 ? [] : [[`${short}:${Object.values(labels).join()}`, value]],
            )
      }),
    )
  const read = () => assistant.read({ call: 'call_1', lines, names: ['张伟'] })
  const answer = () =>
    assistant.answer({ call: 'call_1', text: '张伟家暖气不热，打13800138000', names: ['张伟'] })
  return { assistant, clock, figures, read, answer }
}

describe('a model that answers rightly', () => {
  it('sums a call up and offers fields with the words they came from, and never saw who called', async () => {
    const { read, figures } = open()
    const { outcome, dropped, proposals } = await read()
    expect({ outcome, dropped }).toEqual({ outcome: 'answered', dropped: 0 })
    expect(proposals).toEqual([
      {
        ...{ field: 'summary', value: '上周三开始，望京西园三区五号楼暖气不热；室温只有14度' },
        ...{ line: 5, from: 0, words: '上周三开始的', isDrafted: true },
      },
      {
        ...{ field: 'place', value: '望京西园三区五号楼' },
        ...{ line: 3, from: 8, words: '望京西园三区五号楼暖气不热', isDrafted: true },
      },
      {
        ...{ field: 'phone', value: '13800138000' },
        ...{ line: 8, from: 0, words: '我电话138，0013，8000', isDrafted: true },
      },
      { field: 'keyword', value: '暖气不热', line: 3, from: 17, words: '暖气不热', isDrafted: true },
    ])
    const [asked] = server.asked
    expect(asked).toMatchObject({ model: 'small', authorization: 'Bearer a-key' })
    expect(asked?.prompt).toContain('我电话[电话1]')
    expect(JSON.stringify(asked)).not.toMatch(/张伟|0013|8000/)
    expect(figures()).toEqual({ 'asked:reading': 1, 'outcomes:answered': 1 })
  })

  it('drafts an answer of sentences that each stand in an entry, and names the entries', async () => {
    const { answer } = open()
    server.now(
      () =>
        // Some put it between fences.
        `\`\`\`json\n${JSON.stringify({
          sentences: [
            { text: '请先排气，检查阀门', entry: 1, quote: '请先排气，检查阀门。' },
            { text: '测温不达标的，按天数退费。', entry: 2, quote: '测温不达标的，按天数退费' },
          ],
        })}\n\`\`\``,
    )
    const { sentences, entries, dropped } = await answer()
    expect(sentences).toEqual([
      { text: '请先排气，检查阀门', entry: 1 },
      { text: '测温不达标的，按天数退费。', entry: 2 },
    ])
    expect(entries).toMatchObject([
      { number: 1, id: 'know_1', version: 2 },
      { number: 2, id: 'know_2', version: 1 },
    ])
    expect(dropped).toBe(0)
    expect(server.asked[0]?.prompt).toContain('[姓名1]家暖气不热，打[电话1]')
  })
})

it('a model that lies is dropped, each lie by why it is one', async () => {
  const { read, answer, figures } = open()
  server.now(() =>
    JSON.stringify({
      summary: [
        { text: '供热单位拒绝维修', quotes: ['供热单位拒绝维修'] },
        { text: '暖气不热，要求赔偿', quotes: ['暖气不热'] },
        { text: '室温只有15度', quotes: ['室温只有十四度'] },
        ...Array.from({ length: 9 }, () => ({
          text: '望京西园三区五号楼暖气不热',
          quotes: ['望京西园三区五号楼暖气不热'],
        })),
      ],
      fields: [
        { field: 'keyword', value: '停水', quote: '停水' },
        { field: 'phone', value: '13900139000', quote: '我电话[电话1]' },
        { field: 'phone', value: '138', quote: '我电话[电话1]' },
        { field: 'place', value: '望京东园', quote: '望京西园三区五号楼' },
        { field: 'place', value: '酒仙桥', quote: '我住酒仙桥' },
        { field: 'street', value: '望京街道', quote: '望京' },
        { field: 'password', value: '望京', quote: '望京' },
      ],
    }),
  )
  const { proposals } = await read()
  expect(proposals.map(({ field }) => field)).toEqual(['summary'])
  expect([...(proposals[0]?.value ?? '')].length).toBeLessThanOrEqual(120)
  expect(figures()).toMatchObject({
    'dropped:not-said': 2,
    'dropped:not-borne-out': 5,
    'dropped:denied': 1,
    'dropped:unknown-field': 2,
    'dropped:too-long': 1,
  })
  server.now(() =>
    JSON.stringify({
      sentences: [
        { text: '收取手续费', entry: 2, quote: '收取手续费' },
        { text: '48小时内上门', entry: 1, quote: '24小时内上门' },
        { text: '免费上门测温', entry: 1, quote: '上门测温' },
        { text: '按天数退费', entry: 1, quote: '按天数退费' },
        { text: '按天数退费', entry: 7, quote: '按天数退费' },
      ],
    }),
  )
  expect(await answer()).toEqual({ outcome: 'answered', dropped: 5, sentences: [], entries: [] })
  expect(figures()).toMatchObject({
    'dropped:no-entry': 1,
    'dropped:not-said': 3,
    'dropped:not-borne-out': 8,
  })
})

describe('a model that says more than its answer', () => {
  const inFence = `\`\`\`json\n${rightly}\n\`\`\``
  const draft = '{"summary":[{"text":"供热单位拒绝维修","quotes":["供热单位拒绝维修"]}],"fields":[]}'
  it.each([
    ['between fences', inFence],
    ['between fences, with words around them', `好的，以下是结果：\n${inFence}\n以上字段 {place} 请核对。`],
    ['with words around it', `以下是 {JSON}：${rightly} 请您核对{}。`],
    ['after what it thought', `<think>\n先看 {"field":"place"}，草稿：${draft}\n</think>\n\n${rightly}`],
    ['after a thought that its server began', `草稿：${draft}，再改。</think>\n${inFence}`],
    ['after a draft of it', `${draft}\n改正：${rightly}`],
  ])('%s: it is read', async (_, written) => {
    const { read } = open()
    server.now(() => written)
    const { outcome, dropped, proposals } = await read()
    expect({ outcome, dropped }).toEqual({ outcome: 'answered', dropped: 0 })
    expect(proposals.map(({ field }) => field)).toEqual(['summary', 'place', 'phone', 'keyword'])
  })

  it('beside it, where its server tells thoughts apart: it is read', async () => {
    const { read } = open()
    const message = { role: 'assistant', content: rightly, reasoning_content: draft, reasoning: draft }
    server.now(() => whole({ choices: [{ index: 0, message, finish_reason: 'stop' }] }))
    expect(await read()).toMatchObject({ outcome: 'answered', dropped: 0, proposals: { length: 4 } })
  })

  it('in English: not a word of the caller, so none of it is kept', async () => {
    const { read } = open()
    server.now(() =>
      JSON.stringify({
        summary: [{ text: 'No heating since Wednesday', quotes: ['暖气不热'] }],
        fields: [{ field: 'keyword', value: 'heating', quote: 'the heating is off' }],
      }),
    )
    expect(await read()).toEqual({ outcome: 'answered', dropped: 2, proposals: [] })
  })
})

const whole = (answer: object, status = 200) => ({ status, body: JSON.stringify(answer) })

describe('a server that gives no answer', () => {
  const thought = { role: 'assistant', content: '', reasoning_content: rightly }
  const chunk = { choices: [{ index: 0, delta: { content: rightly } }] }
  it.each([
    ['too much to do', { ...whole({ error: { message: 'rate limit' } }, 429) }, 'away'],
    ['a call too long for it', whole({ error: { message: 'maximum context length is 4096' } }, 400), 'away'],
    ['a model of another name', whole({ error: { message: 'model "small" not found' } }, 404), 'away'],
    ['an error with status 200', whole({ error: { message: 'overloaded', code: 503 } }), 'away'],
    ['no choice', whole({ id: 'one', choices: [] }), 'away'],
    [
      'thoughts alone',
      whole({ choices: [{ index: 0, message: thought, finish_reason: 'length' }] }),
      'wrong',
    ],
    [
      'a stream that nobody asked for',
      {
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        body: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`,
      },
      'away',
    ],
    ['a page of a proxy', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }, 'away'],
  ])('%s: nothing comes of it, and it is counted', async (_, answer, outcome) => {
    const { read, figures } = open()
    server.now(() => answer)
    expect(await read()).toEqual({ outcome, dropped: 0, proposals: [] })
    expect(figures()).toEqual({ 'asked:reading': 1, [`outcomes:${outcome}`]: 1 })
  })

  it('is left alone for as long as it says, a minute at most', async () => {
    const { read, clock } = open()
    server.now(() => ({ ...whole({}, 429), headers: { 'retry-after': '30' } }))
    expect((await read()).outcome).toBe('away')
    server.now(() => rightly)
    expect((await read()).outcome).toBe('away')
    expect(server.asked.length).toBe(1)
    await clock.advance(30_000)
    expect((await read()).outcome).toBe('answered')
  })
})

describe('a model that is of no use', () => {
  it.each([
    ['broken JSON', '{"summary":[{"text":"暖气', 'wrong'],
    ['another form', '{"summary":"暖气不热"}', 'wrong'],
    ['no JSON', '好的，我来总结。', 'wrong'],
    ['nothing', '', 'wrong'],
  ])('answers %s: nothing comes of it', async (_, written, outcome) => {
    const { read, figures } = open()
    server.now(() => written)
    expect(await read()).toEqual({ outcome, dropped: 0, proposals: [] })
    expect(figures()).toEqual({ 'asked:reading': 1, [`outcomes:${outcome}`]: 1 })
  })

  it('answers after 2 s: nobody waits longer', async () => {
    const { read, clock, figures } = open()
    server.now(() => undefined)
    const reading = read()
    await server.askedTimes(1)
    await clock.advance(1_999)
    expect(figures()).toEqual({ 'asked:reading': 1 })
    await clock.advance(1)
    expect(await reading).toEqual({ outcome: 'late', dropped: 0, proposals: [] })
    expect(figures()).toEqual({ 'asked:reading': 1, 'outcomes:late': 1 })
  })

  it('fails, and tells what it was asked; or is not there: the log holds no word of it', async () => {
    const logged: unknown[] = []
    const note = (...all: unknown[]) => void logged.push(all)
    const log = { ...silentLog, warn: note, error: note, info: note, debug: note } as Log
    const { read, answer, figures } = open({ log })
    server.now('refuses')
    expect((await read()).outcome).toBe('away')
    expect((await answer()).outcome).toBe('away')
    await server.close()
    expect((await read()).outcome).toBe('away')
    expect(logged.length).toBe(3)
    expect(JSON.stringify(logged)).not.toMatch(/暖气|望京|张伟|138|电话/)
    expect(figures()).toEqual({ 'asked:reading': 2, 'asked:answer': 1, 'outcomes:away': 3 })
    server = await openModelServer(() => rightly)
  })
})

it('switched off, or with nothing to ask, nothing is sent, and the trail says so; sent, it says that and not what', async () => {
  const written: Omit<TrailEntry, 'atMs'>[] = []
  const trail = { ...noTrail, write: (entry: Omit<TrailEntry, 'atMs'>) => void written.push(entry) }
  const post = async (isOn: boolean, path: string, payload: object) => {
    const { app } = await createHouse({ assistant: open({ isOn }).assistant, trail })
    const answer = await app.inject({
      method: 'POST',
      url: `/api/assistant/${path}`,
      headers: bearer,
      payload,
    })
    await app.close()
    return answer.statusCode
  }
  expect(await post(false, 'readings', { call: 'call_1', lines })).toBe(404)
  expect(await post(true, 'readings', { call: 'call_1', lines: [{ id: 1, text: ' ' }] })).toBe(422)
  expect(await post(true, 'answers', { call: 'call_1', text: '今天星期几' })).toBe(422)
  expect(server.asked).toEqual([])
  expect(await post(true, 'readings', { call: 'call_1', lines })).toBe(200)
  expect(server.asked.length).toBe(1)
  expect(written.map(({ act, outcome, about }) => [act, outcome, about])).toEqual([
    ['sent', 'refused', 'call_1'],
    ['sent', 'refused', 'call_1'],
    ['sent', 'refused', 'call_1'],
    ['sent', 'done', 'call_1'],
  ])
  expect(JSON.stringify(written)).not.toMatch(/暖气|张伟|138/)
})

it('is asked of nobody in the clear, and has a name', () => {
  const faultsOf = (env: Record<string, string>) => checkSettings(env).faults.map(({ place }) => place)
  expect(faultsOf({ ASSISTANT_URL: 'http://model.example/v1', ASSISTANT_MODEL: 'm' })).toEqual([
    'ASSISTANT_URL',
  ])
  expect(faultsOf({ ASSISTANT_URL: 'http://127.0.0.1:11434/v1' })).toEqual(['ASSISTANT_URL'])
  expect(faultsOf({ ASSISTANT_URL: 'http://127.0.0.1:11434/v1', ASSISTANT_MODEL: 'm' })).toEqual([])
})
