import type { foundationFaults } from './faults.ts'

/**
 * The fault codes of every room, with their kinds. Each room adds its own table in its `faults.ts` (declaration
 * merging), so the codes of all rooms form one closed union and no floor has to know those above it.
 */
export interface RoomFaults {
  foundation: typeof foundationFaults
}

/** A fault code of any room; a code without a kind does not compile. */
export type FaultCode = { [Room in keyof RoomFaults]: keyof RoomFaults[Room] }[keyof RoomFaults]

/** Where a fault is: a file with line and column (1-based), a setting, a header, a route. */
export type Place = string

export type FaultDetail = {
  /** Stable, in kebab-case: programs may test it and manuals may list it. */
  readonly code: FaultCode
  readonly place: Place
  readonly found: string
  readonly expected: string
  readonly cause?: unknown
}

/** Bad input, reported so that its author can mend it: `place: found …, expected …`. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly place: Place
  readonly found: string
  readonly expected: string

  constructor(detail: FaultDetail) {
    super(`${detail.place}: found ${detail.found}, expected ${detail.expected}`, { cause: detail.cause })
    this.code = detail.code
    this.place = detail.place
    this.found = detail.found
    this.expected = detail.expected
  }
}

/** All faults of one input at once, so that nobody has to mend them one start at a time. */
export class FaultList extends Error {
  override readonly name = 'FaultList'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(fault => fault.message).join('\n'))
    this.faults = faults
  }
}

/**
 * The results of all of them, in order.
 * @throws FaultList with the faults of all that failed, each once; or the first error that is not a fault
 */
export async function allOf<const Found extends readonly unknown[]>(
  findings: Found,
): Promise<{ -readonly [Key in keyof Found]: Awaited<Found[Key]> }> {
  const settled = await Promise.allSettled(findings)
  const failed = settled.flatMap(one => (one.status === 'rejected' ? [one.reason as unknown] : []))
  const stranger = failed.find(error => !(error instanceof Fault || error instanceof FaultList))
  if (stranger !== undefined) throw stranger
  const faults = failed.flatMap(error =>
    error instanceof FaultList ? error.faults : error instanceof Fault ? [error] : [],
  )
  if (faults.length > 0) throw new FaultList([...new Set(faults)])
  return Promise.all(findings)
}

/**
 * As `allOf`, with the results returned under their names.
 * @param others further promises that must succeed; their results are not returned
 */
export async function allIn<const Findings extends Readonly<Record<string, Promise<unknown>>>>(
  findings: Findings,
  others: readonly unknown[] = [],
): Promise<{ readonly [Name in keyof Findings]: Awaited<Findings[Name]> }> {
  await allOf([...Object.values(findings), ...others])
  const found = Object.entries(findings).map(async ([name, one]) => [name, await one] as const)
  return Object.fromEntries(await Promise.all(found)) as { [Name in keyof Findings]: Awaited<Findings[Name]> }
}

/** The message of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What a log may hold of an error: its code or name, never its text, which may contain a caller's words. */
export function reasonOf(error: unknown): string {
  if (error instanceof Fault) return error.code
  if (error instanceof Error)
    return 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return typeof error
}

/** What may be personal: numbers of three or more digits, quoted text, and any Chinese word. */
const personal = /\+?\d{3,}|"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|「[^」]*」|\p{Script=Han}+/gu

/** An uncaught error as text for whoever has to mend it: name, code, message with personal parts blanked, and stack. */
export function crashText(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const message = error instanceof Fault ? error.code : error.message.replace(personal, '…')
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
  return [`${error.name}${code}: ${message}`, ...frames].join('\n')
}
