import type { Catalogue, CatalogueObject } from '../catalogue/index.ts'
import { sharesOf } from './calibration.ts'
import { bestWay, type Corrected } from './corrections.ts'
import type { TriageText } from './features.ts'
import {
  type GramIndex,
  type Grams,
  indexOf,
  ofLengthOne,
  type Rarity,
  rarityIn,
  scoresBy,
  vectorOf,
  weightIn,
} from './gram-vectors.ts'
import { foundBy, reasonsOf, type Suggestion, type Weighed } from './suggestion.ts'
import { countsOf, gramsOf, normal } from './text.ts'

/**
 * What to suggest before anybody has confirmed an order: each object of the catalogue as one text of all that is said of
 * it, and the cosine of a new text with each, over runs of 1 to 3 characters. On 200 real messages and 510 objects with
 * four colloquial words each the right one is first in 0.60, of the first three in 0.79, of the first five in 0.85.
 */
export type Profiles = {
  readonly objects: readonly string[]
  /** By run of characters: which objects have it, and how much it is of each. */
  readonly index: GramIndex
  readonly rarity: Rarity
  /** By object: what is added to its cosine, since it is asked often. */
  readonly bonus: Float32Array
  /** By which cosines become shares; less sure than `doubt` is "I don't know". */
  readonly temperature: number
  readonly doubt: number
}

/** A text of which a person said what it was. */
export type Correction = TriageText & { readonly label: string }

const gramsIn = (...texts: readonly string[]): Grams => countsOf(gramsOf(texts.map(normal).join('\n'), 1, 3))

/** A title says in few words what the text says in many. */
const gramsOfText = ({ text, title }: TriageText): Grams =>
  title ? gramsIn(title, title, text) : gramsIn(text)

/**
 * All that the catalogue says of an object. A sentence counts half: it says as much of who speaks as of the object. On 304
 * sentences of another hand the right group is first in 0.868 with a half, 0.852 with a whole.
 */
function gramsOfObject({ name, group, kinds, words, says }: CatalogueObject): Grams {
  const grams = new Map(gramsIn(name, group, ...kinds.map(kind => kind.name), ...words))
  for (const [gram, count] of gramsIn(...says)) grams.set(gram, (grams.get(gram) ?? 0) + count / 2)
  return grams
}

/** By which cosines become shares: likeliest on the catalogue's own sentences, each left out, with six words an object. */
const temperature = 0.0125
/** Less sure than this is "I don't know": of those sentences, no more than half were right. */
const doubt = 0.3

/**
 * What only one text has and the catalogue has not is nobody's way to say it, and may be somebody's name: it is left out.
 * Texts are read twice, since most of what stands in them goes: it is not kept until then.
 */
function sharedOnly(texts: readonly Placed[], written: readonly Grams[]): readonly Corrected[] {
  const isWritten = new Set(written.flatMap(grams => [...grams.keys()]))
  const [once, twice] = [new Set<string>(), new Set<string>()]
  for (const { text } of texts)
    for (const gram of gramsOfText(text).keys()) {
      if (isWritten.has(gram) || twice.has(gram)) continue
      if (once.delete(gram)) twice.add(gram)
      else once.add(gram)
    }
  once.clear()
  return texts.map(({ at, text }) => ({
    at,
    grams: new Map([...gramsOfText(text)].filter(([gram]) => isWritten.has(gram) || twice.has(gram))),
  }))
}

type Placed = { readonly at: number; readonly text: TriageText }

/**
 * @param corrections count as much as does them good themselves, each judged by the catalogue and all others: it may be
 * nothing, so that with them no more is wrong than without
 * @param keeps of the corrections: all that stands in them, or what two of them or the catalogue have
 */
export function buildProfiles(
  { objects }: Pick<Catalogue, 'objects'>,
  corrections: readonly Correction[] = [],
  keeps: 'all' | 'shared' = 'all',
): Profiles {
  const names = [...objects.keys()]
  const written = names.map(name => gramsOfObject(objects.get(name)!))
  const places = new Map(names.map((name, at) => [name, at]))
  const given = corrections.flatMap(correction => {
    const at = places.get(correction.label)
    return at === undefined ? [] : [{ at, text: correction }]
  })
  const corrected: readonly Corrected[] =
    keeps === 'shared'
      ? sharedOnly(given, written)
      : given.map(({ at, text }) => ({ at, grams: gramsOfText(text) }))
  const plain = rarityIn(written, [])
  const { way, ...sure } = bestWay(written, corrected, plain, temperature)
  const vectors = written.map(grams => vectorOf(grams, way.rarity))
  const bonus = new Float32Array(names.length)
  for (const { at, grams } of way.weight > 0 ? corrected : []) {
    const profile = vectors[at]!
    for (const [gram, weight] of vectorOf(grams, way.rarity))
      profile.set(gram, (profile.get(gram) ?? 0) + weight * way.weight)
  }
  for (const [at, times] of countsOf(corrected.map(({ at }) => at)))
    bonus[at] = way.often * temperature * Math.log(1 + times)
  return {
    objects: names,
    index: indexOf(way.weight > 0 ? vectors.map(ofLengthOne) : vectors),
    rarity: way.rarity,
    bonus,
    temperature: sure.temperature ?? temperature,
    doubt: sure.doubt ?? doubt,
  }
}

