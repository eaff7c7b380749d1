/**
 * From the first ring to the order that is open again, over SIP: the citizen and the seat are SIPp, the unit works on
 * its order over HTTP, the trunk that the hotline rings back through is SIPp again.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { urgencySchema } from '../../src/orders/api.ts'
import { freePort } from '../support/baresip.ts'
import { hire } from '../support/hire.ts'
import { type Act, captureOf, durationOfActs } from '../support/rtp-capture.ts'
import { type RunningHotline, runHotline } from '../support/running-hotline.ts'
import { addReadySeat } from '../support/seats.ts'
import { hasSipp, runSipp } from '../support/sipp.ts'
import { callThat, phoneThat, playCapture, pressByCapture } from '../support/sipp-scenarios.ts'
import { makeToneModel } from '../support/tone-model.ts'
import { spell } from '../support/tone-speech.ts'

const canRun = hasSipp || process.env.CI === 'true'
const patience = { timeout: 30_000, interval: 100 }
const hourMs = 3_600_000
const boss = '13700137000'
const reason = '没有来修'

/** Waits for the first question, answers three, says why, and is done. */
const citizen: readonly Act[] = [
  { wait: 3_500 },
  ...(['1', '1', '3', '5', '#'] as const).flatMap((press): Act[] => [{ press }, { wait: 700 }]),
  ...[{ wait: 800 }, { say: spell(`${reason}        `) }, { press: '#' as const }, { wait: 500 }],
]

type Order = {
  readonly order: Readonly<Record<'number' | 'stage', string>> &
    Readonly<Record<'cycle' | 'rangAtMs' | 'dueAtMs', number>>
  readonly events: readonly { readonly kind: string; readonly data: unknown }[]
}

let directory: string
let model: string
let hotline: RunningHotline
const [trunk, seat, ...sounds] = await Promise.all(Array.from({ length: 5 }, freePort))
beforeAll(async () => {
  if (!canRun) return
  directory = await mkdtemp(join(tmpdir(), 'jieting-loop-'))
  model = await makeToneModel()
  const rules = join(directory, 'order-rules')
  await cp(join(import.meta.dirname, '..', '..', 'order-rules'), rules, { recursive: true })
  const units = await readFile(join(rules, 'units.json'), 'utf8')
  await writeFile(
    join(rules, 'units.json'),
    units.replaceAll('"supervisors": []', `"supervisors": ["${boss}"]`),
  )
  // Whatever the hour is, the unit is told at once.
  const levels = { texts: { atOnce: urgencySchema.options } }
  await writeFile(join(rules, 'levels.json'), JSON.stringify(levels))
  const day = { morning: ['00:00', '12:00'], afternoon: ['12:00', '24:00'] }
  const surveys = join(directory, 'survey-rules.json')
  await writeFile(surveys, JSON.stringify({ delayMinutes: 0, hours: day, elderHours: day }))
  hotline = await runHotline({
    DATA_DIR: join(directory, 'data'),
    ORDER_RULES_DIR: rules,
    SURVEY_RULES: surveys,
    SIP_TRUNK: `sip:127.0.0.1:${trunk}`,
    RECOGNIZERS: 'sherpa',
    SHERPA_MODEL_DIR: model,
    SHERPA_MODEL_FAMILY: 't-one-ctc',
  })
}, 60_000)
afterAll(async () => {
  await hotline?.close()
  for (const made of [directory, model]) if (made) await rm(made, { recursive: true })
})

/** A phone of SIPp's with ports of its own, for one call. */
const phone = (scenario: string, port?: number) =>
  runSipp(scenario, hotline.sip, [
    ...['-mp', String(sounds.pop()), '-m', '1', '-timeout', '60'],
    ...(port === undefined ? [] : ['-p', String(port)]),
  ])
