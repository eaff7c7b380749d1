import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { linesOf } from '../../src/captions/index.ts'
import { type Behaviour, createScriptedRecognizer } from '../../src/speech/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { type CaptionPage, openCaptionPage } from '../support/caption-page.ts'
import { type Hotline, openHotline, openTables } from '../support/hotline.ts'

let database: Database
let hotline: Hotline
beforeAll(async () => {
  database = await openTables()
})
afterAll(() => database.close())
beforeEach(async () => {
  hotline = await openHotline(database, { recognizer: createScriptedRecognizer() })
})
afterEach(() => hotline.close())

/** The one call that is up. */
const theCall = async () => {
  await hotline.stored.flush()
  const [row] = await hotline.callsUp()
  const captions = row && hotline.captions.of(row)
  if (!captions) throw new Error('no call is up')
  return captions
}
const citizenPage = async (options?: Parameters<typeof openCaptionPage>[2]) =>
  openCaptionPage(hotline.live, hotline.captions.passes.ofCall((await theCall()).call.id).link, options)
const seatPage = async () =>
  openCaptionPage(hotline.live, hotline.captions.passes.forSeat((await theCall()).call.id), { page: 'seat' })

/** Someone rings, presses 0, and a person answers. */
async function talk() {
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('0')
  const person = await seat.answers()
  await hotline.happens('connected')
  return { caller, person }
}

it('reads what the house says in step with its sound, from the first word, without any recognizer', async () => {
  const caller = hotline.rings()
  await caller.hears('12345热线')
  const page = await citizenPage()
  await hotline.clock.advance(900)
  const early = page.lines().find(({ kind }) => kind === 'prompt')?.text ?? ''
  expect('您好，12345热线，正在转接人工。通话会转成文字。'.startsWith(early)).toBe(true)
  expect(early.length).toBeGreaterThan(0)
  expect(early.length).toBeLessThan(10)
  await hotline.clock.advance(6_000)
  expect(page.reads()).toContain('system: 您好，12345热线，正在转接人工。通话会转成文字。')
  // Who came late reads the same.
  expect((await citizenPage()).lines()).toEqual(page.lines())
  caller.hangsUp()
})

it('is sent the link as well once the code was read out, and waits for a person meanwhile', async () => {
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('#')
  await caller.hears('字幕码')
  await hotline.clock.advance(20_000)
  await caller.hears('正在为您接通话务员')
  await expect.poll(hotline.texts).toHaveLength(1)
  const [message] = await hotline.texts()
  expect(message?.to).toBe('13800138000')
  const page = openCaptionPage(hotline.live, message?.text.match(/\/c\/([\w-]+)/)?.[1] ?? '')
  expect(page.refusal()).toBeUndefined()
})

