import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.ts'

/** Where sockets and sound run in real time, in which a small machine can miss a beat. */
const wire = ['tests/media/**/*.test.ts', 'tests/wire/**/*.test.ts']
const contracts = ['tests/contracts/**/*.test.ts']
const scenarios = ['tests/scenarios/**/*.test.ts']
/** Random kills, mutants, thousands of cases, a voice that speaks, and whatever opens a database or starts what is built. */
const slow = [
  'tests/**/*.property.test.ts',
  'tests/alarms/alarms.test.ts',
  'tests/attacks/**/*.test.ts',
  'tests/backup/**/*.test.ts',
  'tests/callbacks/{callbacks,http,night}.test.ts',
  'tests/callers/{callers,checks,ladder-kept}.test.ts',
  'tests/catalogue/versions.test.ts',
  'tests/city/{holidays,terminal,times}.test.ts',
  'tests/cli/{captions,flow-play,main,secrets,start}.test.ts',
  'tests/drafts/learning.test.ts',
  'tests/desk/{saved-seats,seat-presence,simulated-hours}.test.ts',
  'tests/http/{names,operations,session,wild-client}.test.ts',
  'tests/fuzz/*.test.ts',
  'tests/images.test.ts',
  'tests/incidents/incidents.test.ts',
  'tests/ivr/{edges,flow-versions,lengths,mutation,needs,property,shipped-flows,verify-speed}.test.ts',
  'tests/knowledge/{knowledge,http,shipped}.test.ts',
  'tests/ledger/{audit,check,seals}.test.ts',
  'tests/orders/{evidence,merging,orders,repeating,screens}.test.ts',
  'tests/orders/closings/sample.test.ts',
  'tests/recordings/recordings.test.ts',
  'tests/retention/person.test.ts',
  'tests/sipd/{connections,floods,for-the-app,fuzz,hostile,names,server,targets,tls}.test.ts',
  'tests/rulebook/rulebook.test.ts',
  'tests/speech/{espeak,recognizer-sherpa,sound-chain}.test.ts',
  'tests/staff/staff.test.ts',
  'tests/supervision/{deductions,month}.test.ts',
  'tests/storage/{pglite,postgres,upgrade}.test.ts',
  'tests/surveys/{exactly-once,surveys}.test.ts',
  'tests/triage/{corrections,model,proof}.test.ts',
  'tests/telephony/{amd,asked,day,journal,nodes}.test.ts',
]

/**
 * Files share a worker, which reads the product's code once: it is most of what a short file costs (80 s of processor in
 * `slow`, 7 s when shared). Not in `wire`, where a file may leave a thread or a socket that closes after it. What a test
 * makes is mostly gone at its end: with 16 MB for what is young, as Node has it, carrying it along took 15 to 20 % of
 * the processor's time.
 */
const project = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  extends: true as const,
  test: {
    name,
    execArgv: ['--max-semi-space-size=64'],
    include: [...include],
    exclude: [...exclude],
    isolate: name === 'wire',
    // What keeps both cores busy goes first; what waits for sound and sockets goes beside its like, three at a time.
    sequence: { groupOrder: name === 'wire' ? 1 : 0 },
    maxWorkers: name === 'wire' ? 3 : 2,
  },
})

export default defineConfig({
  test: {
    // What a file compiles to is kept for the next run.
    experimental: { fsModuleCache: true },
    testTimeout: 20_000,
    // What is waited for comes at once on a machine of one's own; beside others a second is soon over.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 30_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', ['tests/**/*.test.ts'], [...wire, ...contracts, ...scenarios, ...slow]),
      project('slow', slow),
      project('scenarios', scenarios),
      project('contracts', contracts),
      project('wire', wire),
    ],
  },
})
