import type { Fault } from '../foundation/index.ts'
import type {
  FlowMap,
  FrontDeskDoors,
  FlowUseView as UseShown,
  FlowVersionView as VersionShown,
} from '../http/index.ts'
import {
  chartOf,
  curve,
  type Flow,
  type FlowCrowd,
  type FlowSet,
  type Flows,
  type FlowUse,
  type FlowVersion,
  labelPlaces,
  labelWord,
  layOut,
  verbWord,
} from '../ivr/index.ts'

/** How large the page draws a state: its name, its verb, calls and time. */
const stateSize = { width: 190, height: 96 } as const

/** As many versions as anybody looks back on. */
const mostListed = 200

/** What the front desk may ask about flows. */
export function flowDoors(flows: Flows, crowd: Pick<FlowCrowd, 'count'>): FrontDeskDoors['flows'] {
  /** Drawn once a version. */
  const maps = new WeakMap<FlowSet, readonly Drawn[]>()
  const shown = (use: FlowUse) => useShown(use, flows.hints())
  return {
    async now() {
      const set = flows.current()
      const drawn = maps.get(set) ?? [...set.flows.values()].map(draw)
      maps.set(set, drawn)
      const proofs = flows.proof()
      const counted = crowd.count()
      const trial = (await flows.use().catch(() => undefined))?.trial
      return {
        digest: set.version,
        stateSize,
        version: set.number,
        trial: trial ? { number: trial.number, share: trial.share } : undefined,
        flows: drawn.map(map => {
          const proof = proofs.find(({ flow }) => flow === map.flow)
          return {
            ...map,
            states: map.states.map(state => {
              const toPerson = proof?.byState?.[state.id]
              const calls = counted.get(map.flow)?.get(state.id) ?? 0
              return { ...state, calls, toPerson }
            }),
            proof,
          }
        }),
      }
    },
    async versions() {
      const [use, versions] = await Promise.all([flows.use(), flows.list(mostListed)])
      const refusal = flows.refusal()
      return {
        versions: versions.map(versionShown),
        use: use ? shown(use) : undefined,
        refused: refusal,
      }
    },
    files: async number => ({ files: await flows.files(number) }),
    async diff(to, from) {
      const before = from ?? (await flows.version(to)).parent
      const files = await flows.diff(before, to)
      return { to, files, from: before }
    },
    load: async order => shown(await flows.load(order)),
    promote: async author => shown(await flows.promote(author)),
    rollback: async ({ author, to }) => shown(await flows.rollback(author, to)),
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

const versionShown = ({ madeAt, parent, ...version }: FlowVersion): VersionShown => ({
  ...version,
  madeAtMs: madeAt.getTime(),
  parent,
})

const useShown = (
  { standing, trial, because, author, usedAt }: FlowUse,
  hints: readonly Fault[],
): UseShown => ({
  standing: standing.number,
  because,
  author,
  trial: trial ? { number: trial.number, share: trial.share } : undefined,
  usedAtMs: usedAt.getTime(),
  hints: hints.map(({ code, place, found, expected }) => ({ code, place, found, expected })),
})
