import { z } from 'zod'
import { keptContact } from '../callers/index.ts'
import { resultSchema } from './acting/api.ts'
import { citizenAnswerSchema, clockNameSchema, orderTypeSchema, pieceSchema, urgencySchema } from './api.ts'
import { closingCheckSchema, verdictSchema } from './checking/api.ts'
import { waitsBecauseSchema } from './dispatching/api.ts'
import { erasureReasonSchema } from './erasing/api.ts'
import { returnDecisionSchema } from './returning/api.ts'
import { instructionCauseSchema, siteVerdictSchema, supervisionLevelSchema } from './supervising/api.ts'

/** Who did it: a person at a seat, at the dispatch, in a unit or at the centre's supervision, or the house by itself. */
export const actorSchema = z.object({
  role: z.enum(['seat', 'dispatcher', 'unit', 'supervisor', 'house']),
  person: z.string(),
  unit: z.string().optional(),
  /** The program that stated who acts; absent where they had signed in. */
  via: z.string().optional(),
})
export type Actor = Readonly<z.output<typeof actorSchema>>

export const house: Actor = { role: 'house', person: 'jieting' }

export const answerSchema = z.object({
  /** Which closing it is about: 1 for the first. */
  cycle: z.number(),
  ...citizenAnswerSchema.shape,
  /** The call in which they said why: its recording and transcript. */
  reason: z.string().optional(),
  /** Why, in their words, as far as somebody understood them. */
  words: z.string().optional(),
})
export type Answer = Readonly<z.output<typeof answerSchema>>

const limit = z.object({ measure: z.enum(['natural', 'working']), ms: z.number() })

const units = z.array(z.string()).readonly()
/** Hashes of files that the order shows. */
const hashes = z.array(z.string()).readonly()

