import type { Catalogue } from '../catalogue/index.ts'
import { type AnsweredText, type Measures, measure } from './measures.ts'
import { buildProfiles, type Correction, type Profiles, suggest } from './profiles.ts'
import { catalogueDigest, readProfiles, writeProfiles } from './profiles-file.ts'

/** A text of which a person said what it was, and when. */
export type Confirmed = Correction & { readonly atMs: number }

/** Of so many stretches of so many ms, the last. */
export const heldOutSlots = { slotMs: 30 * 60_000, slots: 5 } as const

/**
 * Of every two and a half hours, by UTC, what came in the last half hour: nobody learns from it, now or later, so that every
 * model is tried on what none has seen. By time and not by chance, since what many say of one burst pipe comes together.
 */
export function isHeldOut(atMs: number): boolean {
  const { slotMs, slots } = heldOutSlots
  return Math.floor(atMs / slotMs) % slots === slots - 1
}

/** Numbers of three digits and more, identity cards, licence plates and addresses of mail are somebody's: in place of each a line ends, across which nothing is read. */
export const withoutNumbers = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\w.+-]+@[\w.-]+/g, '\n')
    .replaceAll(/\p{Script=Han}[a-z][ ·.-]?(?=[a-z]*\d)[a-z0-9]{5,6}/giu, '\n')
    .replaceAll(/[\d零〇一二三四五六七八九幺两](?:[ -]?[\d零〇一二三四五六七八九幺两]){2,}/g, '\n')

export type NightTask = {
  readonly catalogue: Pick<Catalogue, 'objects'>
  readonly confirmed: readonly Confirmed[]
  /** What is in use; the catalogue alone when absent. */
  readonly inUse: Uint8Array | undefined
  /** So many held-out texts make a kind a big one. */
  readonly bigKind: number
}

/** How often the right kind was the first, and among the first three, of so many texts. */
export type Hits = { readonly first: number; readonly firstThree: number }
export type KindFigures = {
  readonly kind: string
  readonly texts: number
  readonly isBig: boolean
  readonly before: Hits
  readonly after: Hits
}
/** In what the new one is worse: in a kind, or over all where none is named. */
export type Worse = {
  readonly kind?: string | undefined
  readonly of: keyof Hits
  readonly before: number
  readonly after: number
}
export type NightFigures = {
  readonly texts: number
  readonly before: Hits
  readonly after: Hits
  readonly calibrationError: number
  /** The commonest first. */
  readonly kinds: readonly KindFigures[]
  readonly confusion: Measures['confusion']
}
export type NightAnswer = {
  readonly bytes: Uint8Array
  readonly learnt: number
  readonly figures: NightFigures
  /** Why it may not replace the one in use; it may when empty. */
  readonly worse: readonly Worse[]
}

/** Learns from all that is not held out, and tries what came of it, and what is in use, on what is. */
export function learnOvernight({ catalogue, confirmed, inUse, bigKind }: NightTask): NightAnswer {
  const known = confirmed.filter(({ label }) => catalogue.objects.has(label))
  // Tried as it is said at the seat, numbers and all.
  const held = known.filter(({ atMs }) => isHeldOut(atMs))
  const learnt = known
    .filter(({ atMs }) => !isHeldOut(atMs))
    .map(one => ({ ...one, text: withoutNumbers(one.text) }))
  const digest = catalogueDigest(catalogue)
  const old = inUse === undefined ? buildProfiles(catalogue) : readProfiles('model', inUse, digest)
  const bytes = writeProfiles(buildProfiles(catalogue, learnt, 'shared'), digest)
  // As it will be read: what is tried is what is used.
  const [before, after] = [old, readProfiles('model', bytes, digest)].map(profiles =>
    answersOf(profiles, held),
  ) as [readonly AnsweredText[], readonly AnsweredText[]]
  const figures = compare(before, after, bigKind)
  return { bytes, learnt: learnt.length, figures, worse: worseIn(figures) }
}

const answersOf = (profiles: Profiles, held: readonly Correction[]): readonly AnsweredText[] =>
  held.map(one => ({ label: one.label, ...suggest(profiles, one) }))

/** @param before what was answered to the same texts, in the same order, by what is in use */
export function compare(
  before: readonly AnsweredText[],
  after: readonly AnsweredText[],
  bigKind: number,
): NightFigures {
  const { labels, confusion, calibrationError } = measure(after)
  const kinds = labels.map(({ label, texts }) => ({
    kind: label,
    texts,
    isBig: texts >= bigKind,
    before: hitsOf(before.filter(answer => answer.label === label)),
    after: hitsOf(after.filter(answer => answer.label === label)),
  }))
  return {
    kinds,
    confusion,
    calibrationError,
    texts: after.length,
    before: hitsOf(before),
    after: hitsOf(after),
  }
}

function hitsOf(answers: readonly AnsweredText[]): Hits {
  const within = (most: number) =>
    answers.filter(({ label, found }) => found.slice(0, most).some(one => one.label === label)).length
  return { first: within(1), firstThree: within(3) }
}

/** No worse means: no less often right, over all and in any big kind, at the first place and among the three that are shown. */
export function worseIn({ kinds, before, after }: NightFigures): readonly Worse[] {
  const judged = [{ kind: undefined, before, after }, ...kinds.filter(({ isBig }) => isBig)]
  return judged.flatMap(one =>
    (['first', 'firstThree'] as const).flatMap((of): Worse[] =>
      one.after[of] < one.before[of]
        ? [{ kind: one.kind, of, before: one.before[of], after: one.after[of] }]
        : [],
    ),
  )
}
