import { boundariesOf } from '../words.ts'
import { readAddresses } from './compounds.ts'
import type { PlaceForm, PlaceNames } from './place-names.ts'
import { soundsOf } from './place-names.ts'
import { type FieldProposal, flat, proposalAt } from './proposal.ts'

/** Where it is: as far as it was said so clearly that nothing else is meant. */
export type PlaceRead = {
  readonly district?: string | undefined
  readonly street?: string | undefined
  readonly community?: string | undefined
  /** Where no street is clear: at most three, the likeliest first. */
  readonly others: readonly { readonly district: string; readonly street: string }[]
  /** The words that it came from. */
  readonly spans: readonly { readonly from: number; readonly to: number; readonly words: string }[]
}

type Match = {
  readonly form: PlaceForm
  readonly from: number
  readonly to: number
  /** How clearly it was said, from 0 to 1. */
  readonly clear: number
  readonly how: keyof typeof clearness
}

/** By how a name was met: as written, by its sound, by its sound with one lost; in full, and short. */
const clearness = {
  written: { district: [1, 0.9], street: [1, 0.8], community: [0.95, 0.5] },
  heard: { district: [0.8, 0.5], street: [0.85, 0.5], community: [0.8, 0.45] },
  filled: { district: [0.7, 0], street: [0.75, 0.4], community: [0.7, 0.4] },
  lost: { district: [0, 0], street: [0.6, 0], community: [0.55, 0] },
} as const

const fillers = /[的了嗯啊呃]/
/** A street is offered alone from here on, and if no other has more than this share of what speaks for it. */
const enough = 0.55
const margin = 0.75

/**
 * Reads where something is. Names are found as they are written, by sound, and with one sound lost or a filler put in; a
 * district that is named rules out the streets of others. A street is given only where it is clear, else up to three.
 */
export function readPlace(text: string, names: PlaceNames): PlaceRead | undefined {
  const found = matchesIn(text, names)
  const district = clearest(found.filter(({ form }) => form.kind === 'district'))
  const matches = apart(within(found, district?.form.name, names))
  if (matches.length === 0) return undefined
  const scores = new Map<number, { street: number; community: number; spans: Match[]; name?: string }>()
  for (const match of matches) {
    if (match.form.kind === 'district') continue
    for (const at of match.form.streets) {
      const score = scores.get(at) ?? { street: 0, community: 0, spans: [] }
      const kind = match.form.kind
      // A community of which there are many says less of each.
      const worth = match.clear * lengthWorth(match.form.called) * (1 / Math.sqrt(match.form.streets.length))
      if (worth > score[kind]) {
        score.spans = [...score.spans.filter(({ form }) => form.kind !== kind), match]
        score[kind] = worth
        if (kind === 'community') score.name = match.form.name
      }
      scores.set(at, score)
    }
  }
  const ranked = [...scores]
    .map(([at, score]) => {
      const street = names.streets[at]!
      const fits = district === undefined ? 1 : district.form.name === street.district ? 1.5 : 0.25
      return { ...score, at: street, worth: (score.street + score.community) * fits }
    })
    .toSorted((one, other) => other.worth - one.worth)
  const [best, second] = ranked
  const spanOf = ({ from, to }: Match) => ({ from, to, words: text.slice(from, to) })
  const districtSpans = district ? [spanOf(district)] : []
  if (!best) return { district: district?.form.name, others: [], spans: districtSpans }
  const isClear = best.worth >= enough && (second === undefined || second.worth <= best.worth * margin)
  const isElsewhere = district !== undefined && best.at.district !== district.form.name
  const spans = [...districtSpans, ...best.spans.map(spanOf)].toSorted((one, other) => one.from - other.from)
  if (isClear && !isElsewhere)
    return {
      district: best.at.district,
      street: best.at.name,
      community: best.name,
      others: [],
      spans,
    }
  const others = ranked
    .filter(({ at }) => district === undefined || at.district === district.form.name)
    .slice(0, 3)
    .map(({ at }) => ({ district: at.district, street: at.name }))
  return { district: district?.form.name, others, spans: others.length > 0 ? spans : districtSpans }
}