const happened = {
  made: z.object({
    /** The first ring of the call it was told in: every clock of the citizen's begins here. */
    rangAtMs: z.number(),
    call: z.string().optional(),
    caller: z.string(),
    contact: keptContact,
    elder: z.boolean(),
    language: z.string(),
    category: z.string(),
    urgency: urgencySchema,
    matter: z.string(),
    place: z.string(),
    street: z.string(),
    unit: z.string(),
    /** The order whose demand was several matters, of which this one has one, and those that have the others. */
    splitFrom: z.object({ order: z.string(), beside: z.array(z.string()).readonly() }).optional(),
    /** Absent in orders of earlier versions, as are the next three. */
    type: orderTypeSchema.optional(),
    name: z.string().optional(),
    /** Code in the catalogue. */
    catalogueKind: z.string().optional(),
    district: z.string().optional(),
    /** No person of it is shown outside the centre (GB/T 33358). */
    confidential: z.boolean().optional(),
    /** Why it waits to be dispatched; its unit is the centre then. */
    waits: waitsBecauseSchema.optional(),
    /** Who works on it beside its unit, and who reads it, by the dispatch catalogue. */
    coUnits: units.optional(),
    copies: units.optional(),
    /** The limits that held when it was made; they go with the order whatever becomes of the rules. */
    limits: z.object({
      handling: limit,
      /** Of those that wait to be dispatched. */
      dispatch: limit.optional(),
      sign: limit.optional(),
      feedback: limit.optional(),
      /** Of units that help by the dispatch catalogue. */
      help: limit.optional(),
      personRings: limit,
    }),
  }),
  /** A dispatcher says what it is and whose; every clock of the citizen's goes on as it was. */
  dispatched: z.object({
    unit: z.string(),
    category: z.string(),
    catalogueKind: z.string().optional(),
    words: z.string().optional(),
    coUnits: units.optional(),
    copies: units.optional(),
    /** A rule of the city did it: how sure triage was and had to be, and whether a dispatcher looks at it afterwards. */
    byRule: z.object({ sure: z.number(), threshold: z.number(), sampled: z.boolean() }).optional(),
  }),
  /** A dispatcher takes back what went by itself: it waits at the centre again. */
  'taken-back': z.object({ unit: z.string(), words: z.string().optional() }),
  /** A dispatcher looked at what went by itself, and it is right. */
  looked: z.object({ unit: z.string() }),
  /** A person is to decide: the citizen wants it, or whoever speaks with them. */
  'person-asked': z.object({ words: z.string().optional() }),
  /** A unit was dissolved, and another has its place in the order. */
  succeeded: z.object({ from: z.string(), unit: z.string(), copies: units.optional() }),
  /** Orders that it may repeat, as the house found them when it was made: a dispatcher decides. */
  likened: z.object({
    orders: z
      .array(z.object({ order: z.string(), isOwn: z.boolean(), isOfKind: z.boolean(), words: z.number() }))
      .readonly(),
  }),
  /** It is about another matter than that one. */
  'told-apart': z.object({ from: z.string() }),
  /** Its caller asked about it and said nothing new: they were told how it stands (条例, article 11-3). */
  'state-told': z.object({ call: z.string().optional() }),
  /** One demand was several matters: these orders have the others. */
  split: z.object({ orders: z.array(z.string()).readonly(), words: z.string().optional() }),
  /** A repeated demand: it is handled with another order, whose unit has it from now on. */
  merged: z.object({
    into: z.string(),
    unit: z.string(),
    lead: z.string().optional(),
    copies: units.optional(),
  }),
  /** Another is handled with it; this one is watched by the clocks of that citizen, too. */
  joined: z.object({
    order: z.string(),
    clocks: z.array(z.object({ name: clockNameSchema, startMs: z.number(), limit })).readonly(),
  }),
  /** What happened to the order that it is handled with. */
  followed: z.object({
    unit: z.string(),
    lead: z.string().optional(),
    copies: units.optional(),
    /** Granted beyond the limit. */
    days: z.number().optional(),
    /** Whoever rang about it knows how it stands. */
    citizenKnows: z.literal(true).optional(),
  }),
  /** It is handled by itself again, by whoever had it before. */
  parted: z.object({
    from: z.string(),
    unit: z.string(),
    because: z.enum(['undone', 'confidential']),
    words: z.string().optional(),
  }),
  /** One that was handled with it is handled by itself. */
  left: z.object({ order: z.string() }),
  /** The caller rang again about it. */
  added: z.object({ call: z.string().optional(), words: z.string() }),
  signed: z.object({ unit: z.string() }),
  /** Who of the unit has it; nobody when absent. */
  assigned: z.object({ unit: z.string(), person: z.string().optional() }),
  /** A unit that does not lead names who helps. */
  supported: z.object({ unit: z.string(), person: z.string(), phone: z.string() }),
  /** The lead or the centre asks another unit to help, and says why: it may read the order from now on. */
  granted: z.object({
    unit: z.string(),
    words: z.string(),
    /** Until when it has to have answered; earlier versions set none. */
    limit: limit.optional(),
  }),
  /** A unit that was asked to help has done it, and says what. */
  helped: z.object({ unit: z.string(), words: z.string() }),
  'grant-ended': z.object({ unit: z.string(), words: z.string() }),
  /** Somebody of a unit was shown the citizen's number, and says what for. */
  revealed: z.object({ unit: z.string(), words: z.string() }),
  'confidential-set': z.object({ confidential: z.boolean(), words: z.string() }),
  progressed: z.object({ words: z.string(), citizenKnows: z.boolean() }),
  /** The lead asks the citizen something, who has so long to answer; no clock stops. */
  'citizen-asked': z.object({ words: z.string(), limit }),
  'citizen-answered': z.object({ words: z.string(), via: z.enum(['page', 'phone']) }),
  /** Nobody answered in time. */
  'citizen-silent': z.object({ asked: z.number() }),
  /** Before returns were reviewed: the unit named another, and that one had it. */
  returned: z.object({ ground: z.string(), target: z.string(), words: z.string() }),
  /** A unit says whose it is; it keeps the order until the centre has decided, within a limit of its own. */
  'return-asked': z.object({ ground: z.string(), target: z.string(), words: z.string(), review: limit }),
  'return-decided': z.object({
    outcome: returnDecisionSchema,
    /** Who has it from now on, where the return was upheld. */
    target: z.string().optional(),
    /** No unit may return it any more. */
    appointed: z.boolean().optional(),
    words: z.string(),
    copies: units.optional(),
    /** Until when somebody is to have been at the place, from now on. */
    site: limit.optional(),
  }),
  appointed: z.object({ target: z.string(), words: z.string(), copies: units.optional() }),
  /** Files that show what was done; their bytes lie in a store. */
  evidenced: z.object({ pieces: z.array(pieceSchema).min(1).readonly() }),
  /** One was taken back: it was the wrong one. Its bytes are gone. */
  withdrawn: z.object({ hash: z.string() }),
  /** Whoever was sent a code there read it back: the citizen may be rung at their number. */
  'contact-verified': z.object({ how: z.enum(['read-back']) }),
  /** The centre says what it is, and whose, where that was in dispute; every clock goes on as it was. */
  reclassified: z.object({
    category: z.string(),
    target: z.string().optional(),
    words: z.string(),
    copies: units.optional(),
  }),
  'extension-asked': z.object({ days: z.number(), reason: z.string() }),
  'extension-decided': z.object({ granted: z.boolean(), days: z.number(), words: z.string() }),
  /** A share of a clock was used up, and whoever must know was told. */
  warned: z.object({
    clock: clockNameSchema,
    percent: z.number(),
    /** Which one, of those that were asked to help. */
    unit: z.string().optional(),
  }),
  /** The unit has to answer at a level of supervision; what waits at a lower one rises into it. Nobody wrote words where it rose by itself. */
  instructed: z.object({
    level: supervisionLevelSchema,
    because: instructionCauseSchema,
    words: z.string(),
    limit,
  }),
  'instruction-answered': z.object({ unit: z.string(), words: z.string(), pieces: hashes }),
  'instruction-ended': z.object({ words: z.string() }),
  /** The centre wants the place looked at. */
  'site-asked': z.object({ words: z.string(), limit }),
  /** What was seen there, and until when the centre decides a return that waited for it. */
  'site-checked': z.object({
    visitedAtMs: z.number(),
    visitors: z.string(),
    verdict: siteVerdictSchema,
    words: z.string(),
    pieces: hashes,
    review: limit.optional(),
  }),
  closed: z.object({
    result: resultSchema,
    words: z.string(),
    evidence: z.array(z.string()).readonly(),
    /** The entry of the knowledge base that it was answered with, and its version: know_…@3. */
    article: z.string().optional(),
    /** Where the citizen goes, of what is beyond the unit's duty. */
    channel: z.string().optional(),
    /** What the rules made of it; absent before there were such, and of what was answered on the line. */
    check: closingCheckSchema.optional(),
    /** The order that it was handled with, where the unit's words are. */
    with: z.string().optional(),
    /** The same telephone is asked about another that was closed with it. */
    unasked: z.literal(true).optional(),
  }),
  /** Somebody of the centre looked at a closing. */
  'closing-judged': z.object({ cycle: z.number(), verdict: verdictSchema, words: z.string().optional() }),
  answered: answerSchema,
  reopened: z.object({ because: z.enum(['not-solved', 'dissatisfied']) }),
  /** A person rang the citizen after it was reopened. */
  rung: z.object({ words: z.string() }),
  /** Somebody asks that all of it goes; another agrees, and then nothing is left to write it to, or does not. */
  'erasure-asked': z.object({ because: erasureReasonSchema }),
  'erasure-refused': z.object({ askedBy: z.string() }),
}

export type EventKind = keyof typeof happened
export const eventKinds = Object.keys(happened) as readonly EventKind[]

/** What happened to an order, without when and by whom. */
export type Happening = {
  [Kind in EventKind]: { readonly kind: Kind } & Readonly<z.output<(typeof happened)[Kind]>>
}[EventKind]

/** Events are all there is: whatever is shown of an order is a fold over them. `seq` counts from 1. */
export type OrderEvent = Happening & { readonly seq: number; readonly atMs: number; readonly by: Actor }

const kindSchema = z.enum(eventKinds as [EventKind, ...EventKind[]])

/** @throws z.ZodError for what no version of this house ever wrote */
export const readHappening = (kind: string, data: unknown): Happening => {
  const known = kindSchema.parse(kind)
  return { kind: known, ...happened[known].parse(data) } as Happening
}
