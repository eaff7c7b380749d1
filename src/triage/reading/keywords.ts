import type { Catalogue, CatalogueObject } from '../../catalogue/index.ts'
import type { Suggestion } from '../suggestion.ts'
import { boundariesOf } from '../words.ts'
import {
  clauseAround,
  type FieldProposal,
  flat,
  isDenied,
  isDeniedAfter,
  isHearsay,
  proposalAt,
} from './proposal.ts'

type Said = { readonly words: string; readonly from: number; readonly to: number }

/** What was wrong is not wrong any more. */
const isOver = /^(已经|都|又|后来)?(修好|解决|恢复|处理好|好)了/
const figureReach = 16

/**
 * Object · fault · figure, as 室温 · 不达标 · 14℃: of the likeliest objects the first of which a word was said and not denied. The
 * fault is the catalogue's if its name was said, else the words that were.
 * @param objects the likeliest first
 * @param figures temperatures that were read from the text
 * @param others what its words were taken for already
 */
export function readKeyword(
  text: string,
  { objects }: Pick<Catalogue, 'objects'>,
  likeliest: Suggestion['found'],
  figures: readonly FieldProposal[],
  others: readonly FieldProposal[] = [],
): readonly FieldProposal[] {
  const written = flat(text)
  const boundaries = boundariesOf(written)
  const said = (words: string) => saidIn(written, words, boundaries)
  for (const { label: name, sure } of likeliest) {
    const object = objects.get(name)
    if (!object) continue
    const itself = said(object.name)[0]
    const isTelling = ({ words }: Said) =>
      (sure >= sureEnough || (words.length >= 4 && isAbout(words, object))) &&
      holders(objects, words) <= fewObjects
    const kinds = object.kinds.flatMap(kind => said(kind.name))
    // What many objects say is a fault of this one where this one is named.
    const fault = longest(kinds.filter(one => itself || isTelling(one)))
    const word = longest(
      object.words
        .filter(one => isOwn(one, object, sure))
        .flatMap(said)
        .filter(isTelling),
    )
    // 12345 of a number plate is no hotline.
    const isOthers = [fault ?? word].some(
      one => one && others.some(other => one.from < other.to && other.from < one.to),
    )
    if (isOthers) continue
    const spans = [itself, fault ?? word].filter(one => one !== undefined)
    if (spans.length === 0 || (fault === undefined && word === undefined)) continue
    const figure = figureBeside(object, spans, figures)
    const wrong = fault ?? word
    const from = Math.min(...spans.map(one => one.from))
    const to = Math.max(...spans.map(one => one.to))
    const parts = [
      object.name,
      wrong?.words === object.name ? undefined : wrong?.words,
      figure?.value,
    ].filter(part => part !== undefined)
    // The words in between are long, or another's: then what is wrong is where it came from.
    const isNear = to - from <= 20
    const span = isNear ? { from, to } : wrong!
    return [proposalAt('keyword', parts.join(' · '), text, span.from, span.to)]
  }
  return []
}

/** Of an object that is less likely a word may be about something else: 电视上说. */
const sureEnough = 0.5
const sureOfFew = 0.9

/** Whether a word says much, or is of the object's own name: 冰箱 and 答复 stand in calls that are about something else. */
function isOwn(word: string, { name, group, kinds }: CatalogueObject, sure: number): boolean {
  if (word.length >= 4) return true
  const kindNames = group + kinds.map(kind => kind.name).join(' ')
  const isOfName = Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)).some(
    two => name.includes(two) || (word.length >= 3 && kindNames.includes(two)),
  )
  return isOfName || (word.length >= 3 && sure >= sureOfFew)
}

/** 办不下来 is said of papers of any kind: of an object that is not sure its words share something with its names. */
const isAbout = (words: string, { name, group, kinds }: CatalogueObject): boolean => {
  const names = [name, group, ...kinds.map(kind => kind.name).filter(kind => kind !== words)].join(' ')
  return Array.from({ length: words.length - 1 }, (_, at) => words.slice(at, at + 2)).some(two =>
    names.includes(two),
  )
}

/** A word that more of the objects have says little of each: 电梯, 态度 and 打不通 stand in calls of all kinds. */
const fewObjects = 4

const told = new WeakMap<Catalogue['objects'], readonly string[]>()

/** How many objects have a word in all that the catalogue says of them. */
function holders(objects: Catalogue['objects'], words: string): number {
  let texts = told.get(objects)
  if (!texts) {
    texts = [...objects.values()].map(({ name, kinds, words: own, says }) =>
      [name, ...kinds.map(kind => kind.name), ...own, ...says].join(' '),
    )
    told.set(objects, texts)
  }
  return texts.filter(text => text.includes(words)).length
}

function saidIn(text: string, words: string, boundaries: Uint8Array): readonly Said[] {
  const found: Said[] = []
  const sought = flat(words)
  if (sought.length < 2 || /^\d+$/.test(sought)) return []
  for (let from = text.indexOf(sought); from >= 0; from = text.indexOf(sought, from + 1)) {
    const to = from + sought.length
    const { before, after } = clauseAround(text, from, to)
    // 楼上跳 is no words of "从楼上跳下去".
    const isApart = boundaries[from] === 1 && boundaries[to] === 1
    if (
      isApart &&
      !isDenied(before) &&
      !isHearsay(before) &&
      !isDeniedAfter(after) &&
      !/^(号码?|说|那儿|这儿|都?进不来|路(?!灯|面|口)|街道?|旁|附近|对面|门口)/.test(after) &&
      !/(派|叫|来)(辆|个)?$|[在到从](了)?[^,，。]{0,3}$/.test(before) &&
      !isOver.test(after)
    )
      found.push({ words, from, to })
  }
  return found
}

const longest = (said: readonly Said[]): Said | undefined =>
  said.toSorted((one, other) => other.words.length - one.words.length || one.from - other.from)[0]

const figureBeside = (object: CatalogueObject, spans: readonly Said[], figures: readonly FieldProposal[]) =>
  /温|暖|热/.test(object.name + object.group)
    ? figures.find(({ from, to }) =>
        spans.some(span => from - span.to <= figureReach && span.from - to <= figureReach),
      )
    : undefined
