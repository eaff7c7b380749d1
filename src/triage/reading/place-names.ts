import { commonAmong, soundOf } from '../../chinese/index.ts'
import type { Gazetteer } from '../../city/index.ts'
import { foldSound } from '../noise.ts'

export type Street = { readonly district: string; readonly name: string }

/** One way in which a place is called. */
export type PlaceForm = {
  readonly kind: 'district' | 'street' | 'community'
  /** Its name in full. */
  readonly name: string
  /** As it is called here: in full, or without 街道, 社区, 区. */
  readonly called: string
  readonly isFull: boolean
  /** Places in `streets`: those of a district are not listed. */
  readonly streets: readonly number[]
}

/** The names of a city's places, by their sounds. */
export type PlaceNames = {
  readonly districts: readonly string[]
  readonly streets: readonly Street[]
  /** By sounds, folded: zh as z, l as n, hu as f, -ng as -n. */
  readonly bySound: ReadonlyMap<string, readonly PlaceForm[]>
  /** The same with one sound lost. */
  readonly byLost: ReadonlyMap<string, readonly PlaceForm[]>
  /** Short names that are words of their own: 平房, 天桥. */
  readonly words: ReadonlySet<string>
  /** How many sounds the longest has. */
  readonly longest: number
}

export const soundsOf = (text: string): string[] => [...text].map(one => foldSound(soundOf(one)))

const endings: Readonly<Record<PlaceForm['kind'], RegExp>> = {
  district: /(区|县)$/,
  street: /(街道|地区|满族乡|回族乡|回族满族乡|乡|镇)$/,
  community: /(社区|村)$/,
}

export function createPlaceNames({ districts }: Gazetteer): PlaceNames {
  const streets: Street[] = []
  const communities = new Map<string, number[]>()
  for (const [district, own] of Object.entries(districts))
    for (const [name, names] of Object.entries(own)) {
      for (const community of names)
        communities.set(community, [...(communities.get(community) ?? []), streets.length])
      streets.push({ district, name })
    }
  // 怀柔 is the district, whatever it may be beside that: a street of the name is said with its 地区.
  const asDistricts = new Set(
    Object.keys(districts).map(name => soundsOf(shortOf('district', name)).join(' ')),
  )
  const all = [
    ...Object.keys(districts).flatMap(name => formsOf('district', name, [])),
    ...streets.flatMap(({ name }, at) => formsOf('street', name, [at])),
    ...[...communities].flatMap(([name, at]) => formsOf('community', name, at)),
  ]
  const forms = all.filter(
    ({ kind, isFull, called }) =>
      kind === 'district' || isFull || !asDistricts.has(soundsOf(called).join(' ')),
  )
  const ofDistricts = new Set(Object.keys(districts).map(name => soundsOf(name).join(' ')))
  const bySound = new Map<string, PlaceForm[]>()
  const byLost = new Map<string, PlaceForm[]>()
  let longest = 0
  const put = (map: Map<string, PlaceForm[]>, key: string, form: PlaceForm) => {
    const list = map.get(key)
    if (list === undefined) map.set(key, [form])
    else if (list.at(-1) !== form) list.push(form)
  }
  for (const form of forms) {
    const sounds = soundsOf(form.called)
    longest = Math.max(longest, sounds.length)
    put(bySound, sounds.join(' '), form)
    // Of shorter names too little is left.
    // What is shorter stands in anything, and 怀柔地区 without its 地 is a district.
    if (sounds.length < 4 || form.kind === 'district') continue
    for (const at of sounds.keys()) {
      const left = sounds.toSpliced(at, 1).join(' ')
      if (!ofDistricts.has(left)) put(byLost, left, form)
    }
  }
  const words = commonAmong(new Set(forms.filter(({ isFull }) => !isFull).map(({ called }) => called)))
  return { districts: Object.keys(districts), streets, bySound, byLost, words, longest }
}

const shortOf = (kind: PlaceForm['kind'], name: string) => name.replace(endings[kind], '')

function formsOf(kind: PlaceForm['kind'], name: string, streets: readonly number[]): readonly PlaceForm[] {
  const short = shortOf(kind, name)
  // A village that is listed without 村 may be called as a street is.
  const isFull = kind !== 'community' || endings.community.test(name)
  const full: PlaceForm = { kind, name, called: name, isFull, streets }
  const forms = [full]
  if (short !== name && short.length >= 2) forms.push({ ...full, called: short, isFull: false })
  // 和平乡 and 和平地区 are said as 和平街道 as often, and villages of the statistics have no 村 where people say one.
  if (kind === 'community' && !endings.community.test(name))
    forms.push({ ...full, called: `${name}村`, isFull: true })
  return forms
}
