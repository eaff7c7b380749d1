import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Log, reasonOf, writeWhole } from '../../foundation/index.ts'
import { digestOf as digestOfFlows } from '../read.ts'
import type { Prove } from './proof.ts'
import { provedFlow } from './version-schema.ts'

/** Each proof is a few kilobytes, and a city hardly tries more texts between two starts. */
const mostKept = 50
const proof = z.array(provedFlow)
/** A proof depends on these rooms and the installed packages, and on nothing else. */
const rooms = ['city', 'foundation', 'incidents', 'ivr', 'speech'] as const
const installed = '../node_modules/.package-lock.json'
const ours = new URL(import.meta.url.endsWith('.ts') ? '../../../dist/' : '../../', import.meta.url)

/**
 * Caches proofs in files, so that a start need not repeat them: a proof takes seconds of a core, and its result depends
 * only on the build, the texts and their durations, whose digest names the file. Refusals are not cached. If the folder
 * cannot be read or written, the flows are proved again and a line is logged.
 * @param program the folder of the built product, beside its node_modules
 */
export function rememberProofs(prove: Prove, folder: string, log: Log, program = ours): Prove {
  let build: Promise<string | undefined> | undefined
  return async (sources, lengths, needs) => {
    build ??= digestOfBuild(program).catch(error => {
      log.warn({ reason: reasonOf(error) }, 'proofs are not kept: what they are made by cannot be read')
      return undefined
    })
    const digest = await build
    if (digest === undefined) return prove(sources, lengths, needs)
    // Order the texts by name, because the folder and the database give them different paths.
    const name = digestOf([digest, digestOfFlows(sources), lengths, needs])
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

/** Writes a proof and removes the oldest ones. */
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

/** The digest of the program and its packages: another build may find something else. */
async function digestOfBuild(program: URL): Promise<string> {
  const names = await Promise.all(
    rooms.map(async room =>
      (await readdir(new URL(room, program), { recursive: true })).map(file => `${room}/${file}`),
    ),
  )
  const programs = names
    .flat()
    .filter(name => name.endsWith('.js'))
    .sort()
  const texts = await Promise.all(
    [...programs, installed].map(name => readFile(new URL(name, program), 'utf8')),
  )
  return digestOf([programs, texts])
}

const digestOf = (content: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')
