import type { CitizenTexts } from '../city/index.ts'
import { type Clock, Fault, type Log, newSecret } from '../foundation/index.ts'
import { type Handler, handle, type Jobs } from '../jobs/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Database, Forgetter, Queries, WriteBehindFigures } from '../storage/index.ts'
import { isRefusedText, type Text } from '../texts/index.ts'
import { createActions } from './actions.ts'
import type { Campaign, ExclusionShown, GroupRates } from './api.ts'
import { moveCampaign, showCampaigns } from './campaign-actions.ts'
import type { CampaignState } from './campaign-state.ts'
import { createClaim } from './claim.ts'
import { type Suspicion, suspicionsIn } from './coached.ts'
import { openDialer, type Ring } from './dialer.ts'
import { createExclusions, type ExclusionOrder, exclusionsIn } from './exclusions.ts'
import type { Answered } from './hand.ts'
import { forgetsSurveys } from './holdings.ts'
import { surveyLinkQueue, surveyRoundQueue } from './jobs.ts'
import { linkText } from './link-text.ts'
import { keepNotes } from './notes.ts'
import type { Owing } from './owe.ts'
import { ratesOf, type Tally } from './rates.ts'
import {
  type Behind,
  exclusionEvents,
  givenAnswers,
  ordersBehind,
  type Period,
  type RateGroup,
  tallies,
} from './reports.ts'
import type { SurveyRules } from './rules.ts'
import { forgetNumbers, optedOut } from './store.ts'
import type { Answers } from './survey.ts'

export type Surveys = {
  /** Owes a survey call, in the transaction that closes the order. */
  owe(queries: Queries, owing: Owing): Promise<void>
  readonly handlers: readonly Handler[]
  /** Rings nobody from now on; conversations go on. */
  drain(): Promise<void>
  /** Takes what is due now, on this node. */
  wake(): Promise<void>
  /** Resolves when no call is up and all answers are stored or wait for the database. */
  idle(): Promise<void>
  /** The state of storing answers. */
  noting(): WriteBehindFigures
  readonly link: {
    open(token: string): Promise<'open' | 'answered' | 'over' | undefined>
    answer(
      token: string,
      answers: Omit<Answers, 'reason'>,
    ): Promise<'taken' | 'answered' | 'over' | undefined>
  }
  campaigns(): Promise<readonly Campaign[]>
  /** @throws Fault `campaign-unknown`, `campaign-state` */
  move(
    name: string,
    to: CampaignState,
    why: { readonly by: string; readonly because?: string },
  ): Promise<void>
  rates(by: RateGroup, period: Period): Promise<readonly GroupRates[]>
  /** Tallies of each unit's closings in each category, to compare units. */
  mixes(
    period: Period,
  ): Promise<readonly { readonly unit: string; readonly category: string; readonly tally: Tally }[]>
  /** The orders behind a figure, at most the latest thousand. */
  behind(asked: Behind): ReturnType<typeof ordersBehind>
  /** The formula of the rates. */
  readonly formula: SurveyRules['rates']
  /** Requests waiting for a second person first, then the latest. */
  exclusions(): Promise<readonly ExclusionShown[]>
  ask(exclusion: ExclusionOrder & { readonly because: string }): Promise<void>
  decide(exclusion: ExclusionOrder & { readonly agreed: boolean }): Promise<void>
  /**
   * Deletes the citizen's number, in the transaction that erases an order. Their answers stay, without a person.
   * @throws Fault `survey-open` while they are still to be asked
   */
  forget(queries: Queries, order: string): Promise<void>
  /** Whether this number opted out of calls that it did not ask for. */
  hasOptedOut(queries: Queries, number: string): Promise<boolean>
  /** Patterns that suggest that citizens were told what to press. */
  coached(period: Period): Promise<readonly Suspicion[]>
  readonly forgetters: readonly Forgetter[]
  close(): Promise<void>
}

