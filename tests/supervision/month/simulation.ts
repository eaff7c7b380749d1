/** A month of a city: people do what they do, the product does what falls due, and the books go along with both. */
import type { OrderCommand } from '../../../src/orders/acting/api.ts'
import type { OrderActor } from '../../../src/orders/api.ts'
import { type Book, openBook } from './books.ts'
import { type MonthCity, openMonthCity, type Sent } from './city.ts'
import { dayMs, hourMs, returnsWithinMs } from './rules.ts'
import { behaviours, dice, matters, units } from './units.ts'

export const startMs = Date.UTC(2025, 11, 31, 16)
const endMs = startMs + 36 * dayMs
const seat = { role: 'seat', person: 's1' } as const
const dispatcher = { role: 'dispatcher', person: 'pai' } as const
const boss = { role: 'supervisor', person: 'boss' } as const
const of = (unit: string): OrderActor => ({ role: 'unit', person: `${unit}-1`, unit })
const words = '已核实'

/** What is compared in between: called at moments at which nobody acts. */
export type Look = (city: MonthCity, books: readonly Book[], atMs: number) => Promise<void>

export async function simulate(
  seed: number,
  { orders: count, looks, look }: { orders: number; looks: number; look: Look },
) {
  const { happens, between, of: one, next } = dice(seed)
  const agenda: { readonly atMs: number; readonly act: () => Promise<void> }[] = []
  const books = new Map<string, Book>()
  const reached = new Map<string, string>()
  const sent: Sent[] = []
  const city = await openMonthCity(startMs, text => {
    sent.push(text)
    const token = /\/s\/([\w-]+)/.exec(text.text)?.[1]
    const number = reached.get(text.to.slice(-11))
    if (token !== undefined && number !== undefined && happens(0.8)) {
      const book = books.get(number)!
      const at = book.closings.length
      later([1, 40], () => answers(book, at, token))
    }
  })

  /** So many hours from now, and never in the moment in which something falls due. */
  const later = (hours: readonly [number, number], act: () => Promise<void>) => {
    agenda.push({ atMs: city.now() + Math.floor(between(hours) * hourMs) + 7, act })
  }
  async function does(book: Book, command: OrderCommand, by: OrderActor, note: (atMs: number) => void) {
    await city.orders.act(book.number, command, by)
    note(city.now())
  }

  async function rings() {
    const [category, urgency] = one(matters)
    const unit = happens(0.85) ? one(units) : undefined
    const isElder = happens(0.25)
    const caller = `139${String(10_000_000 + books.size)}`
    const { order } = await city.orders.make(
      {
        category,
        urgency,
        matter: `事项${books.size}`,
        place: `${books.size}号`,
        street: `${books.size}街`,
        caller,
        contact: { mode: 'sms', number: caller },
        elder: isElder,
        ...(unit === undefined ? { undecided: true } : { unit }),
      },
      seat,
    )
    const { number } = order
    const book = openBook({ number, urgency, category, isElder, unit, ringMs: city.now() }, city.phones)
    books.set(number, book)
    reached.set(caller, number)
    if (unit === undefined) later([0.1, 30], () => dispatches(book, category))
    else has(book)
    if (happens(0.1)) later([1, 100], () => supervises(book))
  }
  async function dispatches(book: Book, category: string) {
    const unit = one(units)
    await does(book, { do: 'dispatch', unit, category }, dispatcher, atMs => book.dispatched(atMs, unit))
    has(book)
  }
  /** A unit has it: it sends it on, or signs. */
  function has(book: Book) {
    const { unit, isAppointed } = book.now()
    const own = behaviours[unit]!
    if (!isAppointed && happens(own.pushes)) later(own.pushesIn, () => pushes(book, unit))
    else later(own.signs, () => signs(book, unit))
  }
  async function pushes(book: Book, unit: string) {
    if (city.now() > book.now().sinceMs + returnsWithinMs) return signs(book, unit)
    const target = one(units.filter(id => id !== unit))
    const command = { do: 'return', ground: 'not-our-duty', target, words } as const
    await does(book, command, of(unit), atMs => book.returned(atMs, target))
    // Now and then a unit thinks better of it.
    if (happens(0.1)) later([0.1, 0.4], () => signs(book, unit))
    else later([0.5, 20], () => decides(book))
  }
  async function decides(book: Book) {
    const outcome = happens(0.4) ? 'upheld' : 'refused'
    await does(book, { do: 'decide-return', outcome, words }, dispatcher, atMs => book.decided(atMs, outcome))
    has(book)
  }
  async function signs(book: Book, unit: string) {
    await does(book, { do: 'sign' }, of(unit), atMs => book.signed(atMs))
    const own = behaviours[unit]!
    if (happens(own.informs)) later([0.5, 30], () => informs(book, unit))
    if (happens(own.lengthens)) later([0.5, 20], () => lengthens(book, unit))
    if (happens(own.asksHelp)) later([0.2, 10], () => asksHelp(book, unit))
    works(book, unit)
  }
  /** Closes after a share of the whole limit, from now. */
  function works(book: Book, unit: string) {
    const spanH = (book.dueMs() - book.ringMs) / hourMs
    const [from, to] = behaviours[unit]!.closes
    later([from * spanH, to * spanH], () => closes(book, unit))
  }
  const isInHand = (book: Book) => book.now().stage === 'handling'
  async function informs(book: Book, unit: string) {
    if (!isInHand(book)) return
    await does(book, { do: 'progress', words, citizenKnows: true }, of(unit), () => book.informed())
  }
  async function lengthens(book: Book, unit: string) {
    if (!isInHand(book) || book.now().extensions > 0) return
    const days = one([1, 3])
    await city.orders.act(book.number, { do: 'ask-extension', days, reason: words }, of(unit))
    later([0.5, 20], async () => {
      if (!isInHand(book)) return
      const granted = happens(0.7)
      await does(book, { do: 'decide-extension', granted, words }, boss, atMs => {
        if (granted) book.lengthened(atMs, days)
      })
    })
  }
  async function asksHelp(book: Book, unit: string) {
    const helper = one(units.filter(id => id !== unit))
    if (!isInHand(book) || book.runs('help', helper)) return
    await does(book, { do: 'grant', unit: helper, words }, of(unit), atMs => book.asked(atMs, helper))
    later(behaviours[helper]!.helpsIn, async () => {
      if (!book.runs('help', helper)) return
      await city.orders.act(book.number, { do: 'support', person: '李工', phone: '01012345678' }, of(helper))
      await does(book, { do: 'answer-help', words }, of(helper), () => book.helped(helper))
    })
  }
  async function closes(book: Book, unit: string) {
    if (!isInHand(book)) return
    const result = unit === 'market' || happens(0.9) ? 'solved' : 'explained'
    const command = { do: 'close', result, words, evidence: ['照片'] } as const
    await does(book, command, of(unit), atMs => book.closed(atMs, result))
  }
  async function answers(book: Book, at: number, token: string) {
    const { unit } = book.closings[at - 1]!
    const own = behaviours[unit]!
    const contacted = happens(own.contacted) ? 'yes' : 'no'
    const solved = happens(own.solved) ? 'yes' : one(['no', 'no', 'partly'] as const)
    const rating = solved === 'yes' ? one([1, 1, 2, 3] as const) : one([3, 4, 5] as const)
    if ((await city.surveys.link.answer(token, { contacted, solved, rating })) !== 'taken')
      throw new Error(`a link of ${book.number} takes no answer`)
    book.answered(city.now(), at, { contacted, solved, rating })
    if (!isInHand(book) || book.now().cycle !== at + 1) return
    works(book, unit)
    later([1, 40], async () => {
      if (book.runs('person')) await does(book, { do: 'note-ring', words }, seat, () => book.rung())
    })
  }
  async function supervises(book: Book) {
    const { stage, instruction } = book.now()
    if ((stage !== 'waiting' && stage !== 'handling') || instruction) return
    await does(book, { do: 'instruct', level: 'street', words }, boss, atMs =>
      book.instructed(atMs, 'street'),
    )
  }
  /** Whoever is instructed by then answers, or does not. */
  const acknowledged = new Set<unknown>()
  function acknowledges(book: Book) {
    const { instruction, unit } = book.now()
    if (!instruction || acknowledged.has(instruction)) return
    acknowledged.add(instruction)
    if (!happens(behaviours[unit]!.acknowledges)) return
    later([0.2, 30], async () => {
      if (book.now().instruction !== instruction || book.now().stage === 'closed') return
      const command = { do: 'answer-instruction', words, pieces: [] } as const
      await does(book, command, of(book.now().unit), () => book.acknowledged())
    })
  }
  const catchUp = (atMs: number) => {
    for (const book of books.values()) {
      book.passes(atMs)
      acknowledges(book)
    }
  }

  for (let at = 0; at < count; at++)
    agenda.push({ atMs: startMs + Math.floor(next() * 22 * dayMs) + 7, act: rings })
  for (let at = 0; at < looks; at++) {
    const atMs = startMs + Math.floor(next() * 30 * dayMs) + 3
    agenda.push({ atMs, act: () => look(city, [...books.values()], atMs) })
  }
  for (;;) {
    agenda.sort((one, other) => one.atMs - other.atMs)
    const dueMs = await city.nextDueMs()
    const agendaMs = agenda[0]?.atMs ?? Number.POSITIVE_INFINITY
    const atMs = Math.min(dueMs, agendaMs)
    if (atMs > endMs) break
    city.set(atMs)
    if (agendaMs < dueMs) await agenda.shift()?.act()
    // What became due at once may be in hand already: the clock stands until it is done.
    await city.runDue()
    catchUp(city.now())
  }
  city.set(endMs)
  catchUp(endMs)
  return { city, books: [...books.values()], sent }
}
