import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Forgetter, Holding, Somebody } from './holding.ts'

/** The product's own tables and files in DATA_DIR. */
export const storageHoldings: readonly Holding[] = [
  { name: 'migrations', nobody: 'which changes of tables this database has had' },
  { name: '/api-token', nobody: 'a secret of the house' },
  { name: '/database', nobody: 'the tables, each of which says itself what is in it' },
  { name: '/ledger-key', nobody: 'a secret of the house' },
  { name: '/lock', nobody: 'which process has the database' },
  { name: '/node', nobody: 'which process was here last' },
  { name: '/node-lock', nobody: 'which process is here' },
  { name: '/prompts', nobody: 'what is said to all; what is read back to one caller is not kept' },
  { name: '/seals.jsonl', nobody: 'hashes' },
  { name: '/session-key', nobody: 'a secret of the house' },
]

export const spillHoldings: readonly Holding[] = [
  {
    name: '/spill',
    title: { 'zh-CN': '等待入库的记录', en: 'What waits for the database' },
    what: 'facts of calls and words of transcripts that the database has not taken yet, or refused',
    kept: { until: 'the database takes them, or somebody has looked at what it refused' },
  },
]

/** Erases a person from refused items line by line. Items still waiting are left: the database has them soon, and is searched then. */
export function forgetsSpilled(folder: string): Forgetter {
  const files = async () => (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.jsonl'))
  const lines = async (name: string) => (await readFile(join(folder, name), 'utf8')).split('\n')
  const isOf =
    ({ digits, calls, orders }: Somebody) =>
    (line: string) =>
      (digits !== '' && line.includes(digits)) || [...calls, ...orders].some(id => line.includes(id))
  return {
    name: '/spill',
    async export(person) {
      const found = await Promise.all((await files()).map(lines))
      return found
        .flat()
        .filter(isOf(person))
        .map(line => ({ line }))
    },
    async forget(person) {
      let count = 0
      const later: string[] = []
      for (const name of await files()) {
        const all = await lines(name)
        const kept = all.filter(line => !isOf(person)(line))
        if (kept.length === all.length) continue
        if (!name.endsWith('.refused.jsonl')) {
          later.push(name)
          continue
        }
        const path = join(folder, name)
        await writeFile(`${path}.part`, kept.join('\n'), { mode: 0o600 })
        if (kept.some(line => line !== '')) await rename(`${path}.part`, path)
        else await Promise.all([rm(path), rm(`${path}.part`)])
        count += all.length - kept.length
      }
      return { count, stayed: later.map(about => ({ about, because: 'later' as const })) }
    },
  }
}
