import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../src/foundation/index.ts'
import { run } from '../../src/sipd/running.ts'
import { begin, dueTimer, nextDueMs, type SipStanding, step } from '../../src/sipd/step.ts'
import {
  answer,
  type Event,
  inviteClient,
  inviteServer,
  type Machine,
  otherClient,
  otherServer,
  usualTiming,
} from '../../src/sipd/transaction-state.ts'

const machines: Readonly<Record<string, Machine>> = {
  'INVITE client': inviteClient,
  'Other client': otherClient,
  'INVITE server': inviteServer,
  'Other server': otherServer,
  Answer: answer('t2'),
}

/** `state --event,event--> state` of each drawing, in the comment above the tables. */
function drawings(): Record<string, string[]> {
  const source = readFileSync(join(import.meta.dirname, '../../src/sipd/transaction-state.ts'), 'utf8')
  const comment = source.slice(0, source.indexOf('*/'))
  const drawn: Record<string, string[]> = {}
  let title = ''
  for (const line of comment.split('\n')) {
    title = Object.keys(machines).find(each => line.startsWith(` * ${each}`)) ?? title
    for (const [, from, events, to] of line.matchAll(/(\w+) --([\w,]+)--> (?=(\w+))/g)) {
      drawn[title] = [...(drawn[title] ?? []), ...events!.split(',').map(event => `${from} ${event} ${to}`)]
    }
  }
  return drawn
}

it.each(Object.entries(machines))('the drawing and the table of %s agree', (title, machine) => {
  const table = Object.entries(machine.phases).flatMap(([state, phase]) =>
    Object.entries(phase.on).map(([event, [next]]) => `${state} ${event} ${next}`),
  )
  expect((drawings()[title] ?? []).sort()).toEqual(table.sort())
})

it.each(Object.entries(machines))(
  'every state of %s can be reached and left, and knows its own clocks',
  (_title, machine) => {
    const reached = new Set([machine.first])
    for (const state of reached) {
      for (const [next] of Object.values(machine.phases[state]?.on ?? {})) reached.add(next)
    }
    expect([...reached].sort()).toEqual([...Object.keys(machine.phases), 'terminated'].sort())
    for (const phase of Object.values(machine.phases)) {
      for (const clock of [phase.repeat, phase.end]) if (clock) expect(phase.on).toHaveProperty(clock.timer)
    }
  },
)

const udp = { timing: usualTiming, reliable: false }
const tcp = { timing: usualTiming, reliable: true }

/** Lets time pass until a machine has terminated: what it did, and when. */
function live(
  machine: Machine,
  wire = udp,
  events: readonly (readonly [atMs: number, event: Event])[] = [],
): string[] {
  const told = [...events]
  const log: string[] = []
  let standing: SipStanding = begin(machine, 0, wire)
  for (let turn = 0; turn < 100 && machine.phases[standing.state]; turn++) {
    const dueMs = nextDueMs(standing)
    const next = told[0]
    const nowMs = Math.min(dueMs, next?.[0] ?? Number.POSITIVE_INFINITY)
    if (nowMs === Number.POSITIVE_INFINITY) break
    const event = next && next[0] <= dueMs ? told.shift()![1] : dueTimer(standing, nowMs)!
    const outcome = step(machine, standing, event, nowMs, wire)
    standing = outcome.standing
    for (const effect of outcome.effects) log.push(`${nowMs} ${effect}`)
    if (!machine.phases[standing.state]) log.push(`${nowMs} terminated`)
  }
  return log
}

describe('an INVITE that we send', () => {
  it('is repeated at doubling intervals and given up after 32 s', () => {
    expect(live(inviteClient)).toEqual([
      '500 resend',
      '1500 resend',
      '3500 resend',
      '7500 resend',
      '15500 resend',
      '31500 resend',
      '32000 time-out',
      '32000 terminated',
    ])
  })

  it('is not repeated over TCP', () => {
    expect(live(inviteClient, tcp)).toEqual(['32000 time-out', '32000 terminated'])
  })

  it('is not repeated once it rings, and given up three minutes after the last ring', () => {
    expect(
      live(inviteClient, udp, [
        [700, 'provisional'],
        [9_000, 'provisional'],
      ]),
    ).toEqual(['500 resend', '700 deliver', '9000 deliver', '194000 time-out', '194000 terminated'])
  })

  it('acknowledges a refusal as often as it comes, for 32 s over UDP and not at all longer over TCP', () => {
    const refused = [
      [100, 'failure'],
      [600, 'failure'],
    ] as const
    expect(live(inviteClient, udp, refused)).toEqual([
      '100 acknowledge',
      '100 deliver',
      '600 acknowledge',
      '32100 terminated',
    ])
    expect(live(inviteClient, tcp, refused)).toEqual(['100 acknowledge', '100 deliver', '100 terminated'])
  })

  it('passes every answer on for 32 s (RFC 6026, timer M)', () => {
    expect(
      live(inviteClient, udp, [
        [100, 'success'],
        [600, 'success'],
      ]),
    ).toEqual(['100 deliver', '600 deliver', '32100 terminated'])
  })
})