it('has the code read out on pressing the hash key, and its holder reads both sides, each as itself', async () => {
  const seat = hotline.seat('s1')
  hotline.desk.setAway('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  caller.presses('#')
  const { text } = await caller.hears('字幕码')
  expect((await theCall()).isOn).toBe(true)
  const page = openCaptionPage(hotline.live, spokenCode(text))
  expect(page.refusal()).toBeUndefined()
  hotline.desk.setReady('s1')
  caller.presses('0')
  const person = await seat.answers()
  await hotline.happens('connected')
  caller.says('我家没有暖气')
  person.says('您住在哪里')
  await page.sees('您住在哪里')
  expect(page.reads()).toEqual(
    expect.arrayContaining(['system: 已接通 1 号话务员', 'citizen: 我家没有暖气', 'seat: 您住在哪里']),
  )
  caller.hangsUp()
})

/** The digits of a prompt, however they are read. */
function spokenCode(text: string): string {
  const digits = text.slice(text.indexOf('字幕码'))
  return [...digits]
    .map(
      sign =>
        ({
          零: '0',
          一: '1',
          幺: '1',
          二: '2',
          三: '3',
          四: '4',
          五: '5',
          六: '6',
          七: '7',
          八: '8',
          九: '9',
        })[sign] ?? sign,
    )
    .join('')
    .replaceAll(/\D/g, '')
}

it('types what cannot be spoken: the seat sees each letter, and has it read to them when the caller wishes', async () => {
  const { caller, person } = await talk()
  const page = await citizenPage()
  const seat = await seatPage()
  page.sends({ kind: 'type', line: 1, text: '我' })
  page.sends({ kind: 'type', line: 1, text: '我不会' })
  await seat.sees('我不会')
  // A letter that got lost on the way is made good by the next.
  page.sends({ kind: 'type', line: 1, text: '我不能说话' })
  page.sends({ kind: 'type', line: 1, text: '我不能说话', done: true, voice: true })
  await person.hears('我不能说话')
  // And the two are together again.
  await settled()
  await expect.poll(async () => (await page.sees('我不能说话')).voiced).toBe(true)
  caller.says('谢谢')
  await person.hears('谢谢')
  seat.sends({ kind: 'type', line: 1, text: '请您慢慢打字', done: true })
  expect((await page.sees('请您慢慢打字')).who).toBe('seat')
  caller.hangsUp()
})

/** Lets what is under way come to its end. */
const settled = () => hotline.clock.advance(10_000)

it('reads that the call is on hold, and that it goes on', async () => {
  await talk()
  const page = await citizenPage()
  const desk = hotline.desk.at('s1')
  desk?.hold()
  await page.sees('通话保持中，请稍候')
  desk?.resume()
  await page.sees('通话已恢复')
})

it('puts a wrong word right, and marks it', async () => {
  const { caller } = await talk()
  const page = await citizenPage()
  const seat = await seatPage()
  caller.says('明天部门来修')
  const line = await seat.sees('明天部门来修')
  seat.sends({ kind: 'fix', line: line.id, found: '部门', becomes: '不能' })
  expect((await page.sees('明天不能来修')).fixes).toEqual([{ from: 2, to: 4, was: '部门' }])
  seat.sends({ kind: 'fix', line: line.id, found: '今天', becomes: '明天' })
  expect(seat.told).toContainEqual({ kind: 'refused-fix', line: line.id })
  // A citizen cannot mend what the seat said.
  page.sends({ kind: 'fix', line: line.id, found: '不能', becomes: '能' })
  expect(page.refusal()).toBe('garbage')
  caller.hangsUp()
})

it('asks for a person by a button, and says that captions are wrong by another', async () => {
  const seat = hotline.seat('s1')
  const caller = hotline.rings()
  await caller.hears('12345热线')
  const page = await citizenPage()
  page.sends({ kind: 'person' })
  await seat.answers()
  await hotline.happens('connected')
  const desk = await seatPage()
  page.sends({ kind: 'wrong' })
  expect((await desk.sees(/请话务员打字/)).event).toBe('captions-wrong')
  caller.hangsUp()
})

it('loses its network, comes back, and neither lacks a line nor has one twice', async () => {
  const { caller, person } = await talk()
  const first = await citizenPage()
  caller.says('一')
  await first.sees('一')
  first.leaves()
  person.says('二')
  caller.says('三')
  await settled()
  const second = await citizenPage({ after: first.last() })
  const ids = second.changes().map(({ line }) => line.id)
  const all = linesOf([...first.changes(), ...second.changes()])
  expect(all).toEqual((await theCall()).transcript.lines())
  expect(all.filter(({ kind }) => kind === 'speech').map(({ text }) => text)).toEqual(['一', '二', '三'])
  expect(new Set(ids).size).toBe(ids.length)
  caller.hangsUp()
})

it('is too slow for all that comes, and is sent only how each line reads in the end', async () => {
  const { caller } = await talk()
  const page = await citizenPage()
  page.isSlow(1_000_000)
  const before = page.told.length
  for (let word = 0; word < 50; word++) caller.says(`第${word}句`)
  await settled()
  expect(page.told.slice(before)).toEqual([])
  page.isSlow(0)
  await hotline.clock.advance(5_000)
  expect(page.lines().filter(({ kind }) => kind === 'speech')).toHaveLength(50)
  caller.hangsUp()
})

it('types faster than anybody can, as a dictation does: the line is whole, and the page is still theirs', async () => {
  const { caller } = await talk()
  const page = await citizenPage()
  const seat = await seatPage()
  const said =
    '我住在朝阳区望京街道望京花园三号楼二单元六零一，暖气从前天晚上起就不热，电话一三八零零一三八零零一'
  for (let line = 1; line <= 2; line++) {
    for (let end = 1; end <= said.length; end++) page.sends({ kind: 'type', line, text: said.slice(0, end) })
    page.sends({ kind: 'type', line, text: `${said}，${line}`, done: true })
  }
  for (const line of [1, 2]) expect((await seat.sees(`${said}，${line}`)).settled).toBe(true)
  expect(page.refusal()).toBeUndefined()
  caller.hangsUp()
})

it('sends garbage and megabytes: the page is sent away, counted, and the call goes on', async () => {
  const { caller, person } = await talk()
  for (const garbage of ['{', '[]', '{"kind":"type"}', '{"kind":"fix","line":1}', new Uint8Array(8)]) {
    const page = await citizenPage()
    page.sendsRaw(garbage)
    expect([page.refusal(), page.closed()?.code]).toEqual(['garbage', 1008])
  }
  expect(hotline.live.mount.maxMessageBytes).toBeLessThanOrEqual(64 * 1024)
  const hasty = await citizenPage()
  for (let at = 0; at < 1_001; at++) hasty.sends({ kind: 'type', line: 1, text: `${at}` })
  expect(hasty.refusal()).toBe('too-fast')
  expect(hotline.captions.figures.counts.garbage).toBe(6)
  caller.says('我还在')
  await person.hears('我还在')
  caller.hangsUp()
})

it('opens nothing with a wrong code, and nothing more once the call is over', async () => {
  const { caller } = await talk()
  const { code, link } = hotline.captions.passes.ofCall((await theCall()).call.id)
  expect(openCaptionPage(hotline.live, 'guess').refusal()).toBe('wrong')
  const page = openCaptionPage(hotline.live, code)
  caller.hangsUp()
  await caller.isLeft()
  await settled()
  expect(page.status()).toMatchObject({ over: true, ear: 'idle' })
  expect(page.lines().at(-1)?.event).toBe('ended')
  expect(page.closed()?.code).toBe(1000)
  expect(openCaptionPage(hotline.live, link).refusal()).toBe('over')
})

it('writes into the journal how the captions were', async () => {
  const { caller } = await talk()
  const page = await citizenPage()
  caller.says('我家没有暖气')
  await page.sees('我家没有暖气')
  caller.hangsUp()
  await hotline.happens('ended')
  const [facts = []] = await hotline.timelines()
  expect(facts.find(({ kind }) => kind === 'captions')).toMatchObject({ rewritten: 0, gaps: 0, gapMs: 0 })
})

const pageWith = async (recognizer: Parameters<typeof openHotline>[1]): Promise<CaptionPage> => {
  await hotline.close()
  hotline = await openHotline(database, recognizer)
  const { caller } = await talk()
  const page = await citizenPage()
  caller.says('听得见吗')
  await settled()
  return page
}

it('says in plain words that there is no recognizer, and shows all else', async () => {
  const page = await pageWith({})
  expect(page.status()).toMatchObject({ ear: 'none', agent: { number: 1 } })
  expect(page.reads()).toContainEqual(expect.stringContaining('没有启用语音识别'))
})

it('says in plain words why nobody listens any more, and the call goes on', async () => {
  const page = await pageWith({
    recognizer: createScriptedRecognizer({ failsAtMs: 0, failsWith: 'recognizer-refused' }),
  })
  expect(page.status()).toMatchObject({ ear: 'deaf' })
  expect(page.reads()).toContainEqual(expect.stringContaining('语音识别拒绝了连接'))
  expect(hotline.captions.figures.counts.deaf).toBe(1)
})

it('keeps words and numbers out of the log', async () => {
  const { caller } = await talk()
  const page = await citizenPage()
  caller.says('我的病不能让人知道')
  page.sends({ kind: 'type', line: 1, text: '我叫张三', done: true })
  await page.sees('我的病不能让人知道')
  const { code, link } = hotline.captions.passes.ofCall((await theCall()).call.id)
  caller.hangsUp()
  await settled()
  const log = hotline.logged.join('\n')
  for (const secret of ['不能让人知道', '张三', code, link]) expect(log).not.toContain(secret)
})

it('reads the code, the place in the queue and all else that would be said while no voice is to be had', async () => {
  let behaviour: Behaviour = 'speak'
  await hotline.close()
  hotline = await openHotline(database, { voice: () => behaviour })
  const caller = hotline.rings()
  await caller.hears('12345热线')
  behaviour = 'fail'
  caller.presses('#')
  const page = await citizenPage()
  const { code } = hotline.captions.passes.ofCall((await theCall()).call.id)
  const digits = [...code].map(digit => '零幺二三四五六七八九'[Number(digit)]).join('.?')
  const read = await page.sees(new RegExp(`字幕码.*${digits}`))
  expect(read).toMatchObject({ who: 'system', kind: 'prompt', unspoken: true, settled: true })
  caller.presses('0')
  await page.sees(/正在为您接通话务员/)
  await hotline.clock.advance(21_000)
  const place = await page.sees(/您现在排在第1位/)
  expect(place).toMatchObject({ kind: 'prompt', unspoken: true })
  behaviour = 'speak'
  caller.hangsUp()
})

it('has a typed line spoken once a voice is back, and says so when none comes', async () => {
  let behaviour: Behaviour = 'speak'
  await hotline.close()
  hotline = await openHotline(database, { voice: () => behaviour })
  const { person } = await talk()
  const page = await citizenPage()
  behaviour = 'fail'
  page.sends({ kind: 'type', line: 1, text: '我不能说话', done: true, voice: true })
  await expect.poll(() => hotline.logged.join()).toContain('a typed line was not spoken')
  behaviour = 'speak'
  await hotline.clock.advance(2_000)
  await person.hears('我不能说话')
  await settled()
  await expect.poll(() => page.sees('我不能说话')).toMatchObject({ voiced: true })
  behaviour = 'fail'
  page.sends({ kind: 'type', line: 2, text: '请说慢一点', done: true, voice: true })
  await expect.poll(() => hotline.logged.join().split('a typed line was not spoken').length).toBe(3)
  await hotline.clock.advance(2_000)
  await page.sees('这句话没能念给对方听，对方仍能看到文字')
  expect(await page.sees('请说慢一点')).toMatchObject({ unspoken: true })
})
