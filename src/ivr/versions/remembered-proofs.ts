import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Log, reasonOf, writeWhole } from '../../foundation/index.ts'
import { digestOf as digestOfFlows } from '../read.ts'
import type { Prove } from './proof.ts'
import { provedFlow } from './version-schema.ts'

/** Each is a few kilobytes; a city tries that many texts between two starts at most. */
const mostKept = 50
const proof = z.array(provedFlow)
/** What a proof is made by: these rooms, and none besides. */
const rooms = ['city', 'foundation', 'incidents', 'ivr', 'speech'] as const
const built = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/' : '../../', import.meta.url)

/**
 * A proof takes seconds of a core, and the same build finds of the same texts, spoken in the same time, the same: what
 * was proved is kept as a file under a digest of all of these, so that a start does not prove it again. A refusal is
 * not kept. A folder that cannot be read or written costs a proof and a line in the log.
 */
export function rememberProofs(prove: Prove, folder: string, log: Log): Prove {
  let build: Promise<string> | undefined
  return async (sources, lengths, needs) => {
    build ??= buildDigest()
    // The texts in the order of their names: a folder and the database give them under different paths.
    const name = digestOf([await build, digestOfFlows(sources), lengths, needs])
    const path = join(folder, `${name}.json`)
    const kept = await readProof(path, log)
    if (kept) return kept
    const proved = await prove(sources, lengths, needs)
    await keep(folder, path, JSON.stringify(proved)).catch(error =>
      log.warn({ reason: reasonOf(error) }, 'a proof could not be kept on disk'),
    )
    return proved
  }
}

async function readProof(path: string, log: Log) {
  try {
    return proof.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (reasonOf(error) !== 'ENOENT') log.warn({ reason: reasonOf(error) }, 'a kept proof is unreadable')
    return undefined
  }
}

/** And lets go of the oldest. */
async function keep(folder: string, path: string, text: string): Promise<void> {
  await writeWhole(path, text)
  const names = await readdir(folder)
  if (names.length <= mostKept) return
  const ages = await Promise.all(
    names.map(async name => ({ name, atMs: (await stat(join(folder, name))).mtimeMs })),
  )
  const old = ages.sort((one, other) => other.atMs - one.atMs).slice(mostKept)
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })))
}

/** Of the program itself: another one may find something else. */
async function buildDigest(): Promise<string> {
  const names = await Promise.all(
    rooms.map(async room =>
      (await readdir(new URL(room, built), { recursive: true })).map(file => `${room}/${file}`),
    ),
  )
  const programs = names
    .flat()
    .filter(name => name.endsWith('.js'))
    .sort()
  const texts = await Promise.all(programs.map(name => readFile(fileURLToPath(new URL(name, built)), 'utf8')))
  return digestOf([programs, texts])
}

const digestOf = (content: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')
