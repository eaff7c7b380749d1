import { initialsOf, soundOf } from '../chinese/index.ts'
import type { Gazetteer } from '../city/index.ts'
import type { PlaceShown } from './api.ts'

export type Places = {
  /**
   * Streets and communities by characters that stand in their names, by the first letters of their sounds (wj for 望京), or by
   * the sounds in full; the nearest first, streets before what lies in them.
   */
  search(
    words: string,
    asked: { readonly district?: string | undefined; readonly limit: number },
  ): readonly PlaceShown[]
}

type Named = PlaceShown & { readonly name: string; readonly initials: string; readonly sounds: string }

export function createPlaces({ districts }: Gazetteer): Places {
  let named: readonly Named[] | undefined
  const all = () => {
    named ??= namedIn(districts)
    return named
  }
  return {
    search(words, { district, limit }) {
      const asked = words.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')
      const inside = district === undefined ? all() : all().filter(one => one.district === district)
      const ranked = inside.flatMap(one => {
        const rank = asked === '' ? (one.community === undefined ? 1 : 0) : rankOf(one, asked)
        return rank === 0 ? [] : [{ one, rank }]
      })
      return ranked
        .toSorted((one, other) => other.rank - one.rank)
        .slice(0, limit)
        .map(({ one: { district, street, community } }) => ({ district, street, community }))
    },
  }
}

const namedIn = (districts: Gazetteer['districts']): readonly Named[] =>
  Object.entries(districts).flatMap(([district, streets]) =>
    Object.entries(streets).flatMap(([street, communities]) => [
      saidOf({ district, street, community: undefined }, street),
      ...communities.map(community => saidOf({ district, street, community }, community)),
    ]),
  )

const saidOf = (place: PlaceShown, name: string): Named => ({
  ...place,
  name: name.toLowerCase(),
  initials: initialsOf(name),
  sounds: [...name].map(soundOf).join('').toLowerCase(),
})

/** 0: not called so. Whoever types letters begins at the beginning. */
function rankOf({ name, initials, sounds, community }: Named, asked: string): number {
  const worth = community === undefined ? 0.5 : 0
  const at = name.indexOf(asked)
  if (at === 0) return 8 + worth
  if (at > 0) return 6 + worth
  if (!/^[a-z]+$/.test(asked)) return 0
  if (initials.startsWith(asked)) return 4 + worth
  return sounds.startsWith(asked) ? 3 + worth : asked.length >= 2 && initials.includes(asked) ? 1 + worth : 0
}
