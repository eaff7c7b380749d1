import type { Fault } from '../../foundation/index.ts'
import type { FlowMap, FlowsNow, FlowUseView, FlowVersions, FlowVersionView } from '../../ivr/api.ts'
import {
  type Crowd,
  chartOf,
  curve,
  type Flow,
  type FlowSet,
  type FlowsRefusal,
  type FlowUse,
  type FlowVersion,
  labelPlaces,
  labelWord,
  layOut,
  type ProvedFlow,
  verbWord,
} from '../../ivr/index.ts'

/** Size in which the page draws a state with its name, verb, calls and time. */
const stateSize = { width: 190, height: 96 } as const

/** More versions than anybody looks back on. */
export const mostListed = 200

/** The current flows as drawn on the page; each set is laid out once. */
export function createFlowMaps() {
  const maps = new WeakMap<FlowSet, readonly Drawn[]>()
  return {
    now(set: FlowSet, proofs: readonly ProvedFlow[], crowd: Crowd, trial: FlowUse['trial']): FlowsNow {
      const drawn = maps.get(set) ?? [...set.flows.values()].map(draw)
      maps.set(set, drawn)
      return {
        digest: set.version,
        stateSize,
        version: set.number,
        trial: trial && { number: trial.number, share: trial.share },
        flows: drawn.map(map => {
          const proof = proofs.find(({ flow }) => flow === map.flow)
          return {
            ...map,
            states: map.states.map(state => ({
              ...state,
              calls: crowd.get(map.flow)?.get(state.id) ?? 0,
              toPerson: proof?.byState?.[state.id],
            })),
            proof,
          }
        }),
      }
    },
  }
}

type Drawn = Omit<FlowMap, 'states' | 'proof'> & {
  readonly states: readonly Omit<FlowMap['states'][number], 'calls' | 'toPerson'>[]
}

function draw(flow: Flow): Drawn {
  const { boxes, ways } = chartOf(flow)
  const layout = layOut(
    boxes.map(({ id }) => ({ id, ...stateSize })),
    ways,
  )
  const { width, height, middles, routes } = layout
  const places = labelPlaces(ways, layout)
  const inBoth = (say: (language: 'zh-CN' | 'en') => string) => ({ 'zh-CN': say('zh-CN'), en: say('en') })
  return {
    flow: flow.name,
    audience: flow.audience,
    person: flow.person,
    width,
    height,
    states: boxes.map(({ kind, says, ...box }) => {
      const { x, y } = middles.get(box.id) ?? { x: 0, y: 0 }
      return {
        ...box,
        kind: inBoth(language => verbWord(kind, language)),
        says: says ? inBoth(language => says[language] ?? '') : undefined,
        x: x - stateSize.width / 2,
        y: y - stateSize.height / 2,
      }
    }),
    ways: ways.map(({ from, to, labels }, index) => ({
      from,
      to,
      labels: labels.map(label => inBoth(language => labelWord(label, language))),
      path: curve(routes[index] ?? []),
      labelX: places[index]?.x ?? 0,
      labelY: places[index]?.y ?? 0,
    })),
  }
}

export const versionsOf = (
  versions: readonly FlowVersion[],
  use: FlowUse | undefined,
  refused: FlowsRefusal | undefined,
  hints: readonly Fault[],
): FlowVersions => ({ versions: versions.map(versionOf), use: use && useOf(use, hints), refused })

const versionOf = ({ madeAt, ...version }: FlowVersion): FlowVersionView => ({
  ...version,
  madeAtMs: madeAt.getTime(),
})

export const useOf = (
  { standing, trial, because, author, usedAt }: FlowUse,
  hints: readonly Fault[],
): FlowUseView => ({
  standing: standing.number,
  because,
  author,
  trial: trial && { number: trial.number, share: trial.share },
  usedAtMs: usedAt.getTime(),
  hints: hints.map(({ code, place, found, expected }) => ({ code, place, found, expected })),
})
