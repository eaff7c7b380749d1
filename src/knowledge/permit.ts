import { Fault } from '../foundation/index.ts'
import type { KnowledgeStanding } from './api.ts'

/** Who acts: a member by their role, or a program, which is no person. */
export type KnowledgeActor = {
  /** As written into events. */
  readonly name: string
  readonly role: 'seat' | 'dispatcher' | 'supervisor' | 'unit' | 'auditor' | 'admin' | 'program'
  readonly unit?: string
}

/** Editors of the centre write every unit's entries; a unit writes its own. */
const keepsAll = ['supervisor', 'admin', 'program']
const reviews = ['supervisor', 'admin']

const keeps = ({ role, unit }: KnowledgeActor, of: string) =>
  keepsAll.includes(role) || (role === 'unit' && unit === of)

/** @throws Fault `knowledge-of-another` */
export function checkKeeps(actor: KnowledgeActor, unit: string): void {
  if (keeps(actor, unit)) return
  throw new Fault({
    code: 'knowledge-of-another',
    place: 'unit',
    found: actor.unit ?? actor.role,
    expected: `unit ${unit}, or an editor of the centre`,
  })
}

/**
 * Requires a second person: an author of any part of a version cannot review it. @throws Fault
 * `knowledge-person-needed`, `knowledge-own-review`
 */
export function checkReviews({ name, role }: KnowledgeActor, authors: readonly string[]): void {
  if (!reviews.includes(role))
    throw new Fault({
      code: 'knowledge-person-needed',
      place: 'review',
      found: role === 'program' ? 'a program' : `role ${role}`,
      expected: 'a supervisor or an administrator who has signed in',
    })
  if (authors.includes(name))
    throw new Fault({
      code: 'knowledge-own-review',
      place: 'review',
      found: 'one of its authors',
      expected: 'a second person',
    })
}

const isReviewer = (actor: KnowledgeActor, authors: readonly string[]) =>
  reviews.includes(actor.role) && !authors.includes(actor.name)

/** What an actor may do now with an entry, given the standing of its newest version. */
export function mayOf(
  actor: KnowledgeActor,
  entry: {
    readonly unit: string
    readonly newest: KnowledgeStanding
    readonly authors: readonly string[]
    readonly isPublished: boolean
    readonly isCurrent: boolean
  },
): readonly ('change' | 'submit' | 'review' | 'withdraw' | 'use')[] {
  const isKeeper = keeps(actor, entry.unit)
  return [
    ...(isKeeper ? (['change'] as const) : []),
    ...(isKeeper && entry.newest === 'draft' ? (['submit'] as const) : []),
    ...(entry.newest === 'in-review' && isReviewer(actor, entry.authors) ? (['review'] as const) : []),
    ...(isKeeper && entry.isPublished ? (['withdraw'] as const) : []),
    ...(entry.isCurrent && actor.role !== 'unit' && actor.role !== 'auditor' ? (['use'] as const) : []),
  ]
}