const asked = async <Answer>(path: string, body: object, headers: Record<string, string>) => {
  const answer = await fetch(`${hotline.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return { cookie: answer.headers.get('set-cookie') ?? '', answer: (await answer.json()) as Answer }
}
const program = { authorization: 'Bearer a-token-that-only-the-tests-know' }

/** The demand is told to a seat, who writes it down. */
async function ringsAndTells() {
  const answering = phone(phoneThat('', 3_000), seat)
  await addReadySeat(hotline, 's1', `sip:s1@127.0.0.1:${seat}`)
  const capture = '/usr/share/sip-tester/dtmf_2833_0.pcap'
  const ringing = phone(callThat(pressByCapture(capture)))
  await expect
    .poll(async () => (await hotline.facts()).map(({ kind }) => kind), patience)
    .toContain('connected')
  const { call } = (await hotline.newestCall()) ?? { call: { id: '' } }
  const demand = { category: 'power-supply', matter: '停电三天', street: '望京街道', place: '3号楼' }
  const by = { role: 'seat', person: 's1' }
  const { answer } = await asked<Order>('/api/orders', { call: call.id, ...demand, by }, program)
  expect(await Promise.all([answering, ringing])).toEqual([0, 0])
  return answer.order
}

/** Somebody of the unit signs in, signs for it, and closes it. */
async function unitCloses(number: string) {
  const wang = { name: 'wang', password: 'a password of some length' }
  const member = { ...wang, display: '王师傅', role: 'unit', unit: 'power' }
  await hire(hotline.url, 'a-token-that-only-the-tests-know', member)
  const { cookie } = await asked('/session', wang, { origin: hotline.url })
  const own = { origin: hotline.url, cookie: cookie.split(';')[0] ?? '' }
  await asked(`/api/orders/${number}/acts`, { do: 'sign' }, own)
  await asked(`/api/orders/${number}/acts`, { do: 'close', result: 'solved', words: '已经送电' }, own)
}

it.skipIf(!canRun)(
  'opens an order again that a citizen calls not solved, and keeps why',
  {
    timeout: 90_000,
  },
  async () => {
    const made = await ringsAndTells()
    const capture = join(directory, 'citizen.pcap')
    await writeFile(capture, captureOf(citizen))
    const answering = phone(phoneThat(playCapture(capture), durationOfActs(citizen) + 500), trunk)
    await unitCloses(made.number)
    expect(await answering).toBe(0)
    const shown = () => hotline.api<Order>(`/orders/${made.number}`)
    await expect.poll(async () => (await shown()).order.stage, patience).toBe('handling')

    const { order, events } = await shown()
    expect(order).toMatchObject({ cycle: 2, rangAtMs: made.rangAtMs, dueAtMs: made.rangAtMs + 24 * hourMs })
    const said = { contacted: 'yes', solved: 'no', rating: 5, words: expect.stringContaining('来修') }
    expect(events.find(({ kind }) => kind === 'answered')?.data).toMatchObject(said)
    expect(events.find(({ kind }) => kind === 'reopened')?.data).toMatchObject({ because: 'not-solved' })
    const keys = (await hotline.facts('out')).filter(({ kind }) => kind === 'key')
    expect(keys.map(({ key, source }) => `${key} ${source}`)).toEqual(
      ['1', '1', '3', '5', '#', '#'].map(key => `${key} rtp-event`),
    )
    const outbox = join(directory, 'data', 'texts')
    const texts = async () =>
      Promise.all(
        (await readdir(outbox)).map(async name => JSON.parse(await readFile(join(outbox, name), 'utf8'))),
      )
    const told = {
      id: expect.any(String),
      to: boss,
      text: expect.stringContaining('经回访未解决，已重新办理'),
    }
    await expect.poll(texts, patience).toContainEqual(told)
    const { out: story } = await hotline.jieting('orders', 'show', made.number)
    expect(story).toMatch(/answered {2}.*contacted · not solved · very dissatisfied · .*来修/)
    expect(story).toMatch(/closed {2}.*solved · 已经送电/)
    const audit = await hotline.jieting('audit')
    expect(audit).toMatchObject({ code: 0, out: expect.stringMatching(/nothing was changed: [1-9]/) })
  },
)
