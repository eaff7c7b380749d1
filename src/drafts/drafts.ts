import { type Calendar, type City, createCalendar, type Gazetteer } from '../city/index.ts'
import { type Desk, talkingAt } from '../desk/index.ts'
import { type Clock, newId } from '../foundation/index.ts'
import type { GivenFile } from '../foundation/schema.ts'
import type { Database, Forgetter, Queries } from '../storage/index.ts'
import type { CallRecords } from '../telephony/index.ts'
import type { DraftChange, DraftSaved, DraftView, NewDraft, OwnCall } from './api.ts'
import { type Draft, mergeDraft, viewOf } from './draft.ts'
import { draftFault } from './faults.ts'
import { createDraftFiles, type DraftFiles, type DraftShelf } from './files.ts'
import { forgetsDrafts } from './holdings.ts'
import { createKinds, type Kinds, type KindsOptions } from './kinds.ts'
import { createPlaces, type Places } from './places.ts'
import { createReader, type LineReader, type ReaderOptions } from './reading/reader.ts'
import {
  deleteOfOrder,
  endDraft,
  insertChoice,
  insertDraft,
  type KindChoice,
  lockDraft,
  selectChoices,
  selectDraft,
  selectOfCalls,
  selectOpenOfAgent,
  selectOpenOfCall,
  selectOpenWithoutCall,
  updateDraft,
} from './store.ts'

/** Somebody at a desk who asks for a draft. */
export type DraftReader = {
  readonly name: string
  /** A supervisor, or a program with that scope: every draft of a call is open to them. */
  readonly isOverseer: boolean
}

export type Drafts = {
  /**
   * A draft is for whoever has or had its call, wrote in it, or oversees them: the id of a call opens it to nobody else.
   * What is not there is refused nobody; the act says so.
   * @throws Fault `draft-of-another`
   */
  allow(reader: DraftReader, of: { readonly id: string } | { readonly call: string }): Promise<void>
  /** The open draft of a call, whoever writes it; without a call all that are open of this agent. */
  list(agent: string, call?: string): Promise<readonly DraftView[]>
  /** @throws Fault `draft-unknown`, `draft-over`, `draft-of-another` */
  show(id: string, agent: string): Promise<DraftView>
  /** Which change it stands at: for pages that ask again and again. @throws Fault as `show` */
  version(id: string, agent: string): Promise<number>
  /** From the first letter. Where the call has an open draft already, what is written goes into that one, as by `change`. */
  begin(asked: NewDraft, agent: string): Promise<DraftSaved>
  /** @throws Fault `draft-unknown`, `draft-over`, `draft-of-another` */
  change(id: string, change: DraftChange, agent: string): Promise<DraftSaved>
  readonly files: DraftFiles
  /** What the order has to show that is made of it, before it ends. */
  filesOf(queries: Queries, id: string): Promise<readonly GivenFile[]>
  /** It is given up. @throws Fault as `change` */
  discard(id: string, agent: string): Promise<void>
  /**
   * An order was made, in its own transaction: of two who send one draft, one makes an order. What the agent took beside
   * what was suggested is kept, for whoever learns from it.
   * @throws Fault `draft-unknown`, `draft-over`, `draft-of-another`
   */
  became(queries: Queries, made: MadeOfDraft): Promise<void>
  /** What is written was added to an order that was there, in its own transaction. @throws Fault as `became` */
  joined(queries: Queries, added: EndOfDraft): Promise<void>
  /** What agents took, the latest first. */
  choices(limit: number): Promise<readonly KindChoice[]>
  readonly kinds: Kinds
  readonly places: Places
  /** What a call tells for an order, line by line. */
  readonly reader: LineReader
  /** The order is gone, and so is what led to it. */
  orderErased(queries: Queries, order: string): Promise<void>
  /** The calls that an agent had today, by the city's clocks, the latest first. */
  callsToday(agent: string): Promise<readonly OwnCall[]>
  readonly forgetters: readonly Forgetter[]
}

