import type { FrontDeskDoors, FlowUse as UseShown, FlowVersion as VersionShown } from './http/index.ts'
import type { Flows, FlowUse, FlowVersion } from './ivr/index.ts'

/** As many versions as anybody looks back on. */
const mostListed = 200

/** What the front desk may ask about flows. */
export function flowDoors(flows: Flows): FrontDeskDoors['flows'] {
  return {
    async versions() {
      const [use, versions] = await Promise.all([flows.use(), flows.list(mostListed)])
      const refusal = flows.refusal()
      return {
        versions: versions.map(versionShown),
        ...(use ? { use: useShown(use) } : {}),
        ...(refusal ? { refused: refusal } : {}),
      }
    },
    files: async number => ({ files: await flows.files(number) }),
    async diff(to, from) {
      const before = from ?? (await flows.version(to)).parent
      const files = await flows.diff(before, to)
      return { to, files, ...(before === undefined ? {} : { from: before }) }
    },
    load: async order => useShown(await flows.load(order)),
    promote: async author => useShown(await flows.promote(author)),
    rollback: async ({ author, to }) => useShown(await flows.rollback(author, to)),
  }
}

const versionShown = ({ madeAt, parent, ...version }: FlowVersion): VersionShown => ({
  ...version,
  madeAtMs: madeAt.getTime(),
  ...(parent === undefined ? {} : { parent }),
})

const useShown = ({ standing, trial, because, author, usedAt }: FlowUse): UseShown => ({
  ...{ standing: standing.number, because, author },
  ...(trial ? { trial: { number: trial.number, share: trial.share } } : {}),
  usedAtMs: usedAt.getTime(),
})
