import type { Catalogue } from '../../catalogue/index.ts'
import type { City, Gazetteer } from '../../city/index.ts'
import type { Clock } from '../../foundation/index.ts'
import {
  createPlaceNames,
  type FieldProposal,
  type PlaceNames,
  type PlaceRead,
  readAddresses,
  readCall,
  type Suggestion,
  type TriageText,
} from '../../triage/index.ts'
import type { LinesRead, Offering, ProposedField, ReadingRequest } from './api.ts'

export type ReaderOptions = {
  readonly catalogue: Catalogue
  readonly gazetteer: Gazetteer
  readonly city: Pick<City, 'timeZone'>
  readonly clock: Pick<Clock, 'now'>
  /** Whether so many digits are the number of an order. */
  readonly isOrderNumber: (digits: string) => boolean
  readonly suggest: (text: TriageText) => Suggestion
}

/** Of one gazetteer they are built once, when somebody first speaks: it takes a quarter of a second. */
const built = new WeakMap<Gazetteer, PlaceNames>()

export type LineReader = {
  read(asked: ReadingRequest): LinesRead
  /** Reads the dictionary and the names of places now, which takes most of a second: before anybody speaks. */
  warm(): void
}

/**
 * Reads a few lines of a call as they come. Who asks sends what changed and the line before it, so that a long call costs no
 * more than a short one.
 */
export function createReader({
  gazetteer,
  catalogue,
  city,
  clock,
  isOrderNumber,
  suggest,
}: ReaderOptions): LineReader {
  const hasPlaces = Object.keys(gazetteer.districts).length > 0
  const places = () => {
    if (!hasPlaces) return undefined
    const names = built.get(gazetteer) ?? createPlaceNames(gazetteer)
    built.set(gazetteer, names)
    return names
  }
  const read = ({ lines }: ReadingRequest): LinesRead => {
    const text = lines.map(line => line.text).join('\n')
    if (text.trim() === '') return { proposals: [], emergencies: [] }
    const { fields, place, emergencies } = readCall(text, {
      nowMs: clock.now(),
      timeZone: city.timeZone,
      places: places(),
      isOrderNumber,
      catalogue,
      suggest,
    })
    const cameFrom = (words: string, at: number) => ({ words, ...lineAt(lines, at) })
    const plain = fields.flatMap(({ field, value, words, from }): Offering[] =>
      field === 'place' ? [] : [{ field, value, ...cameFrom(words, from) }],
    )
    const ofPlace = placesOf(place, readAddresses(text)).map(
      ({ field, value, district, words, from }): Offering => ({
        field,
        value,
        district,
        ...cameFrom(words, from),
      }),
    )
    return {
      proposals: [...ofPlace, ...plain],
      emergencies: emergencies.map(({ service, what, words, from }) => ({
        service,
        what,
        ...cameFrom(words, from),
      })),
    }
  }
  let isWarm = false
  return {
    read,
    warm() {
      if (isWarm) return
      isWarm = true
      read({ lines: [{ id: 0, text: '来电' }] })
    },
  }
}

type Placed = Pick<Offering, 'value' | 'district' | 'words'> & {
  readonly field: Extract<ProposedField, 'district' | 'street' | 'place'>
  readonly from: number
}

/** Each thing that was said of where it is, by the field that it goes into. */
function placesOf(place: PlaceRead | undefined, addresses: readonly FieldProposal[]): readonly Placed[] {
  const first = place?.spans[0]
  const last = place?.spans.at(-1)
  const houses = addresses.map(
    ({ value, words, from }): Placed => ({ field: 'place', value, district: undefined, words, from }),
  )
  if (!place || !first || !last) return houses
  const said = (
    field: Placed['field'],
    value: string,
    { words, from }: typeof first,
    district?: string,
  ): Placed => ({
    field,
    value,
    district,
    words,
    from,
  })
  return [
    ...(place.district === undefined ? [] : [said('district', place.district, first)]),
    ...(place.street === undefined ? [] : [said('street', place.street, last, place.district)]),
    ...place.others.map(one => said('street', one.street, last, one.district)),
    // What was said itself says more than the name of the community that it lies in.
    ...(place.community !== undefined && houses.length === 0
      ? [said('place', calledAs(place.community, last.words), last)]
      : []),
    ...houses,
  ]
}

/** 枣园小区 is no 枣园社区: what was said without its ending stands as it was said. */
const calledAs = (community: string, words: string) => (community.startsWith(words) ? words : community)

/** In which line a place in the joined text is, and where in it. */
function lineAt(
  lines: ReadingRequest['lines'],
  at: number,
): { readonly line: number; readonly from: number } {
  let start = 0
  for (const { id, text } of lines) {
    if (at <= start + text.length) return { line: id, from: Math.max(0, at - start) }
    start += text.length + 1
  }
  return { line: lines.at(-1)?.id ?? 0, from: 0 }
}
