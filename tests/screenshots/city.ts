/** The product with people on the line: citizens and seats with SIP telephones, and citizens who are rung after a closing. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { hire } from '../support/hire.ts'
import { type CallShown, runHotline } from '../support/running-hotline.ts'
import { startTestMedia } from '../support/sip-house.ts'
import { headerOf } from '../support/sip-message.ts'
import { type PhoneCall, plugInPhone } from '../support/sip-phone.ts'
import { makeToneModel } from '../support/tone-model.ts'
import { spokenTones } from '../support/tone-speech.ts'

export const password = 'a long enough password'
const apiToken = 'a-token-that-only-the-tests-know'

/** Answers by the keys of the survey: contacted, solved, rating. */
export type Answers = readonly [
  contacted: '1' | '2',
  solved: '1' | '2' | '3',
  rating: '1' | '2' | '3' | '4' | '5',
]

export type Call = { readonly id: string; readonly phone: PhoneCall }
export type City = Awaited<ReturnType<typeof openCity>>

export async function openCity() {
  const directory = await mkdtemp(join(tmpdir(), 'jieting-screenshots-'))
  const model = await makeToneModel()
  const rules = join(directory, 'survey-rules.json')
  const day = { morning: ['00:00', '12:00'], afternoon: ['12:00', '24:00'] }
  await writeFile(rules, JSON.stringify({ delayMinutes: 0, attempts: 1, hours: day, elderHours: day }))
  const media = await startTestMedia([36_000, 36_999])
  // The trunk is there before the hotline whose calls it takes.
  const sip = { host: '127.0.0.1', port: 0 }
  const trunk = await plugInPhone(sip, media, 'trunk')
  const hotline = await runHotline({
    DATA_DIR: join(directory, 'data'),
    SURVEY_RULES: rules,
    SIP_TRUNK: trunk.contact.replace('trunk@', ''),
    // What citizens say is tones that this model hears: sound goes the whole way, and needs no cloud.
    RECOGNIZERS: 'sherpa',
    SHERPA_MODEL_DIR: model,
    SHERPA_MODEL_FAMILY: 't-one-ctc',
    MEDIA_PORT_MIN: '37000',
    MEDIA_PORT_MAX: '38999',
    SEAT_WRAP_UP_SECONDS: '0',
    LOG_LEVEL: 'error',
  })
  sip.port = hotline.sip.port
  const citizens = await plugInPhone(hotline.sip, media)
  const phones = [citizens, trunk]
  const answers = new Map<string, Answers>()

  const ask = async <Answer>(path: string, body: object, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${hotline.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return { headers: answer.headers, value: (await answer.json()) as Answer }
  }
  const post = async <Answer>(path: string, body: object) =>
    (await ask<Answer>(`/api${path}`, body, { authorization: `Bearer ${apiToken}` })).value

  /** The newest call of this number: not the one to a seat, which shows their number, too. */
  async function callOf(number: string): Promise<CallShown | undefined> {
    type Row = { readonly id: string; readonly direction: string } & Record<'caller' | 'called', string>
    const { calls } = await hotline.api<{ calls: readonly Row[] }>('/calls')
    const found = calls.find(({ direction, caller, called }) =>
      (direction === 'in' ? caller : called).endsWith(number),
    )
    return found && hotline.api<CallShown>(`/calls/${found.id}`)
  }
  const isAt = (state: string) => (shown: CallShown | undefined) =>
    shown?.timeline.some(({ fact }) => fact.kind === 'flow' && fact.state === state) ?? false

  /** A citizen who was rung answers each question once it is asked. */
  async function answersSurvey(call: PhoneCall) {
    const number = /sip:\+?(?:86)?(\d+)@/.exec(headerOf(await call.final, 'to'))?.[1] ?? ''
    const keys = answers.get(number)
    if (!keys) return call.reject(480)
    call.accept()
    for (const [state, key] of [
      ['intro', '1'],
      ['contacted', keys[0]],
      ['solved', keys[1]],
      ['satisfied', keys[2]],
    ] as const) {
      await until(async () => isAt(state)(await callOf(number)), `${number} to be asked ${state}`)
      // Its prompt has begun.
      await wait(800)
      call.port.sendKey(key)
    }
    const isOver = async () => {
      const shown = await callOf(number)
      return ['confirm', 'reason'].some(state => isAt(state)(shown))
    }
    await until(isOver, `${number} to be done`)
    await wait(1_500)
    call.hangup()
  }
  void (async () => {
    for await (const call of trunk.rung) void answersSurvey(call)
  })()

  return {
    url: hotline.url,
    api: hotline.api,
    answers,
    post,
    hire: (name: string, display: string, role: string, unit?: string) =>
      hire(hotline.url, apiToken, { name, display, role, unit, password }),
    /** Acts on orders as a member who signs in, since the token does not tell who uses it. */
    async signIn(name: string) {
      const { headers } = await ask('/session', { name, password }, { origin: hotline.url })
      const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
      return (order: string, act: object) =>
        ask(`/api/orders/${order}/acts`, act, { origin: hotline.url, cookie })
    },
    /** A seat with a telephone that answers by itself. */
    async seat(name: string, display: string) {
      const phone = await plugInPhone(hotline.sip, media, name)
      phones.push(phone)
      await post('/seats', { name, display, contact: phone.contact })
      const says = (wish: 'ready' | 'away') => post(`/seats/${name}/${wish}`, {})
      void (async () => {
        for await (const call of phone.rung) call.accept()
      })()
      return { ready: () => says('ready'), away: () => says('away') }
    },
    /** Rings the hotline, and asks for a person if wished. */
    async rings(number: string, to = '12345', key?: '0'): Promise<Call> {
      const phone = await citizens.ring(to, { from: number })
      await phone.final
      if (key) {
        await wait(500)
        phone.port.sendKey(key)
      }
      const shown = await until(() => callOf(number), `the call of ${number}`)
      return { id: shown.call.id, phone }
    },
    says: (call: Call, text: string) => call.phone.port.play([spokenTones(`${text}        `)]),
    isConnected: (call: Call) =>
      until(
        async () =>
          (await hotline.api<CallShown>(`/calls/${call.id}`)).timeline.some(
            ({ fact }) => fact.kind === 'connected',
          ),
        `${call.id} to have a person`,
      ),
    async close() {
      await hotline.close()
      for (const phone of phones) await phone.close()
      await media.close()
      for (const made of [directory, model]) await rm(made, { recursive: true })
    },
  }
}

/** Asks until the answer is there. */
export async function until<T>(ask: () => Promise<T | undefined | false>, what: string): Promise<T> {
  for (let turn = 0; turn < 400; turn++) {
    const answer = await ask()
    if (answer) return answer
    await wait(150)
  }
  throw new Error(`waited in vain for ${what}`)
}
