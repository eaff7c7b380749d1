import type { CallerPlace, ToFloorPage } from '../../http/contract.ts'
import { placeWords, words } from './words.ts'

type Counted = ToFloorPage['places'][number]

/** From left to right, or from top to bottom on a narrow screen, as a call goes through the house. */
const stages: readonly (readonly CallerPlace[])[] = [
  [{ at: 'ringing' }],
  [],
  [{ at: 'queue' }],
  [{ at: 'offered' }],
  [{ at: 'talking' }, { at: 'held' }],
  [{ at: 'outside' }],
]
const flowStage = 1

/** The house as a map: each place with how many callers are there, the fuller the darker; of flows, the states that are visited. */
export function PlaceMap({ places }: { readonly places: readonly Counted[] }) {
  const callsAt = (place: CallerPlace) =>
    places.find(one => placeWords(one.place) === placeWords(place))?.calls ?? 0
  const inFlows = places.filter(({ place }) => place.at === 'flow')
  const most = Math.max(1, ...places.map(({ calls }) => calls))
  return (
    <ol className="map">
      {stages.map((stage, index) => {
        const shown = index === flowStage ? inFlows : stage.map(place => ({ place, calls: callsAt(place) }))
        return (
          <li key={stage[0]?.at ?? 'flow'}>
            {shown.length === 0 ? <Box name={words.flows} calls={0} most={most} /> : null}
            {shown.map(({ place, calls }) => (
              <Box key={placeWords(place)} name={placeWords(place)} calls={calls} most={most} />
            ))}
          </li>
        )
      })}
    </ol>
  )
}

function Box({
  name,
  calls,
  most,
}: {
  readonly name: string
  readonly calls: number
  readonly most: number
}) {
  return (
    <div className="place" data-empty={calls === 0}>
      <strong>{calls}</strong>
      <span>{name}</span>
      <span className="fill" style={{ inlineSize: `${(100 * calls) / most}%` }} />
    </div>
  )
}
