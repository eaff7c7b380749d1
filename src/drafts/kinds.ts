import { type Catalogue, type CatalogueKind, type CatalogueObject, unitFor } from '../catalogue/index.ts'
import {
  explainObject,
  type Profiles,
  profilesOf,
  type Suggestion,
  suggest,
  type TriageText,
} from '../triage/index.ts'
import type { KindShown, SuggestionShown } from './api.ts'

export type Kinds = {
  /** What a text may be about, as triage says it. */
  judge(text: TriageText): Suggestion

  /**
   * Three objects of the catalogue that a text may be about, with their kinds; under 5 ms, since calls are served beside
   * it. A suggestion never decides.
   */
  suggest(asked: {
    readonly text: string
    readonly title?: string | undefined
    readonly district?: string | undefined
  }): SuggestionShown
  /** By code, and by what stands in the names of kinds and objects and in how citizens call them, the nearest first. */
  search(words: string, limit: number): readonly KindShown[]
}

export type KindsOptions = {
  readonly catalogue: Catalogue
  readonly units: ReadonlyMap<string, { readonly name: string }>
  /** What suggests now; undefined until it is built. The catalogue alone when absent. */
  readonly profiles?: (() => Profiles | undefined) | undefined
}

const most = 3
/** What somebody wants is said at the beginning, and once more at the end; what costs time is what is between. */
const [headLength, tailLength] = [400, 200]
export const bounded = (text: string) =>
  text.length <= headLength + tailLength ? text : `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`

/** The catalogue is written in Chinese: of "I want to apply" the model knew the letters of App. */
const isChinese = (text: string): boolean => {
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 4 >= letters
}

/** Before anything is built nobody knows. */
const unsure: Suggestion = { found: [], isUnsure: true }

export function createKinds({
  catalogue,
  units,
  profiles: now = () => profilesOf(catalogue),
}: KindsOptions): Kinds {
  const judge = (text: TriageText, profiles = now()): Suggestion =>
    profiles && isChinese(`${text.title ?? ''}${text.text}`) ? suggest(profiles, text, most) : unsure
  const linesNow = linesOf(catalogue)

  return {
    judge: text => judge(text),
    suggest({ text, title, district = '' }) {
      const given = { text: bounded(text), title: title === undefined ? undefined : bounded(title) }
      const profiles = now()
      const { found, isUnsure } = judge(given, profiles)
      return {
        isUnsure,
        found: found.flatMap(({ label, sure }) => {
          const object = catalogue.objects.get(label)
          if (!object || !profiles) return []
          const unit = unitFor(catalogue, object, district)
          return [
            {
              object: object.name,
              group: object.group,
              sure,
              unit: unit === undefined ? undefined : { id: unit, name: units.get(unit)?.name ?? unit },
              kinds: nearestFirst(object.kinds, `${title ?? ''}${text}`).map(kind => ({
                code: kind.code,
                name: kind.name,
                urgency: kind.urgency,
              })),
              why: explainObject(profiles, given, label, most).flatMap(({ words, weight }) =>
                weight > 0 ? [words] : [],
              ),
              ask: object.not,
              form: object.form,
            },
          ]
        }),
      }
    },
    search(words, limit) {
      const asked = words
        .normalize('NFKC')
        .toLowerCase()
        .split(/[\s·，,、]+/)
        .filter(Boolean)
      if (asked.length === 0) return []
      const ranked = linesNow().flatMap(({ kind, object, said }) => {
        const ranks = asked.map(word => rankIn(said, word))
        return ranks.includes(0) ? [] : [{ kind, object, rank: ranks.reduce((sum, rank) => sum + rank, 0) }]
      })
      const nearest = ranked.toSorted((one, other) => other.rank - one.rank).slice(0, limit)
      if (nearest.length > 0) return nearest.map(({ kind, object }) => shown(kind, object))
      // Nobody calls it so: what it may be, as it would be suggested.
      return judge({ text: bounded(words) })
        .found.flatMap(({ label }) => {
          const object = catalogue.objects.get(label)
          return object ? nearestFirst(object.kinds, words).map(kind => shown(kind, object)) : []
        })
        .slice(0, limit)
    },
  }
}

type Line = { readonly kind: CatalogueKind; readonly object: CatalogueObject; readonly said: Said }

/** Kinds with what is looked through for each; made anew once another catalogue holds. */
function linesOf(catalogue: Pick<Catalogue, 'objects'>): () => readonly Line[] {
  let made: { readonly of: Catalogue['objects']; readonly lines: readonly Line[] } | undefined
  return () => {
    const of = catalogue.objects
    if (made?.of !== of) {
      const lines = [...of.values()].flatMap(object =>
        object.kinds.map(kind => ({ kind, object, said: saidOf(kind, object) })),
      )
      made = { of, lines }
    }
    return made.lines
  }
}

type Ranked = readonly [text: string, rank: number]
/** The code first, which counts by its beginning. */
type Said = readonly [Ranked, ...Ranked[]]

/** Where a word may stand, and how near it is when it stands there. */
const saidOf = ({ code, name }: CatalogueKind, object: CatalogueObject): Said => [
  [code, 9],
  [name, 8],
  [object.name, 7],
  [object.words.join(' '), 5],
  [`${object.group} ${object.class}`, 3],
]

function rankIn([[code, ofCode], ...texts]: Said, word: string): number {
  if (code.startsWith(word)) return ofCode
  for (const [text, rank] of texts) if (text.toLowerCase().includes(word)) return rank
  return 0
}

const shown = (
  { code, name, urgency }: CatalogueKind,
  { name: object, group, form, not }: CatalogueObject,
): KindShown => ({
  code,
  name,
  object,
  group,
  urgency,
  form,
  ask: not,
})

/** Kinds that the text names by more of their characters go first; the others stay as the catalogue has them. */
function nearestFirst(kinds: readonly CatalogueKind[], text: string): readonly CatalogueKind[] {
  const pairs = (name: string) => [...name].slice(1).map((_, at) => name.slice(at, at + 2))
  const share = ({ name }: CatalogueKind) => {
    const own = pairs(name)
    return own.filter(pair => text.includes(pair)).length / (own.length || 1)
  }
  return kinds.toSorted((one, other) => share(other) - share(one))
}
