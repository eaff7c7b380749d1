/** A citizen, a seat, and supervisors at telephones of ours, with the running product between them: each says a tone of its own. */
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { SeatCommand, Supervising, TalkView, ToSeatPage } from '../../src/desk/api.ts'
import { linearOf, type MediaPool, soundOf } from '../../src/media/index.ts'
import { lettersIn } from './heard.ts'
import { hire } from './hire.ts'
import { type RunningHotline, testToken } from './running-hotline.ts'
import { startTestMedia } from './sip-house.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from './sip-phone.ts'
import { tone } from './sounds.ts'
import { type Answer, usualPassword, visitorsOf } from './visitors.ts'

/** Of the citizen, the seat, the third and the supervisors. One tone alone is what a machine says: from a third it ends the call. */
export const tones = { c: [1200], s: [1600], t: [900, 1900], b: [2200], d: [2500] } as const
export type Party = keyof typeof tones

/** A second of what a party says. */
export function voiceOf(party: Party): Int16Array {
  const all = tones[party].map(hz => tone(hz, 1000, 5000))
  return all[0]!.map((_, at) => all.reduce((sum, one) => sum + one[at]!, 0))
}

/** Whatever keeps all that it hears. */
export type Ear = { heard(): Int16Array | Promise<Int16Array> }
export type ToneCall = Ear & { readonly call: PhoneCall }

/** Looks until this is so. @throws with what was found last */
export async function becomes(look: () => Promise<string | undefined>, wanted: string, withinMs = 10_000) {
  const untilMs = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found === wanted) return
    if (performance.now() > untilMs) throw new Error(`expected ${wanted}, found ${found}`)
    await delay(20)
  }
}

/** A telephone of ours in a call: says its tone all the time, and keeps what it hears. */
export function toneCall(call: PhoneCall, party: Party): ToneCall {
  void call.port.play([soundOf(voiceOf(party))], { loop: true })
  const all: Int16Array[] = []
  const deaf = call.port.tap(({ direction, codec, payload }) => {
    if (direction === 'heard') all.push(linearOf(codec, payload))
  })
  void call.ended.then(deaf)
  return { call, heard: () => Int16Array.from(all.flatMap(frame => [...frame])) }
}

export type Conference = Awaited<ReturnType<typeof openConference>>

export async function openConference(hotline: Pick<RunningHotline, 'url' | 'sip'>, agent = 's1') {
  const media: MediaPool = await startTestMedia([37_000, 37_499])
  const phones: SipPhone[] = []
  const sockets: WebSocket[] = []
  const { signsIn, program } = visitorsOf(hotline.url)
  const root = program(testToken)
  const phoneOf = async (user: string) => {
    const phone = await plugInPhone(hotline.sip, media, user)
    phones.push(phone)
    return phone
  }
  /** A seat with a telephone of ours, and whoever sits there. */
  const seatOf = async (name: string, role: 'seat' | 'supervisor') => {
    const phone = await phoneOf(name)
    await hire(hotline.url, testToken, { name, display: name, role, password: usualPassword })
    await done(root.post('/api/seats', { name, display: name, contact: phone.contact }))
    return { phone, own: await signsIn(name) }
  }
  const taken = async (phone: SipPhone, party: Party): Promise<ToneCall> => {
    const call = (await phone.rung.take()) as PhoneCall
    call.accept()
    return toneCall(call, party)
  }

  const seat = await seatOf(agent, 'seat')
  const socket = new WebSocket(`${hotline.url.replace('http', 'ws')}/seat/desk`, {
    headers: { cookie: seat.own.cookie, origin: hotline.url },
  })
  sockets.push(socket)
  let talk: TalkView | undefined
  const refusals: string[] = []
  socket.on('message', text => {
    const told = JSON.parse(String(text)) as ToSeatPage
    if (told.kind === 'talk') talk = told.talk
    if (told.kind === 'refused') refusals.push(`${told.order} ${told.code}`)
  })
  await new Promise(resolve => socket.once('open', resolve))
  const citizen = await phoneOf('citizen')

  return {
    root,
    signsIn,
    refusals,
    talk: () => talk,
    phoneOf,
    /** A supervisor with a telephone at their own seat, who does this to another seat. */
    async supervisor(name: string, party: Party) {
      const { phone, own } = await seatOf(name, 'supervisor')
      return {
        supervises: async (how: Supervising) =>
          (await own.post(`/api/floor/seats/${agent}/supervise`, { how })).status,
        takesOver: async () => (await own.post(`/api/floor/seats/${agent}/take-over`, {})).status,
        answers: () => taken(phone, party),
      }
    },
    /** What the agent asks for at the page of the seat. */
    asks: (command: SeatCommand) => socket.send(JSON.stringify(command)),
    isIn: (phase: TalkView['phase']) => becomes(async () => talk?.phase, phase, 20_000),
    /** A citizen who rings, presses 0, and talks with the agent. */
    async meet(): Promise<{ readonly caller: ToneCall; readonly seat: ToneCall }> {
      await done(root.post(`/api/seats/${agent}/ready`, {}))
      const ringing = await citizen.ring('12345')
      await ringing.final
      const caller = toneCall(ringing, 'c')
      await ringing.request('INFO', [['Content-Type', 'application/dtmf']], '0')
      const own = await taken(seat.phone, 's')
      await becomes(async () => talk?.phase, 'talking', 20_000)
      return { caller, seat: own }
    },
    async close() {
      for (const one of sockets) one.close()
      for (const phone of phones) await phone.close()
      await media.close()
    },
  }
}

async function done(asked: Promise<Answer>): Promise<void> {
  const { status, body } = await asked
  if (status >= 300) throw new Error(`${status}: ${body}`)
}

/** What each hears in this moment, as `c:st s:ct t:cs`. */
export async function hearing(ears: Readonly<Record<string, Ear>>): Promise<string> {
  const all = Object.entries(ears).map(async ([name, ear]) => {
    const samples = await ear.heard()
    return `${name}:${lettersIn(samples.subarray(-1920), tones)}`
  })
  return (await Promise.all(all)).join(' ')
}
