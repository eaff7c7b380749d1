import type { OrderSummary } from '../../http/contract.ts'
import { type Act, both } from './act.ts'
import type { Field, Given } from './form.tsx'
import { PartForeseen, PartKind } from './split-part.tsx'

/** As many matters as the house takes beside the order's own. */
const places = [1, 2, 3, 4, 5] as const

const told = (given: Given, name: string) => given[name]?.trim() || undefined

/** One demand is several matters: each has its kind, its place where it is elsewhere, and its unit. */
export const split = (order: OrderSummary, districts: readonly string[]): Act => ({
  name: both('拆分', 'Split'),
  fields: places.flatMap(at => about(at, order, districts)),
  of: given => ({
    do: 'split',
    parts: places.flatMap(at => {
      const matter = told(given, `matter${at}`)
      if (matter === undefined) return []
      const isElsewhere = given[`elsewhere${at}`] === 'yes'
      const where = (name: string) => (isElsewhere ? told(given, `${name}${at}`) : undefined)
      return [
        {
          matter,
          kind: told(given, `kind${at}`),
          unit: told(given, `unit${at}`),
          district: where('district'),
          street: where('street'),
          place: where('place'),
        },
      ]
    }),
  }),
})

function about(at: number, order: OrderSummary, districts: readonly string[]): readonly Field[] {
  const isTold = (given: Given) => told(given, `matter${at}`) !== undefined
  const isElsewhere = (given: Given) => isTold(given) && given[`elsewhere${at}`] === 'yes'
  const placeIn = (given: Given) =>
    isElsewhere(given)
      ? { district: given[`district${at}`], street: given[`street${at}`] }
      : { district: order.district, street: order.street }
  const numbered = (zh: string, en: string) => both(`${zh} ${at}`, `${en} ${at}`)
  return [
    {
      name: `matter${at}`,
      label: numbered('另一事项', 'Another matter'),
      kind: 'lines',
      needed: at === 1,
      // The next is asked for once the one before is told.
      when: given => at === 1 || told(given, `matter${at - 1}`) !== undefined,
    },
    {
      name: `kind${at}`,
      label: '',
      kind: 'own',
      when: isTold,
      ask: (code, set, given) => (
        <PartKind
          code={code}
          take={set}
          matter={given[`matter${at}`] ?? ''}
          district={placeIn(given).district}
        />
      ),
    },
    {
      name: `elsewhere${at}`,
      label: numbered('地点与原工单不同：事项', 'Elsewhere than the order: matter'),
      kind: 'yes',
      when: isTold,
    },
    ...(districts.length === 0
      ? []
      : ([
          {
            name: `district${at}`,
            label: numbered('区', 'District'),
            kind: 'choice',
            needed: true,
            options: districts.map(name => [name, name] as const),
            when: isElsewhere,
          },
        ] as const)),
    {
      name: `street${at}`,
      label: numbered('街道（乡镇）', 'Street or town'),
      kind: 'line',
      needed: true,
      when: isElsewhere,
    },
    {
      name: `place${at}`,
      label: numbered('具体地点', 'Where exactly'),
      kind: 'line',
      needed: true,
      when: isElsewhere,
    },
    {
      name: `unit${at}`,
      label: numbered('承办单位（不填按目录派单）', 'Unit (by the catalogue when left empty)'),
      kind: 'unit',
      when: isTold,
    },
    {
      name: `foreseen${at}`,
      label: '',
      kind: 'own',
      when: isTold,
      ask: (_value, _set, given) => (
        <PartForeseen kind={given[`kind${at}`] ?? ''} unit={given[`unit${at}`] ?? ''} {...placeIn(given)} />
      ),
    },
  ]
}