const built = new WeakMap<object, Profiles>()

/** Of a catalogue without corrections: built once, which takes 0.4 s, whoever asks; where calls are served, `profilesAside` did it. */
export function profilesOf(catalogue: Pick<Catalogue, 'objects'>): Profiles {
  // By its objects: what was published since has others.
  const profiles = built.get(catalogue.objects) ?? buildProfiles(catalogue)
  built.set(catalogue.objects, profiles)
  return profiles
}

/** Whoever asks for the profiles of this catalogue gets these from now on. */
export const knowProfiles = ({ objects }: Pick<Catalogue, 'objects'>, profiles: Profiles) =>
  void built.set(objects, profiles)

export function suggest(profiles: Profiles, text: TriageText, most = 5): Suggestion {
  const asked = vectorOf(gramsOfText(text), profiles.rarity)
  const { found, isUnsure } = suggestBy(profiles, scoresOfObjects(profiles, asked), most)
  const first = profiles.objects.indexOf(found[0]?.label ?? '')
  // A single character stands in anything.
  const isSaid = [...asked.keys()].some(
    gram => gram.length > 1 && profiles.index.get(gram)?.objects.includes(first),
  )
  return { found, isUnsure: isUnsure || !isSaid }
}

/** What would be suggested for each sentence of an object if that one were not in the catalogue. */
export function suggestLeftOut(profiles: Profiles, object: CatalogueObject): readonly Suggestion[] {
  const { objects, rarity } = profiles
  const whole = gramsOfObject(object)
  const place = objects.indexOf(object.name)
  return object.says.map(sentence => {
    const own = gramsIn(sentence)
    const asked = vectorOf(own, rarity)
    const scores = scoresOfObjects(profiles, asked)
    let [score, square] = [0, 0]
    for (const [gram, count] of whole) {
      const left = count - (own.get(gram) ?? 0) / 2
      if (left <= 0) continue
      const weight = weightIn(left, rarity.get(gram) ?? 0)
      square += weight * weight
      score += weight * (asked.get(gram) ?? 0)
    }
    scores[place] = score / Math.sqrt(square)
    return suggestBy(profiles, scores, 5)
  })
}

/** How like a text is to each object of the catalogue that it is most like, the most like first: 1 would be all that is said of it. */
export function objectsLike(
  profiles: Profiles,
  text: string,
  most: number,
): readonly (readonly [object: number, likeness: number])[] {
  const scores = scoresOfObjects(profiles, vectorOf(gramsIn(text), profiles.rarity))
  const best: [number, number][] = []
  for (const [object, likeness] of scores.entries()) {
    if (likeness <= (best[most - 1]?.[1] ?? 0)) continue
    const at = best.findIndex(([, other]) => other < likeness)
    best.splice(at === -1 ? best.length : at, 0, [object, likeness])
    if (best.length > most) best.pop()
  }
  return best
}

const scoresOfObjects = ({ objects, index }: Profiles, asked: ReadonlyMap<string, number>) =>
  scoresBy(index, objects.length, asked)

function suggestBy(
  { objects, bonus, temperature, doubt }: Profiles,
  scores: Float32Array,
  most: number,
): Suggestion {
  const shares = sharesOf(
    scores.map((score, at) => score + bonus[at]!),
    temperature,
  )
  // An object that nothing speaks for is not offered.
  for (const [at, score] of scores.entries()) if (score === 0) shares[at] = 0
  const found = foundBy(objects, shares, most).filter(({ sure }) => sure > 0)
  return { found, isUnsure: (found[0]?.sure ?? 0) < doubt }
}

/** What of a text spoke for an object, the strongest first. */
export function explainObject(
  { objects, index, rarity }: Profiles,
  text: TriageText,
  object: string,
  most = 8,
): readonly Weighed[] {
  const place = objects.indexOf(object)
  const weighed = new Map<string, number>()
  for (const [gram, weight] of vectorOf(gramsOfText(text), rarity)) {
    const posting = index.get(gram)
    const own = posting?.weights[posting.objects.indexOf(place)]
    if (own !== undefined) weighed.set(gram, own * weight)
  }
  return reasonsOf(weighed, most)
}