describe('another request that we send', () => {
  it('is repeated at doubling intervals up to 4 s, and given up after 32 s', () => {
    const seconds = [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]
    expect(live(otherClient)).toEqual([
      ...seconds.map(each => `${each * 1000} resend`),
      '32000 time-out',
      '32000 terminated',
    ])
  })

  it('is repeated every 4 s once it is being worked on, by the same deadline', () => {
    expect(live(otherClient, udp, [[100, 'provisional']]).slice(0, 4)).toEqual([
      '100 deliver',
      '500 resend',
      '4500 resend',
      '8500 resend',
    ])
    expect(live(otherClient, udp, [[100, 'provisional']]).at(-1)).toBe('32000 terminated')
  })

  it('is remembered for 5 s after its answer, over UDP', () => {
    expect(live(otherClient, udp, [[100, 'success']])).toEqual(['100 deliver', '5100 terminated'])
    expect(live(otherClient, tcp, [[100, 'failure']])).toEqual(['100 deliver', '100 terminated'])
  })
})

describe('an INVITE that we get', () => {
  it('has its refusal repeated until the ACK', () => {
    expect(
      live(inviteServer, udp, [
        [100, 'failure'],
        [2_000, 'ack'],
      ]),
    ).toEqual(['100 send', '600 resend', '1600 resend', '7000 terminated'])
  })

  it('has its refusal given up without an ACK after 32 s', () => {
    const log = live(inviteServer, udp, [[0, 'failure']])
    expect(log.filter(each => each.endsWith('resend'))).toHaveLength(10)
    expect(log.at(-1)).toBe('32000 terminated')
  })

  it('says nothing more when it comes again after a 2xx, and lets ACKs through (RFC 6026)', () => {
    expect(
      live(inviteServer, udp, [
        [100, 'success'],
        [200, 'request'],
        [300, 'ack'],
      ]),
    ).toEqual(['100 send', '300 deliver', '32100 terminated'])
  })
})

describe('another request that we get', () => {
  it('is answered again when it comes again, for 32 s over UDP', () => {
    expect(
      live(otherServer, udp, [
        [50, 'request'],
        [100, 'success'],
        [600, 'request'],
      ]),
    ).toEqual(['100 send', '600 resend', '32100 terminated'])
  })

  it('is forgotten when the app never answers and the client must have given up', () => {
    expect(live(otherServer)).toEqual(['32000 time-out', '32000 terminated'])
  })
})

it('an answer goes out eleven times in all', () => {
  const log = live(answer('t2'), tcp)
  expect(log.filter(each => each.endsWith('resend'))).toHaveLength(10)
  expect(log.at(-1)).toBe('32000 terminated')
  expect(live(answer('t2'), udp, [[100, 'ack']])).toEqual(['100 terminated'])
})

it('a running machine sets one timer at a time and leaves none behind', async () => {
  const clock = createManualClock()
  const log: string[] = []
  const running = run(
    inviteClient,
    clock,
    udp,
    effect => log.push(`${clock.monotonicMs()} ${effect}`),
    () => log.push('ended'),
  )
  expect(clock.pending()).toBe(1)
  await clock.advance(1_600)
  expect(clock.pending()).toBe(1)
  running.tell('success')
  expect(running.state()).toBe('accepted')
  await clock.advance(32_000)
  expect(log).toEqual(['500 resend', '1500 resend', '1600 deliver', 'ended'])
  running.tell('success')
  running.stop()
  expect(log).toHaveLength(4)
  expect(clock.pending()).toBe(0)
})