const lengthWorth = (called: string) => 1 + 0.15 * (Math.min(called.length, 7) - 3)

const clearest = (matches: readonly Match[]): Match | undefined =>
  matches.toSorted((one, other) => other.clear - one.clear || one.from - other.from)[0]

/** Without what lies in other districts than the one that was named, if anything lies in it. */
function within(found: readonly Match[], district: string | undefined, names: PlaceNames): readonly Match[] {
  if (district === undefined) return found
  const inside = found.flatMap(match => {
    if (match.form.kind === 'district') return [match]
    const streets = match.form.streets.filter(at => names.streets[at]!.district === district)
    return streets.length === 0 ? [] : [{ ...match, form: { ...match.form, streets } }]
  })
  return inside.some(({ form }) => form.kind !== 'district') ? inside : found
}

/** The names in a text. */
function matchesIn(text: string, names: PlaceNames): readonly Match[] {
  const written = flat(text)
  const sounds = soundsOf(written.replaceAll(/[\uD800-\uDFFF]/g, '?'))
  const found: Match[] = []
  const boundaries = boundariesOf(written)
  for (let from = 0; from < written.length; from++)
    for (let to = from + 2; to <= Math.min(written.length, from + names.longest + 1); to++) {
      const said = written.slice(from, to)
      if (/[^\p{Script=Han}\d]/u.test(said)) break
      const key = sounds.slice(from, to).join(' ')
      for (const form of names.bySound.get(key) ?? [])
        found.push({ ...clearnessOf(said === form.called ? 'written' : 'heard', form), form, from, to })
      if (to - from < 3) continue
      for (const form of names.byLost.get(key) ?? [])
        found.push({ ...clearnessOf('lost', form), form, from, to })
      // With a filler put in.
      for (let at = 1; at < said.length - 1; at++) {
        if (!fillers.test(said[at]!)) continue
        const without = sounds.slice(from, to).toSpliced(at, 1).join(' ')
        for (const form of names.bySound.get(without) ?? [])
          if (form.called.length >= 3) found.push({ ...clearnessOf('filled', form), form, from, to })
      }
    }
  const named = found.filter(match => match.clear > 0 && !isOfAnother(match, written, found))
  return named
    .filter(match => isMeant(match, written, named, names.words, boundaries))
    .map(match => (isHome(match, written) ? { ...match, clear: Math.max(match.clear, 0.75) } : match))
}

const clearnessOf = (how: keyof typeof clearness, { kind, isFull }: PlaceForm) => ({
  clear: clearness[how][kind][isFull ? 0 : 1],
  how,
})

/** 国子监 is a sight, 国子监小区 is where somebody lives. */
const isHome = ({ form, how, to }: Match, text: string) =>
  form.kind === 'community' && how === 'written' && form.called.length >= 3 && /^小区/.test(text.slice(to))