/** An order as this room hears of it. */
export type MadeOfDraft = {
  readonly order: string
  readonly draft: string | undefined
  /** Code of the catalogue. */
  readonly kind: string | undefined
  readonly suggested: { readonly text: string; readonly objects: readonly string[] } | undefined
  readonly by: string
  /** Of whoever made it. */
  readonly role: string
  readonly atMs: number
}

/** What a draft ended with, and by whom. */
type EndOfDraft = Pick<MadeOfDraft, 'order' | 'draft' | 'by' | 'role'>

export type DraftsOptions = KindsOptions &
  Pick<ReaderOptions, 'isOrderNumber'> & {
    /** What the city’s places are called; no place is read when absent. */
    readonly gazetteer?: Gazetteer | undefined
    readonly database: Database
    readonly shelf: DraftShelf
    readonly calls: Pick<CallRecords, 'ofSeat' | 'hadSeat'>
    readonly desk: Pick<Desk, 'at'>
    readonly city: City
    readonly clock: Clock
  }

const mostCalls = 200
const noPlaces: Gazetteer = { districts: {} }

/** When an agent writes something down, it is here; when the order is made, it is the order's. */
export function openDrafts({
  database,
  shelf,
  calls,
  desk,
  city,
  clock,
  catalogue,
  units,
  gazetteer = noPlaces,
  isOrderNumber,
  profiles,
}: DraftsOptions): Drafts {
  const calendar = createCalendar(city)
  const kinds = createKinds({ catalogue, units, profiles })
  const reader = createReader({
    catalogue,
    gazetteer,
    city,
    clock,
    isOrderNumber,
    suggest: kinds.judge,
  })

  async function change(id: string, asked: DraftChange, agent: string): Promise<DraftSaved> {
    const { draft, refused } = await database.transaction(async tx => {
      const before = openOf(id, await lockDraft(tx, id), agent)
      const merged = mergeDraft(before, asked, agent, clock.now())
      if (merged.draft !== before) await updateDraft(tx, merged.draft)
      return merged
    })
    return { draft: viewOf(draft), refused }
  }

  const callAt = talkingAt(desk)
  const hasCall = async (call: string, agent: string, queries?: Queries) =>
    callAt(agent) === call || (await calls.hadSeat(call, agent, queries))

  async function refuseStranger(
    { name, isOverseer }: DraftReader,
    draft: Draft,
    queries?: Queries,
  ): Promise<void> {
    if (wroteIn(draft, name)) return
    if (draft.call !== undefined && (isOverseer || (await hasCall(draft.call, name, queries)))) return
    throw ofAnother(draft)
  }

  async function end(queries: Queries, { order, draft: id, by, role }: EndOfDraft): Promise<void> {
    if (id === undefined) return
    const draft = openOf(id, await lockDraft(queries, id), by)
    await refuseStranger({ name: by, isOverseer: oversees(role) }, draft, queries)
    await endDraft(queries, id, clock.now(), order)
  }

  return {
    async allow(reader, of) {
      const draft = await ('id' in of ? selectDraft(database, of.id) : selectOpenOfCall(database, of.call))
      if (draft) return refuseStranger(reader, draft)
      // Whoever begins one of a call reads what is written in it from then on.
      if ('call' in of && !reader.isOverseer && !(await hasCall(of.call, reader.name))) throw notTheirCall()
    },
    async list(agent, call) {
      if (call === undefined) return (await selectOpenOfAgent(database, agent)).map(viewOf)
      const found = await selectOpenOfCall(database, call)
      return found ? [viewOf(found)] : []
    },
    show: async (id, agent) => viewOf(openOf(id, await selectDraft(database, id), agent)),
    version: async (id, agent) => openOf(id, await selectDraft(database, id), agent).seq,
    async begin({ call, fields, page }, agent) {
      const atMs = clock.now()
      const blank: Draft = {
        id: newId('draft', atMs),
        call,
        agent,
        seq: 0,
        written: {},
        files: [],
        madeAtMs: atMs,
        changedAtMs: atMs,
        endedAtMs: undefined,
      }
      const { draft } = mergeDraft(blank, { seq: 0, fields, page }, agent, atMs)
      if (await insertDraft(database, draft)) return { draft: viewOf(draft), refused: [] }
      const open = await (call === undefined
        ? selectOpenWithoutCall(database, agent)
        : selectOpenOfCall(database, call))
      if (!open) throw over(blank.id)
      return change(open.id, { seq: 0, fields, page }, agent)
    },
    change,
    files: createDraftFiles({ database, clock, shelf, openOf }),
    filesOf: async (queries, id) => (await selectDraft(queries, id))?.files ?? [],
    async discard(id, agent) {
      await database.transaction(async tx => {
        openOf(id, await lockDraft(tx, id), agent)
        await endDraft(tx, id, clock.now(), undefined)
      })
      await shelf.erase(id)
    },
    joined: end,
    async became(queries, { order, draft, kind, suggested, by, role, atMs }) {
      await end(queries, { order, draft, by, role })
      const object = kind === undefined ? undefined : catalogue.kinds.get(kind)?.object
      if (kind === undefined || object === undefined || suggested === undefined) return
      const { text: heard, objects } = suggested
      await insertChoice(queries, { order, atMs, by, heard, suggested: objects, kind, object })
    },
    choices: limit => selectChoices(database, limit),
    kinds,
    places: createPlaces(gazetteer),
    reader,
    orderErased: deleteOfOrder,
    async callsToday(agent) {
      // An agent has opened their page: what reads for them is ready before a caller speaks.
      setImmediate(reader.warm)
      const had = await calls.ofSeat(agent, { fromMs: dayBegan(calendar, clock.now()), limit: mostCalls })
      const drafts = await selectOfCalls(
        database,
        had.map(({ id }) => id),
      )
      return had.map(({ id, direction, caller, called, proved, ...times }): OwnCall => {
        const own = drafts.filter(({ call }) => call === id)
        const sent = own.filter(({ order }) => order !== null)
        return {
          ...times,
          id,
          direction,
          number: direction === 'in' ? caller : called,
          isUnproved: proved === false && direction === 'in' && caller !== '' ? true : undefined,
          draft: own.find(({ isOpen }) => isOpen)?.id,
          // A second form of the call may have been written into the order of the first.
          orders: [...new Set(sent.flatMap(({ order }) => order ?? []))],
          sentAtMs: sent.length === 0 ? undefined : Math.max(...sent.map(({ endedAtMs }) => endedAtMs ?? 0)),
        }
      })
    },
    forgetters: forgetsDrafts(database, shelf),
  }
}

