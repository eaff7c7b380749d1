/** What is known of an end from which neither sound nor reports have come for the media timeout. */
export type Quiet = {
  /** It has us on hold: it may say nothing for as long as it likes, and hears nothing of what we say. */
  readonly isHolding: boolean
  /** It talks with a person, or that person has it on hold. */
  readonly isTalking: boolean
  /** It was asked whether anybody is there, and has not answered. */
  readonly wasAsked: boolean
  /** Whether its telephone still answers within the dialog; undefined while that was not asked. */
  readonly isThere: boolean | undefined
}

/**
 * What a telephone answered within the dialog: `there`, `gone` where it knows of no such call, `unheard` where nothing came,
 * of which the way to it may be the reason.
 */
export type Sign = 'there' | 'gone' | 'unheard'

/** `probe` the dialog, `wait` and look again, `ask` the caller, `end` the call. */
export type SilenceCourse = 'probe' | 'wait' | 'ask' | 'end'

/**
 * Silence is not death: a microphone is muted, a headset taken off, a phone sends nothing while nobody speaks. Two who
 * talk notice by themselves when one is gone, so of them only a dead telephone is cut off, as of those who have us on
 * hold and would hear no question; anybody else is asked first.
 * The first line that fits counts.
 */
export const courses: readonly (readonly [Partial<Quiet>, SilenceCourse])[] = [
  [{ isThere: false }, 'end'],
  [{ isHolding: true, isThere: true }, 'wait'],
  [{ isHolding: true }, 'probe'],
  [{ isTalking: true, isThere: true }, 'wait'],
  [{ isTalking: true }, 'probe'],
  [{ wasAsked: true }, 'end'],
  [{}, 'ask'],
]

export function courseOf(quiet: Quiet): SilenceCourse {
  const fits = (when: Partial<Quiet>) =>
    (Object.keys(when) as (keyof Quiet)[]).every(name => when[name] === quiet[name])
  return courses.find(([when]) => fits(when))?.[1] ?? 'wait'
}
