/** A step of the build: the tables of a new house, made once. */
import { silentLog, systemClock } from '../foundation/index.ts'
import { build, queues, tables } from '../hall/rooms.ts'
import { openJobs } from '../jobs/index.ts'
import { layBlank, migrate } from '../storage/index.ts'

await layBlank([build, tables, queues.map(({ name }) => name)], async database => {
  await migrate(database, tables, build)
  await openJobs({ database, queues, clock: systemClock, log: silentLog }).prepare()
})