/** The midnight before, of the city. */
const dayBegan = (calendar: Calendar, atMs: number) =>
  Math.floor(atMs / 60_000) * 60_000 - calendar(atMs).minute * 60_000

/** A draft without a call is its agent's alone; one of a call is for whoever has the caller now. */
function openOf(id: string, draft: Draft | undefined, agent: string): Draft {
  if (!draft) throw unknown(id)
  if (draft.endedAtMs !== undefined) throw over(id)
  if (draft.call === undefined && draft.agent !== agent) throw ofAnother(draft)
  return draft
}

/** Roles that every draft of a call is open to. */
export const oversees = (role: string): boolean => role === 'supervisor' || role === 'admin'

const wroteIn = ({ agent, written }: Draft, name: string) =>
  agent === name || Object.values(written).some(({ by, other }) => by === name || other?.by === name)

const ofAnother = ({ agent }: Draft) =>
  draftFault(
    'draft-of-another',
    'id',
    `a draft of ${agent}`,
    'a draft of your own, or of a call that you had',
  )
const notTheirCall = () =>
  draftFault('draft-of-another', 'call', 'a call that you did not have', 'a call that you have or had')

const unknown = (id: string) => draftFault('draft-unknown', 'id', `"${id}"`, 'the id of a draft')
const over = (id: string) =>
  draftFault('draft-over', 'id', `"${id}", which became an order or was given up`, 'an open draft')
