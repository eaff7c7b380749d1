import {
  type DispatchProofGround,
  type DispatchRules,
  type DispatchWrong,
  proveDispatch,
  readDispatch,
  rowName,
  writeDispatch,
} from '../../catalogue/index.ts'
import type { City, Gazetteer } from '../../city/index.ts'
import { Fault, type LiveValue } from '../../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../../rulebook/index.ts'
import type { OrderRules } from '../rules.ts'

/** What the dispatch catalogue is proved against, beside the units, which become others. */
export type DispatchPlaces = Pick<DispatchProofGround, 'catalogue' | 'places'> & {
  /** The date where the city is at a moment, as 2026-01-05. */
  dateAt(atMs: number): string
}

/** Districts with their streets, as far as they are known. */
export const placesOf = (
  { districts }: Pick<City, 'districts'>,
  gazetteer: Gazetteer | undefined,
): DispatchPlaces['places'] =>
  new Map(districts.map(({ name }) => [name, Object.keys(gazetteer?.districts[name] ?? {})]))

/** All that is wrong with a dispatch catalogue on a day, against the units that are. */
export const wrongInDispatch = (
  next: DispatchRules,
  { units, territory }: Pick<OrderRules, 'units' | 'territory'>,
  { catalogue, places }: Pick<DispatchPlaces, 'catalogue' | 'places'>,
  date: string,
): readonly DispatchWrong[] => proveDispatch(next, { units, territory, catalogue, places }, date)

/**
 * The dispatch catalogue (派单目录): by it units get what they are measured by, so that two persons publish it. A version on
 * which two agreed may hold again by one: whoever sees at night that orders go wrong need not wake another.
 */
export const dispatchSubject = (
  rules: LiveValue<OrderRules>,
  file: string,
  places: DispatchPlaces,
): RuleSubject =>
  ruleSubject<DispatchRules>({
    name: 'dispatch',
    file,
    needsSecond: true,
    backAlone: true,
    first: rules.current().dispatch,
    read: (text, name) => readDispatch(text, name, { code: 'rule-invalid' }),
    write: writeDispatch,
    guard: (next, _, fromMs) =>
      wrongInDispatch(next, rules.current(), places, places.dateAt(fromMs)).map(
        ({ at, column, found, expected }) => {
          const row = at === undefined ? undefined : next.rows[at]
          const place = row ? `rows ${rowName(row)} ${column}` : column
          return new Fault({ code: 'rule-invalid', place: `dispatch.json ${place}`, found, expected })
        },
      ),
    hold: dispatch => rules.use({ ...rules.current(), dispatch }),
  })
