/** The embedded SIP server in a process of its own. Tells its ports. */
import { silentLog, systemClock } from '../../src/foundation/index.ts'
import { startSipd } from '../../src/sipd/index.ts'

const sipd = await startSipd({
  clock: systemClock,
  log: silentLog,
  secret: 'bench',
  controlPort: 0,
  sipAddress: '127.0.0.1',
  sipPort: 0,
})
process.send!({ control: sipd.controlPort, sip: sipd.sipPort })
