import type { KindModel, KindModelList } from '../../src/drafts/learning/api.ts'
import type { Served } from '../../src/http/subjects.ts'

const nightMs = Date.UTC(2026, 0, 30, 19, 30)
const dayMs = 86_400_000

const kinds = [
  ['室温', 84, 71, 79, 80, 83],
  ['居民供水', 41, 30, 36, 38, 40],
  ['路灯', 22, 17, 15, 20, 21],
  ['施工噪声', 9, 4, 5, 7, 7],
] as const

const figures = {
  texts: 156,
  before: { first: 122, firstThree: 145 },
  after: { first: 135, firstThree: 151 },
  calibrationError: 0.03,
  kinds: kinds.map(([kind, texts, before, after, beforeThree, afterThree]) => ({
    kind,
    texts,
    isBig: texts >= 20,
    before: { first: before, firstThree: beforeThree },
    after: { first: after, firstThree: afterThree },
  })),
  confusion: [
    { label: '路灯', taken: '楼道照明', times: 5 },
    { label: '居民供水', taken: '自来水水质', times: 3 },
  ],
}

const model = (version: number, state: KindModel['state'], worse: KindModel['worse'] = []): KindModel => ({
  version,
  madeAtMs: nightMs + version * dayMs,
  learnt: 600 + 40 * version,
  untilMs: nightMs + version * dayMs - 3_600_000,
  state,
  worse,
  figures,
})

/** Three nights: one was forgotten, one is in use, one was refused. @param used told which version somebody took */
export function shownLearning(used: (version: number) => void): Served['learning'] {
  const models = [
    model(3, 'refused', [{ kind: '路灯', of: 'first', before: 17, after: 15 }]),
    model(2, 'kept'),
    model(1, 'erased'),
  ]
  let inUse: NonNullable<KindModelList['inUse']> = {
    version: 2,
    because: 'learned',
    by: 'night',
    atMs: nightMs + 2 * dayMs,
  }
  const list = async (): Promise<KindModelList> => ({
    inUse,
    models,
    uses: [inUse],
    next: { atMs: nightMs + 4 * dayMs, texts: 812, fresh: 37, held: 156, least: 50, bigKind: 20 },
  })
  return {
    ready: async () => undefined,
    list,
    show: async version => models.find(one => one.version === version) ?? model(version, 'kept'),
    use: async (version, by) => {
      used(version)
      inUse = { version, because: 'rolled-back', by, atMs: nightMs + 3 * dayMs }
      return list()
    },
  }
}
