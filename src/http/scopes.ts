import type { FastifyRequest } from 'fastify'
import { Fault, nearest } from '../foundation/index.ts'
import type { AskingProgram } from './sessions.ts'
import { trailMarks } from './trail/marks.ts'

/** The first word of a path under /api: what a scope is about. */
const subjectIn = (path: string) => /^\/api\/([a-z-]+)/.exec(path)?.[1] ?? ''
const subjects: readonly string[] = [
  ...new Set(Object.keys(trailMarks).flatMap(way => subjectIn(way.split(' ')[1] ?? '') || [])),
]

const changesNothing = ['GET', 'HEAD']

/**
 * What a program needs to be let in here; undefined where none is enough: who may do what is decided by people, and by
 * whoever has the machine.
 */
export function scopeOf(method: string, url: string): string | undefined {
  const isReading = changesNothing.includes(method)
  const act = trailMarks[`${isReading ? 'GET' : method} ${url}`]?.act
  return act === 'rights-changed' ? undefined : `${subjectIn(url)}:${isReading ? 'read' : 'write'}`
}

/** @throws Fault `scope-missing` */
export function checkScope(
  { method, routeOptions }: FastifyRequest,
  { program, scopes }: AskingProgram,
): void {
  if (scopes === undefined) return
  const needed = scopeOf(method, routeOptions.url ?? '')
  if (needed !== undefined && scopes.includes(needed)) return
  throw new Fault({
    code: 'scope-missing',
    place: program,
    found: scopes.join(' '),
    expected: needed ?? 'an admin who has signed in: no scope is enough for it',
  })
}

/** @throws Fault `scope-unknown` */
export function checkScopesKnown(scopes: readonly string[]): void {
  const unknown = scopes.find(scope => !subjects.includes(scope.split(':')[0] ?? ''))
  if (unknown === undefined) return
  throw new Fault({
    code: 'scope-unknown',
    place: 'scopes',
    found: unknown,
    expected: `one of ${nearest(unknown.split(':')[0] ?? '', subjects, subjects.length)
      .map(subject => `${subject}:read`)
      .join(', ')}, or :write`,
  })
}
