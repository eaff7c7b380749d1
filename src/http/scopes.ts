import type { FastifyRequest } from 'fastify'
import { Fault, nearest } from '../foundation/index.ts'
import type { AskingProgram } from './sessions.ts'
import type { Trailed } from './trail/marks.ts'

/** A scope's subject: the first path segment under /api. */
const subjectIn = (path: string) => /^\/api\/([a-z-]+)/.exec(path)?.[1] ?? ''
/** All subjects that scopes can name, from the routes open to programs. */
export const scopeSubjects = (paths: readonly string[]): readonly string[] => [
  ...new Set(paths.flatMap(path => subjectIn(path) || [])),
]

export const changesRights = (trail: Trailed = 'nothing') =>
  trail !== 'nothing' && trail.act === 'rights-changed'

const changesNothing = ['GET', 'HEAD']

/**
 * The scope that a program needs for a route; undefined if no scope suffices, because rights are granted only by
 * people and by the owner of the machine.
 */
function scopeOf(method: string, url: string, trail: Trailed = 'nothing'): string | undefined {
  if (changesRights(trail)) return undefined
  return `${subjectIn(url)}:${changesNothing.includes(method) ? 'read' : 'write'}`
}

/** @throws Fault `scope-missing` */
export function checkScope(
  { method, routeOptions }: FastifyRequest,
  { program, scopes }: AskingProgram,
): void {
  if (scopes === undefined) return
  const needed = scopeOf(method, routeOptions.url ?? '', routeOptions.config.trail)
  if (needed !== undefined && scopes.includes(needed)) return
  throw new Fault({
    code: 'scope-missing',
    place: program,
    found: scopes.join(' '),
    expected: needed ?? 'an admin who has signed in: no scope is enough for it',
  })
}

/** @throws Fault `scope-unknown` */
export function checkScopesKnown(scopes: readonly string[], subjects: readonly string[]): void {
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