/** 从机场到望京, 左家庄站, 首都机场二号航站楼, 学院路38号: named after the place, and not all of it; a road goes through several. */
function isOfAnother({ form, from, to }: Match, text: string, all: readonly Match[]): boolean {
  if (form.isFull) return false
  if (/(从[^,，。]{1,12}到|开往|去往|飞往)$/.test(text.slice(Math.max(0, from - 16), from))) return true
  const after = text.slice(to, to + 8)
  if (
    /^([东南西北]站|站|[一二三四五六七八九十\d]号航站楼|航站楼|路口|桥下|第[一二三四五六七八九十]|小学|中学|医院|幼儿园)/.test(
      after,
    )
  )
    return true
  // 马家堡东路, 东直门外斜街, 朝阳示范区: a road or a house that has the name in its own.
  if (
    /^[东西南北中内外前后上下]{0,2}(大街|大道|斜街|横街|路|街|桥|环路|胡同|公园|广场|大厦|大悦城|万达|中学|派出所)/.test(
      after,
    )
  )
    return !/^(街道|路口|街坊)/.test(after)
  if (form.called.length === 2 && /[从往](我们?|老家)?$/.test(text.slice(0, from))) return true
  // 天桥上, 河北的, 朝外大街: so short it is the beginning of another word.
  if (
    form.called.length === 2 &&
    /^(大街|路|街|桥|[上下](?!海)|的(?!小区|房|家|[一二三四五六七八九十\d]+号)|人|省|话)/.test(after)
  )
    return true
  // 海淀永定路: a district right before it says that it is no road.
  if (all.some(other => other.form.kind === 'district' && other.how === 'written' && other.to === from))
    return false
  return (
    /(路|街)$/.test(form.called) &&
    !/^(小区|社区|街道|地区|这边|这里|附近)/.test(after) &&
    !/(住|我在|位于|地址是?|家在|我这儿是|[区县街道镇乡][,，]?)$/.test(text.slice(0, from))
  )
}

/** Whether so short a name is more than chance: two characters stand in anything, and two sounds more so. */
function isMeant(
  { form, from, to, how }: Match,
  text: string,
  all: readonly Match[],
  words: ReadonlySet<string>,
  boundaries: Uint8Array,
): boolean {
  const isWritten = how === 'written'
  const length = form.called.length
  if (form.kind === 'district') return isWritten || (form.isFull && length >= 3)
  const isBeside = all.some(
    other =>
      other.form.kind !== 'community' &&
      (other.form.isFull || (other.how === 'written' && !words.has(other.form.called))) &&
      (other.how === 'written' || other.how === 'heard') &&
      other.to <= from &&
      (from === other.to ||
        (from - other.to === 1 && /[^\p{Script=Han}]|[的了嗯啊呃]/u.test(text[other.to] ?? ''))),
  )
  if (isBeside) return isWritten || to - from >= (how === 'lost' ? 4 : 2)
  if (how === 'lost' || how === 'filled') return to - from >= 5
  if (form.isFull) return isWritten ? length >= 3 : length >= 4
  const isCalled =
    /^(小区|社区|街道|地区|镇|乡|村|这边|这里|这块|那边|附近|[\d一二三四五六七八九十]+(号|区|栋|里|巷))/.test(
      text.slice(to),
    ) || /(住|我在|位于|地址是?|家在)$/.test(text.slice(0, from))
  if (!isWritten) return length >= 5 || (length >= 3 && isCalled)
  if (isCalled) return length >= 2
  const isApart = boundaries[from] === 1 && boundaries[to] === 1
  return isApart && !words.has(form.called) && (length >= 3 || form.kind === 'street')
}

/** Of names that overlap the clearer and longer; of those in one place all, or those that are written so. */
function apart(found: readonly Match[]): readonly Match[] {
  const kept: Match[] = []
  const worth = ({ clear, how, from, to }: Match) => clear * (to - from) * (how === 'written' ? 1.3 : 1)
  for (const match of found.toSorted((one, other) => worth(other) - worth(one))) {
    const overlaps = kept.some(
      other =>
        match.from < other.to &&
        other.from < match.to &&
        (match.from !== other.from ||
          match.to !== other.to ||
          (other.how === 'written') !== (match.how === 'written')),
    )
    if (!overlaps) kept.push(match)
  }
  return kept
}

/** The place as an order has it, one proposal for each thing that was said of it. */
export function placeProposals(text: string, place: PlaceRead | undefined): readonly FieldProposal[] {
  const said = place && [place.district, place.street, place.community].filter(name => name !== undefined)
  const [from, to] = [place?.spans[0]?.from, place?.spans.at(-1)?.to]
  return [
    ...(said && said.length > 0 && from !== undefined && to !== undefined
      ? [proposalAt('place', said.join(' '), text, from, to)]
      : []),
    ...readAddresses(text),
  ]
}
