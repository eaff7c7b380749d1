import { describe, expect, it } from 'vitest'
import { decide } from '../../src/desk/decision.ts'
import { type CallQueue, join, moveToHead, rankOf, setOffered } from '../../src/desk/queue.ts'
import { ordinaryRules as rules } from '../../src/desk/queue-rules.ts'
import { lackingOf, presentOf, type QueueSeat } from '../../src/desk/skills.ts'
import type { CallId } from '../../src/telephony/index.ts'

const id = (name: string) => name as CallId
const queueOf = (...callers: readonly (readonly [name: string, sinceMs: number, ...skills: string[]])[]) =>
  callers.reduce<CallQueue>(
    (queue, [name, sinceMs, ...skills]) =>
      join(queue, { id: id(name), sinceMs, rankMs: rankOf(sinceMs, 0, rules), skills }),
    [],
  )
/** The earlier in the list, the longer idle. */
const seatsOf = (...seats: readonly (readonly [name: string, ...skills: string[]])[]): readonly QueueSeat[] =>
  seats.map(([name, ...skills], turn) => ({ name, skills, isReady: true, turn }))
const busy = (seat: QueueSeat): QueueSeat => ({ ...seat, isReady: false })
const pairs = (queue: CallQueue, seats: readonly QueueSeat[], nowMs = 0) =>
  decide(queue, seats, rules, nowMs).map(({ id, seat }) => `${id} ${seat}`)

describe('who is offered to whom', () => {
  it('is the longest waiting caller to the seat that has been idle longest', () => {
    expect(pairs(queueOf(['b', 2], ['a', 1]), seatsOf(['s1'], ['s2'], ['s3']))).toEqual(['a s1', 'b s2'])
  })

  it('leaves out callers for whom a seat rings, and seats that are busy', () => {
    const queue = setOffered(queueOf(['a', 1], ['b', 2]), id('a'), true)
    expect(pairs(queue, [...seatsOf(['s1']).map(busy), ...seatsOf(['s2'])])).toEqual(['b s2'])
  })

  it('gives who wishes for a skill to a seat that has it, and lets the next one by meanwhile', () => {
    const [plain, english] = seatsOf(['s1'], ['s2', 'en'])
    const queue = queueOf(['english', 0, 'en'], ['other', 1])
    expect(pairs(queue, [plain!, english!])).toEqual(['english s2', 'other s1'])
    expect(pairs(queue, [plain!, busy(english!)])).toEqual(['other s1'])
  })

  it('keeps seats with a rare skill free for those who need them', () => {
    expect(pairs(queueOf(['other', 0]), seatsOf(['s1', 'en', 'sign'], ['s2', 'en'], ['s3']))).toEqual([
      'other s3',
    ])
    expect(pairs(queueOf(['other', 0]), seatsOf(['s1', 'en', 'sign'], ['s2', 'en']))).toEqual(['other s2'])
  })

  it('insists on a skill for a while only, and gives the place that they have had all along', () => {
    const [plain, english] = seatsOf(['s1'], ['s2', 'en'])
    const queue = queueOf(['english', 0, 'en'], ['other', 1])
    expect(pairs(queue, [plain!, busy(english!)], rules.insist.otherMs - 1)).toEqual(['other s1'])
    expect(pairs(queue, [plain!, busy(english!)], rules.insist.otherMs)).toEqual(['english s1'])
    expect(pairs(queue, [plain!, english!], rules.insist.otherMs), 'and still is best').toEqual([
      'english s2',
      'other s1',
    ])
  })

  it('gives a speaker who comes free to those who need one, before callers whom the others may serve', () => {
    const [english, ...others] = seatsOf(['s1', 'en'], ['s2'], ['s3'])
    const seats = [english!, ...others.map(busy)]
    const queue = queueOf(['other', 0], ['english', rules.speakerMs - 1, 'en'])
    expect(pairs(queue, seats, rules.speakerMs)).toEqual(['english s1'])
    const late = queueOf(['other', 0], ['english', rules.speakerMs, 'en'])
    expect(pairs(late, seats, rules.speakerMs), 'but not for ever').toEqual(['other s1'])
    const plain = seats.map(seat => ({ ...seat, isReady: !seat.isReady }))
    expect(pairs(queue, plain, rules.speakerMs), 'and not elsewhere').toEqual(['other s2'])
  })

  it('keeps the order of those who need a speaker, also when one of them may be served by anybody', () => {
    const [english, ...others] = seatsOf(['s1', 'en'], ['s2'], ['s3'])
    const queue = queueOf(['first', 0, 'en'], ['second', rules.insist.otherMs, 'en'])
    expect(pairs(queue, [english!, ...others.map(busy)], rules.insist.otherMs + 1)).toEqual(['first s1'])
  })

  it('moves nobody ahead for a skill that most seats have', () => {
    const [first, other] = seatsOf(['s1', 'yue'], ['s2', 'yue'])
    expect(pairs(queueOf(['other', 0], ['yue', 1, 'yue']), [first!, busy(other!)])).toEqual(['other s1'])
  })

  it('does not wait for a skill that nobody signed in has, and says which', () => {
    const seats = seatsOf(['s1', 'en'])
    expect(pairs(queueOf(['signs', 0, 'sign']), seats)).toEqual(['signs s1'])
    expect(lackingOf(['sign', 'en'], presentOf(seats))).toEqual(['sign'])
  })

  it('asks for the skills that somebody has when others are lacking', () => {
    const seats = seatsOf(['s1'], ['s2', 'en'])
    expect(pairs(queueOf(['both', 0, 'en', 'sign']), seats)).toEqual(['both s2'])
  })

  it('keeps a caller for the seat that a supervisor named, for as long as somebody is signed in there', () => {
    const [named, other] = seatsOf(['s1'], ['s2'])
    const queue = moveToHead(queueOf(['a', 0], ['b', 1]), id('b'), 's1')
    expect(pairs(queue, [busy(named!), other!])).toEqual(['a s2'])
    expect(pairs(queue, [named!, other!])).toEqual(['b s1', 'a s2'])
    expect(pairs(queue, [other!]), 'that seat has signed out').toEqual(['b s2'])
  })
})

describe('whoever is owed a callback', () => {
  const owes = (queue: CallQueue, name: string, sinceMs: number) =>
    join(queue, { id: id(name), isOwed: true, sinceMs, rankMs: sinceMs, skills: [] })
  const leads = (seat: QueueSeat): QueueSeat => ({ ...seat, isReady: false, isLeading: true })

  it('has the place of their INVITE among those on the line', () => {
    const queue = owes(queueOf(['early', 0], ['late', 2]), 'owed', 1)
    expect(pairs(queue, seatsOf(['s1'], ['s2']))).toEqual(['early s1', 'owed s2'])
  })

  it('leaves seats to those who wait on the line, but for their share, and has those that are left over', () => {
    const [first, ...others] = seatsOf(['s1'], ['s2'], ['s3'], ['s4'])
    const queue = owes(owes(queueOf(['late', 2]), 'owed', 0), 'next', 1)
    expect(pairs(queue, [leads(first!), ...others.slice(1).map(busy), others[0]!])).toEqual(['late s2'])
    expect(pairs(queue, [leads(first!), ...others])).toEqual(['late s2', 'owed s3', 'next s4'])
    expect(pairs(queue, [busy(first!), ...others.slice(1).map(busy), others[0]!])).toEqual(['owed s2'])
    const strict = decide(queue, [leads(first!), others[0]!], { ...rules, ledShare: 1 }, 0)
    expect(strict.map(({ id }) => id)).toEqual(['owed'])
  })
})
