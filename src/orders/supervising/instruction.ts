import type { OrderClock } from '../clocks.ts'
import {
  type InstructionCause,
  type InstructionOutcome,
  type SupervisionLevel,
  supervisionLevelSchema,
} from './api.ts'

/** What a unit must answer at a level of supervision (督办单), within a limit of its own. */
export type Instruction = {
  /** The event that issued it. */
  readonly seq: number
  readonly level: SupervisionLevel
  readonly because: InstructionCause
  readonly words: string
  /** Runs until it is answered, rises or ends. */
  readonly clock: OrderClock
  readonly outcome?: InstructionOutcome
  /** The unit that had it when it ended; while it is open, the unit that has the order. */
  readonly unit?: string
  readonly answerSeq?: number
}

const levels = supervisionLevelSchema.options
export const rankOf = (level: SupervisionLevel) => levels.indexOf(level)
/** The next level up; undefined above the city. */
export const levelAbove = (level: SupervisionLevel): SupervisionLevel | undefined => levels[rankOf(level) + 1]

/** The open instruction; an order has at most one. */
export function openInstruction(instructions: readonly Instruction[]): Instruction | undefined {
  const last = instructions.at(-1)
  return last?.outcome === undefined ? last : undefined
}

/** The unit that must answer: the lead, or the unit that has the order unsigned. */
export const answeringUnit = ({
  lead,
  unit,
}: {
  readonly lead?: string | undefined
  readonly unit: string
}) => lead ?? unit
