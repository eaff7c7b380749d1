import type { Catalogue } from '../../catalogue/index.ts'
import type { TriageText } from '../features.ts'
import type { Suggestion } from '../suggestion.ts'
import { readAffected, readElder, readOften } from './circumstances.ts'
import { type Emergency, readEmergencies } from './emergency.ts'
import { readKeyword } from './keywords.ts'
import { type NumberNeeds, readNumbers } from './numbers.ts'
import type { PlaceNames } from './place-names.ts'
import { type PlaceRead, placeProposals, readPlace } from './places.ts'
import type { FieldProposal } from './proposal.ts'
import { readAmounts, readTemperatures } from './quantities.ts'
import { readSince, type TimeNeeds } from './times.ts'

export type CallNeeds = TimeNeeds &
  NumberNeeds & {
    /** What keywords are taken from, and what the text is likely to be; without them none are read. */
    readonly catalogue?: Pick<Catalogue, 'objects'> | undefined
    readonly suggest?: ((text: TriageText) => Suggestion) | undefined
    /** Without them no place is read. */
    readonly places?: PlaceNames | undefined
  }

export type CallRead = {
  /** What an order may be filled with, in the order in which it was said. Nothing that was not said. */
  readonly fields: readonly FieldProposal[]
  readonly place?: PlaceRead | undefined
  readonly emergencies: readonly Emergency[]
}

/** No more is looked at: who reads a call asks again as it goes on. */
const longestRead = 10_000

/** All that a text tells for an order, each with the words that it came from, and what of it cannot wait. */
export function readCall(given: string, needs: CallNeeds): CallRead {
  const text = given.slice(0, longestRead)
  const temperatures = readTemperatures(text)
  const place = needs.places && readPlace(text, needs.places)
  const likeliest = needs.suggest?.({ text }).found.slice(0, 3) ?? []
  const numbers = readNumbers(text, needs)
  const keyword = needs.catalogue ? readKeyword(text, needs.catalogue, likeliest, temperatures, numbers) : []
  const fields = [
    ...numbers,
    ...readAmounts(text),
    ...temperatures,
    ...readSince(text, needs),
    ...readOften(text),
    ...readAffected(text),
    ...readElder(text),
    ...placeProposals(text, place),
    ...keyword,
  ].toSorted((one, other) => one.from - other.from)
  return { fields, place, emergencies: readEmergencies(text) }
}