type Options = {
  readonly database: Database
  readonly jobs: Pick<Jobs, 'enqueue'>
  readonly ledger: Ledger
  readonly rules: SurveyRules
  /** The city, with its wording of texts. */
  readonly city: { readonly texts: CitizenTexts }
  readonly clock: Clock
  readonly log: Log
  readonly ring: Ring
  answered(queries: Queries, answer: Answered): Promise<void>
  optedOut?(queries: Queries, number: string): Promise<void>
  /** Sends a text message. */
  send(text: Text, signal: AbortSignal): Promise<void>
  /** Base URL of the citizens' pages. */
  publicUrl(): string
  /**
   * Key for links, the same on every node and at every start, so that each attempt sends the same link. When
   * absent, one is made for this run.
   */
  readonly linkKey?: Uint8Array
  /** Where answers are kept while the database is away; in memory only when absent. */
  readonly spillFolder?: string
  /** How long after its node died an attempt is given up. */
  readonly leaseMs?: number
}

/** The number of exclusion events that a list goes back. */
const mostExclusions = 1000
const mostBehind = 1000

/** Notifies all nodes that something is due; each node with a free line takes some. */
const dueChannel = 'surveys_due'

export async function openSurveys(options: Options): Promise<Surveys> {
  const {
    database,
    ledger,
    rules,
    city,
    clock,
    log,
    ring,
    send,
    publicUrl,
    spillFolder,
    leaseMs = 120_000,
  } = options
  const linkKey = options.linkKey ?? Buffer.from(newSecret(256), 'base64url')
  const actions = createActions({ ...options, leaseMs, linkKey })
  const { claim } = createClaim({ database, ledger, rules, clock, leaseMs, actions })
  const lines = () => rules.campaign.lines
  const notes = keepNotes({ actions, spillFolder, clock, log })
  const dialer = openDialer({ clock, log, actions, notes, claim, ring, lines, leaseMs })
  const exclusions = createExclusions(database, rules, actions)
  // While the database is away, each node has its own alarm clock.
  const off = await database.listen(dueChannel, () => void dialer.wake()).catch(() => () => undefined)

  return {
    owe: actions.owe,
    drain: dialer.drain,
    wake: dialer.wake,
    idle: dialer.idle,
    noting: notes.figures,
    handlers: [
      handle(surveyRoundQueue, async () => {
        await database.notify(dueChannel, '')
        await dialer.wake()
      }),
      handle(
        surveyLinkQueue,
        async job => {
          const link = await actions.makeLink(job.data.survey)
          if (!link) return
          const { id, to, language, token } = link
          const text = linkText(`${publicUrl()}/s/${token}`, rules.linkHours, language, city.texts.survey)
          await send({ id, to, text }, job.signal)
        },
        isRefusedText,
      ),
    ],
    link: { open: actions.openLink, answer: actions.answerLink },
    campaigns: () => showCampaigns(database, rules, clock.now()),
    async move(name, to, why) {
      await moveCampaign(database, name, to, why, clock.now())
      if (to === 'running') await database.notify(dueChannel, '')
    },
    async rates(by, period) {
      const found = await tallies(database, [by], period)
      return found.map(({ names: [name = ''], tally }) => ({
        name,
        tally,
        rates: ratesOf(tally, rules.rates),
      }))
    },
    mixes: async period =>
      (await tallies(database, ['unit', 'category'], period)).map(
        ({ names: [unit = '', category = ''], tally }) => ({
          unit,
          category,
          tally,
        }),
      ),
    behind: asked => ordersBehind(database, asked, mostBehind),
    get formula() {
      return rules.rates
    },
    exclusions: async () => exclusionsIn(await exclusionEvents(database, mostExclusions)),
    ask: exclusions.ask,
    decide: exclusions.decide,
    async forget(queries, order) {
      if (await forgetNumbers(queries, order)) return
      throw new Fault({
        code: 'survey-open',
        place: 'order',
        found: 'a closing whose citizen is still to be asked',
        expected: 'one that was answered, or that nobody can be asked about any more',
      })
    },
    hasOptedOut: async (queries, number) => (await optedOut(queries, [number])).has(number),
    forgetters: forgetsSurveys(database, actions),
    coached: async period => suspicionsIn(await givenAnswers(database, period), rules.coached),
    async close() {
      off()
      await dialer.close()
      await notes.close()
    },
  }
}
