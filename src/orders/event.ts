import { z } from 'zod'
import { keptContact } from '../callers/index.ts'
import { resultSchema } from './acting/api.ts'
import { citizenAnswerSchema, clockNameSchema, orderTypeSchema, pieceSchema, urgencySchema } from './api.ts'
import { closingCheckSchema, verdictSchema } from './checking/api.ts'
import { waitsBecauseSchema } from './dispatching/api.ts'
import { erasureReasonSchema } from './erasing/api.ts'
import { returnDecisionSchema } from './returning/api.ts'
import { instructionCauseSchema, siteVerdictSchema, supervisionLevelSchema } from './supervising/api.ts'

/** The actor: a person at a seat, a dispatcher, a person of a unit, a supervisor, or the system itself. */
export const actorSchema = z.object({
  role: z.enum(['seat', 'dispatcher', 'unit', 'supervisor', 'house']),
  person: z.string(),
  unit: z.string().optional(),
  /** The program that stated the actor; absent if they were signed in. */
  via: z.string().optional(),
})
export type Actor = Readonly<z.output<typeof actorSchema>>

export const house: Actor = { role: 'house', person: 'jieting' }

export const answerSchema = z.object({
  /** Number of the closing, from 1. */
  cycle: z.number(),
  ...citizenAnswerSchema.shape,
  /** The call with their reason: its recording and transcript. */
  reason: z.string().optional(),
  /** The reason in the citizen's words, as far as it was understood. */
  words: z.string().optional(),
})
export type Answer = Readonly<z.output<typeof answerSchema>>

const limit = z.object({ measure: z.enum(['natural', 'working']), ms: z.number() })

const units = z.array(z.string()).readonly()
/** Hashes of the order's files. */
const hashes = z.array(z.string()).readonly()

