import type { OrderClock } from '../clocks.ts'
import {
  type InstructionCause,
  type InstructionOutcome,
  type SupervisionLevel,
  supervisionLevelSchema,
} from './api.ts'

/** What a unit has to answer at a level of supervision (督办单), within a limit of its own. */
export type Instruction = {
  /** The event that issued it. */
  readonly seq: number
  readonly level: SupervisionLevel
  readonly because: InstructionCause
  readonly words: string
  /** Runs until it is answered, rises or ends. */
  readonly clock: OrderClock
  readonly outcome?: InstructionOutcome
  /** Who had it when it was done; while it waits, whoever has the order. */
  readonly unit?: string
  readonly answerSeq?: number
}

const levels = supervisionLevelSchema.options
export const rankOf = (level: SupervisionLevel) => levels.indexOf(level)
/** Undefined above the city. */
export const levelAbove = (level: SupervisionLevel): SupervisionLevel | undefined => levels[rankOf(level) + 1]

/** The one that waits for an answer: an order has one at most. */
export function openInstruction(instructions: readonly Instruction[]): Instruction | undefined {
  const last = instructions.at(-1)
  return last?.outcome === undefined ? last : undefined
}

/** Who has to answer: the lead, or whoever has the order and has not signed. */
export const answeringUnit = ({
  lead,
  unit,
}: {
  readonly lead?: string | undefined
  readonly unit: string
}) => lead ?? unit
