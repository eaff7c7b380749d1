/** Many calls at once on a running hotline: people who talk, wait, leave a message, or are in a flow. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { CallbackPage, CallbackView } from '../../src/callbacks/index.ts'
import type { FloorNow } from '../../src/desk/floor/api.ts'
import type { MediaPool } from '../../src/media/index.ts'
import { holdMusic } from '../../src/speech/index.ts'
import { type CallShown, type RunningHotline, testToken } from './running-hotline.ts'
import { statusOf } from './sip-message.ts'
import { type PhoneCall, plugInPhone, type SipPhone } from './sip-phone.ts'

export const kinds = ['talking', 'queue', 'message', 'flow'] as const
export type Kind = (typeof kinds)[number]
export type Member = {
  readonly kind: Kind
  /** As the hotline writes it. */
  readonly number: string
  readonly call: PhoneCall
  readonly ear: ReturnType<typeof listenTo>
}
export type Crowd = Awaited<ReturnType<typeof gatherCrowd>>

/** Between two who ring: the phones share a small machine with the hotline. */
const apartMs = 40
const patience = { timeout: 60_000, interval: 200 }

/** Of so many a fifth talk, three tenths wait, a fifth leave a message, and the others are in a flow. */
export const sharesOf = (count: number): Readonly<Record<Kind, number>> => {
  const [talking, message, queue] = [0.2, 0.2, 0.3].map(share => Math.max(1, Math.round(count * share)))
  return { talking, message, queue, flow: count - talking! - message! - queue! } as Record<Kind, number>
}

export const press = (call: PhoneCall, key: string) =>
  call.request('INFO', [['Content-Type', 'application/dtmf-relay']], `Signal=${key}\r\nDuration=100\r\n`)

export async function post(hotline: RunningHotline, path: string, body?: object): Promise<void> {
  const headers = {
    authorization: `Bearer ${testToken}`,
    ...(body && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(`${hotline.url}/api${path}`, {
    method: 'POST',
    headers,
    body: body && JSON.stringify(body),
  })
  expect([path, answer.status < 300 || (await answer.text())]).toEqual([path, true])
}

/** Where callers are, as the floor tells it; who leaves a message apart from others in a flow. */
export async function placesOf(hotline: RunningHotline): Promise<Readonly<Record<string, number>>> {
  const { places } = await hotline.api<FloorNow>('/floor')
  const found: Record<string, number> = {}
  for (const { place, calls } of places) {
    const at = place.at === 'flow' && place.state === 'demand' ? 'message' : place.at
    found[at] = (found[at] ?? 0) + calls
  }
  return found
}

/** Everybody who is owed a call, in the order of the list. */
export async function owedBy(hotline: RunningHotline): Promise<readonly CallbackView[]> {
  const found: CallbackView[] = []
  let after = ''
  for (;;) {
    const page = await hotline.api<CallbackPage>(`/callbacks?limit=200${after}`)
    found.push(...page.callbacks)
    if (page.next === undefined) return found
    after = `&after=${page.next}`
  }
}

/** All calls that came in, with what happened to them, the newest first. */
export async function callsOf(hotline: RunningHotline): Promise<readonly CallShown[]> {
  type Page = {
    readonly calls: readonly { readonly id: string; readonly direction: string }[]
    readonly next?: string
  }
  const found: CallShown[] = []
  let before = ''
  for (;;) {
    const { calls, next } = await hotline.api<Page>(`/calls?limit=200${before}`)
    for (const { id, direction } of calls)
      if (direction === 'in') found.push(await hotline.api<CallShown>(`/calls/${id}`))
    if (next === undefined) return found
    before = `&before=${next}`
  }
}

/** When an ear beside the phone last heard something, and for how long it heard nothing. */
function listenTo({ port }: PhoneCall) {
  let lastMs = performance.now()
  let longestMs = 0
  port.tap(({ direction, payload }) => {
    if (direction !== 'heard' || !payload.some(byte => byte !== 0xd5 && byte !== 0x55)) return
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - lastMs)
    lastMs = nowMs
  })
  return {
    forget() {
      lastMs = performance.now()
      longestMs = 0
    },
    longestMs: () => Math.max(longestMs, performance.now() - lastMs),
  }
}

/** Agents at a phone of their own, who take every call, and talk all the time. */
export async function staff(hotline: RunningHotline, media: MediaPool, count: number) {
  const phone = await plugInPhone(hotline.sip, media, 's1')
  const legs: PhoneCall[] = []
  void (async () => {
    for await (const rung of phone.rung) {
      rung.accept()
      legs.push(rung)
      void rung.port.play([holdMusic()], { loop: true })
    }
  })()
  for (let seat = 1; seat <= count; seat++) {
    const name = `s${seat}`
    const contact = phone.contact.replace('s1@', `${name}@`)
    await post(hotline, '/seats', { name, display: `${seat}号坐席`, contact })
    await post(hotline, `/seats/${name}/ready`)
  }
  return { phone, legs }
}

let made = 0

export async function ringFrom(
  citizens: SipPhone,
): Promise<{ readonly number: string; readonly call: PhoneCall }> {
  const number = `138${String(10_000_000 + made++)}`
  const call = await citizens.ring('12345', { from: number })
  expect(statusOf(await call.final)).toBe(200)
  return { number: `+86${number}`, call }
}

/** Rings with `count` callers, and resolves once each is where they are to be. */
export async function gatherCrowd(hotline: RunningHotline, media: MediaPool, count: number) {
  const shares = sharesOf(count)
  const agents = await staff(hotline, media, shares.talking)
  const citizens = await plugInPhone(hotline.sip, media, 'citizen')
  const members: Member[] = []
  const keys: Readonly<Record<Kind, string>> = { talking: '0', queue: '0', message: '2', flow: '1' }
  for (const kind of kinds) {
    for (let at = 0; at < shares[kind]; at++) {
      const { number, call } = await ringFrom(citizens)
      members.push({ kind, number, call, ear: listenTo(call) })
      void press(call, keys[kind]).then(() => (kind === 'message' ? press(call, '*') : undefined))
      await sleep(apartMs)
    }
    // Those who come next are not to be put through in their place.
    if (kind === 'talking')
      await expect.poll(async () => (await placesOf(hotline)).talking, patience).toBe(shares.talking)
  }
  const ended = new Set<PhoneCall>()
  for (const { call } of members) void call.ended.then(() => ended.add(call))
  return {
    members,
    agents,
    citizens,
    shares,
    /** Who was hung up on. */
    ended,
    of: (...wanted: readonly Kind[]) => members.filter(({ kind }) => wanted.includes(kind)),
    async close() {
      await citizens.close()
      await agents.phone.close()
    },
  }
}

export const numbersOf = (members: readonly { readonly number: string }[]) =>
  members.map(({ number }) => number)