const happened = {
  made: z.object({
    /** The first ring of the call; every clock that the citizen counts by starts here. */
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
    /** The order whose demand was split, and the orders that hold its other matters. */
    splitFrom: z.object({ order: z.string(), beside: z.array(z.string()).readonly() }).optional(),
    /** Absent in orders of earlier versions, like the next three. */
    type: orderTypeSchema.optional(),
    name: z.string().optional(),
    /** Code in the catalogue. */
    catalogueKind: z.string().optional(),
    district: z.string().optional(),
    /** No person in it is shown outside the centre (GB/T 33358). */
    confidential: z.boolean().optional(),
    /** Why it waits for dispatch; its unit is then the centre. */
    waits: waitsBecauseSchema.optional(),
    /** The co-units and copies by the dispatch catalogue. */
    coUnits: units.optional(),
    copies: units.optional(),
    /** The limits when it was made; they stay with the order whatever the rules become. */
    limits: z.object({
      handling: limit,
      /** Only for orders that wait for dispatch. */
      dispatch: limit.optional(),
      sign: limit.optional(),
      feedback: limit.optional(),
      /** For co-units named by the dispatch catalogue. */
      help: limit.optional(),
      personRings: limit,
    }),
  }),
  /** A dispatcher decided kind and unit; every clock keeps running. */
  dispatched: z.object({
    unit: z.string(),
    category: z.string(),
    catalogueKind: z.string().optional(),
    words: z.string().optional(),
    coUnits: units.optional(),
    copies: units.optional(),
    /** Set for a dispatch by rule: how sure triage was and had to be, and whether a dispatcher reviews it. */
    byRule: z.object({ sure: z.number(), threshold: z.number(), sampled: z.boolean() }).optional(),
  }),
  /** A dispatcher took back an automatic dispatch: the order waits at the centre again. */
  'taken-back': z.object({ unit: z.string(), words: z.string().optional() }),
  /** A dispatcher reviewed an automatic dispatch and found it right. */
  looked: z.object({ unit: z.string() }),
  /** A person is to decide, at the wish of the citizen or of whoever talks with them. */
  'person-asked': z.object({ words: z.string().optional() }),
  /** A unit was dissolved, and its successor takes its place in the order. */
  succeeded: z.object({ from: z.string(), unit: z.string(), copies: units.optional() }),
  /** Orders that this one may repeat, found when it was made: a dispatcher decides. */
  likened: z.object({
    orders: z
      .array(z.object({ order: z.string(), isOwn: z.boolean(), isOfKind: z.boolean(), words: z.number() }))
      .readonly(),
  }),
  /** A person decided that it is not about the same matter as that order. */
  'told-apart': z.object({ from: z.string() }),
  /** The caller asked about it without anything new and was told its state (条例, article 11-3). */
  'state-told': z.object({ call: z.string().optional() }),
  /** Its demand was several matters; these orders hold the others. */
  split: z.object({ orders: z.array(z.string()).readonly(), words: z.string().optional() }),
  /** A repeated demand: it is handled with another order, whose unit it gets. */
  merged: z.object({
    into: z.string(),
    unit: z.string(),
    lead: z.string().optional(),
    copies: units.optional(),
  }),
  /** Another order is merged into this one, whose supervision then follows that citizen's clocks, too. */
  joined: z.object({
    order: z.string(),
    clocks: z.array(z.object({ name: clockNameSchema, startMs: z.number(), limit })).readonly(),
  }),
  /** Something happened to the lead order that it is merged with. */
  followed: z.object({
    unit: z.string(),
    lead: z.string().optional(),
    copies: units.optional(),
    /** Days of extension granted. */
    days: z.number().optional(),
    /** The lead's citizens have been told the progress. */
    citizenKnows: z.literal(true).optional(),
  }),
  /** It is handled separately again, by the unit that had it before. */
  parted: z.object({
    from: z.string(),
    unit: z.string(),
    because: z.enum(['undone', 'confidential']),
    words: z.string().optional(),
  }),
  /** A merged order is handled separately again. */
  left: z.object({ order: z.string() }),
  /** The caller rang again about it. */
  added: z.object({ call: z.string().optional(), words: z.string() }),
  signed: z.object({ unit: z.string() }),
  /** The person of the unit who has it; nobody when absent. */
  assigned: z.object({ unit: z.string(), person: z.string().optional() }),
  /** A co-unit names its contact. */
  supported: z.object({ unit: z.string(), person: z.string(), phone: z.string() }),
  /** The lead or the centre asks another unit to help, with a reason: that unit may now read the order. */
  granted: z.object({
    unit: z.string(),
    words: z.string(),
    /** Time limit for its answer; earlier versions set none. */
    limit: limit.optional(),
  }),
  /** A co-unit has done its task, and says what it did. */
  helped: z.object({ unit: z.string(), words: z.string() }),
  'grant-ended': z.object({ unit: z.string(), words: z.string() }),
  /** A person of a unit was shown the citizen's number, with the reason given. */
  revealed: z.object({ unit: z.string(), words: z.string() }),
  'confidential-set': z.object({ confidential: z.boolean(), words: z.string() }),
  progressed: z.object({ words: z.string(), citizenKnows: z.boolean() }),
  /** The lead asks the citizen a question, to be answered within a limit; no clock stops. */
  'citizen-asked': z.object({ words: z.string(), limit }),
  'citizen-answered': z.object({ words: z.string(), via: z.enum(['page', 'phone']) }),
  /** The question was not answered in time. */
  'citizen-silent': z.object({ asked: z.number() }),
  /** From before returns were reviewed: the unit named another, which got the order at once. */
  returned: z.object({ ground: z.string(), target: z.string(), words: z.string() }),
  /** A unit names another as responsible; it keeps the order until the centre decides, within a limit of its own. */
  'return-asked': z.object({ ground: z.string(), target: z.string(), words: z.string(), review: limit }),
  'return-decided': z.object({
    outcome: returnDecisionSchema,
    /** The new unit, if the return was upheld. */
    target: z.string().optional(),
    /** Whether further returns are excluded. */
    appointed: z.boolean().optional(),
    words: z.string(),
    copies: units.optional(),
    /** Time limit for the site check, starting now. */
    site: limit.optional(),
  }),
  appointed: z.object({ target: z.string(), words: z.string(), copies: units.optional() }),
  /** Evidence files; their bytes are in the store. */
  evidenced: z.object({ pieces: z.array(pieceSchema).min(1).readonly() }),
  /** A wrong file was withdrawn; its bytes are deleted. */
  withdrawn: z.object({ hash: z.string() }),
  /** A code sent to the number was read back: the citizen may be rung there. */
  'contact-verified': z.object({ how: z.enum(['read-back']) }),
  /** The centre settled a dispute about kind and unit; every clock keeps running. */
  reclassified: z.object({
    category: z.string(),
    target: z.string().optional(),
    words: z.string(),
    copies: units.optional(),
  }),
  'extension-asked': z.object({ days: z.number(), reason: z.string() }),
  'extension-decided': z.object({ granted: z.boolean(), days: z.number(), words: z.string() }),
  /** A share of a limit was used up, and those concerned were told. */
  warned: z.object({
    clock: clockNameSchema,
    percent: z.number(),
    /** The co-unit concerned. */
    unit: z.string().optional(),
  }),
  /**
   * The unit must answer at a level of supervision; an open instruction of a lower level rises to this one. If it
   * rose by rule, the words are empty.
   */
  instructed: z.object({
    level: supervisionLevelSchema,
    because: instructionCauseSchema,
    words: z.string(),
    limit,
  }),
  'instruction-answered': z.object({ unit: z.string(), words: z.string(), pieces: hashes }),
  'instruction-ended': z.object({ words: z.string() }),
  /** The centre wants a site check. */
  'site-asked': z.object({ words: z.string(), limit }),
  /** What was found there, and the centre's limit for a return that waited for it. */
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
    /** The knowledge entry used for the answer, with its version: know_…@3. */
    article: z.string().optional(),
    /** The channel for a demand beyond the unit's duty. */
    channel: z.string().optional(),
    /** What the rules found; absent in older closings and for answers given on the line. */
    check: closingCheckSchema.optional(),
    /** The lead order that it was closed with, which holds the unit's words. */
    with: z.string().optional(),
    /** Set if the same number is asked about another order closed with it. */
    unasked: z.literal(true).optional(),
  }),
  /** Somebody at the centre reviewed a closing. */
  'closing-judged': z.object({ cycle: z.number(), verdict: verdictSchema, words: z.string().optional() }),
  answered: answerSchema,
  reopened: z.object({ because: z.enum(['not-solved', 'dissatisfied']) }),
  /** A person rang the citizen after the reopening. */
  rung: z.object({ words: z.string() }),
  /**
   * Somebody asks for erasure. If another agrees, no event can record it, since everything is deleted; a refusal is
   * recorded.
   */
  'erasure-asked': z.object({ because: erasureReasonSchema }),
  'erasure-refused': z.object({ askedBy: z.string() }),
}

export type EventKind = keyof typeof happened
export const eventKinds = Object.keys(happened) as readonly EventKind[]

/** What happened to an order, without time and actor. */
export type Happening = {
  [Kind in EventKind]: { readonly kind: Kind } & Readonly<z.output<(typeof happened)[Kind]>>
}[EventKind]

/** An event of an order. Everything shown of an order is a fold over its events. `seq` counts from 1. */
export type OrderEvent = Happening & { readonly seq: number; readonly atMs: number; readonly by: Actor }

const kindSchema = z.enum(eventKinds as [EventKind, ...EventKind[]])

/** @throws z.ZodError for anything that no version ever wrote */
export const readHappening = (kind: string, data: unknown): Happening => {
  const known = kindSchema.parse(kind)
  return { kind: known, ...happened[known].parse(data) } as Happening
}
