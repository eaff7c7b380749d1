import {
  type Clock,
  createEvents,
  type Figure,
  type Log,
  newId,
  type Off,
  type Part,
  reasonOf,
} from '../../foundation/index.ts'
import type { Database } from '../../storage/index.ts'
import type { CallFact } from '../api.ts'
import type { DialogNames } from '../lines/sip/api.ts'
import { type CutCalls, type CutPlace, countCuts, cutOf, cutText, died } from './cut.ts'
import { nodeFigures, nodeParts } from './node-figures.ts'
import {
  beat,
  endNode,
  endOpenCalls,
  forgetDeadNodes,
  leaveLeases,
  lockOpenCalls,
  takeLease,
} from './node-store.ts'
import type { Alongside } from './writer.ts'

/**
 * A process of ours that writes calls down. One that dies leaves them open: the next, or another that lives, ends them
 * and notes where each caller was.
 */
export type HotlineNode = {
  readonly id: string
  /** Ends the calls that the dead have left, now and from time to time. Resolves once that was tried for the first time. */
  begin(): Promise<void>
  /**
   * Whether this node has the desk: the queue and the seats are in the memory of one process, and two of them would ring
   * one seat for two callers. With the database away it stays as it was, and nobody is turned away for it.
   */
  holdsDesk(): boolean
  /** Told when this node takes the desk, or another does. */
  onDesk(told: (isHere: boolean) => void): Off
  /**
   * Told of the SIP dialogs of calls that the dead have left, those found before included: whoever is on their other end
   * hears nothing. Only where the dead are dead for sure: one that lost a database which others share talks on.
   */
  onLeft(told: (dialogs: readonly DialogNames[]) => void): void
  /** Callers cut off by a death, found since this node began. */
  cut(): CutCalls
  readonly figures: readonly Figure[]
  health(): readonly Part[]
  close(): Promise<void>
}

const dialogIn = (fact: CallFact) => (fact.kind === 'answered' && fact.dialog ? [fact.dialog] : [])

const beatEveryMs = 10_000
/** Who has not beaten for so long is dead. */
const deadAfterMs = 30_000
/** How many calls are ended in one transaction. */
const batch = 200

/**
 * @param alone nobody else can have this database open: whoever is not us is dead.
 * @param before who was in our place before us, and is dead.
 */
export function createNode({
  id = newId('node'),
  database,
  clock,
  log,
  alone,
  before,
  print = () => undefined,
  readBack = async () => true,
  alongside,
}: {
  readonly id?: string
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly alone: boolean
  readonly before?: string
  /** Told, for a person, of callers who were on the line when their process died. */
  readonly print?: (text: string) => void
  /** As the journal's: calls are judged once the database has what the dead wrote to the disk. */
  readonly readBack?: () => Promise<boolean>
  /** As the journal's. */
  readonly alongside?: Alongside
}): HotlineNode {
  const cuts: { readonly at: CutPlace }[] = []
  let lastBeatMs = clock.monotonicMs()
  let stopTimer: () => void = () => undefined
  let closed = false
  let holds = true
  /** Of the dead, as long as nobody takes them. */
  let left: readonly DialogNames[] = []
  let leave = (dialogs: readonly DialogNames[]) => {
    left = [...left, ...dialogs]
  }
  const notices = createEvents<{ desk: boolean }>(error =>
    log.error({ reason: reasonOf(error) }, 'listener failed'),
  )

  /** @returns where the callers were, and how many calls it was in all */
  const endBatch = (untilMs: number) =>
    database.transaction(async queries => {
      const open = await lockOpenCalls(queries, { id, before }, untilMs, batch)
      const found = open.map(call => ({ ...call, cut: cutOf(call.facts) }))
      const ends = found.map(({ id, endUs, cut }) => ({
        id,
        endUs,
        facts: [...(cut ? [cut] : []), died],
      }))
      await endOpenCalls(queries, ends)
      await alongside?.(
        queries,
        ends.flatMap(({ id, endUs, facts }) => facts.map(fact => ({ call: id, atUs: endUs, fact }))),
      )
      return {
        calls: open.length,
        cut: found.flatMap(({ cut }) => cut ?? []),
        dialogs: open.flatMap(({ node, facts }) => (alone || node === before ? facts.flatMap(dialogIn) : [])),
      }
    })

  const endCallsOfTheDead = async (untilMs: number) => {
    let calls = 0
    const before = cuts.length
    for (let ended = batch; ended === batch && !closed; calls += ended) {
      const found = await endBatch(untilMs)
      ended = found.calls
      cuts.push(...found.cut)
      leave(found.dialogs)
    }
    await forgetDeadNodes(database, id, untilMs)
    if (calls === 0) return
    const cut = countCuts(cuts.slice(before))
    log.warn({ calls, ...cut }, 'ended calls of a process that died')
    print(cutText(cut))
  }

  /** Whoever has the database alone has the desk. */
  const takeDesk = async (nowMs: number) => {
    const had = holds
    holds = alone || (await takeLease(database, 'desk', { id, before, nowMs, untilMs: nowMs + deadAfterMs }))
    if (had && !holds)
      log.error({ node: id }, 'another node holds the desk: callers here leave messages and reach no seat')
    if (!had && holds) log.warn({ node: id }, 'this node holds the desk')
    if (had !== holds) notices.emit('desk', holds)
  }

  /** @param atMs when it was due, by the clock that only goes on: one that waited for the database is no later for it. */
  const turnAt = async (atMs: number) => {
    try {
      const nowMs = clock.now()
      await beat(database, id, nowMs)
      await takeDesk(nowMs)
      // After a database that was away for all, others deserve the time to say that they live.
      const wasAway = atMs - lastBeatMs > deadAfterMs / 2
      lastBeatMs = atMs
      if (wasAway && !alone) return
      if (!(await readBack())) return
      await endCallsOfTheDead(alone ? nowMs : nowMs - deadAfterMs)
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'open calls were not looked at')
    }
  }
  let last: Promise<void> = Promise.resolve()
  const turn = () => {
    if (!closed) stopTimer = clock.after(beatEveryMs, () => void turn())
    const atMs = clock.monotonicMs()
    last = last.then(() => (closed ? undefined : turnAt(atMs)))
    return last
  }
  const cut = () => countCuts(cuts)
  return {
    id,
    begin: turn,
    holdsDesk: () => holds,
    onDesk: told => notices.on('desk', told),
    onLeft(told) {
      leave = told
      told(left)
      left = []
    },
    cut,
    figures: nodeFigures(cut),
    health: () => nodeParts(holds),
    async close() {
      closed = true
      stopTimer()
      // A turn that is under way would take the desk for half a minute more.
      await last
      // Its calls have ended, and said so.
      await Promise.all([endNode(database, id), leaveLeases(database, id)]).catch(error =>
        log.debug({ reason: reasonOf(error) }, 'a node did not say that it leaves'),
      )
    },
  }
}
