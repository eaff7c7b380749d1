/** What is known of an end from which neither sound nor reports have come for the media timeout. */
export type Quiet = {
  /** It talks with a person, or that person has it on hold. */
  readonly isTalking: boolean
  /** It was asked whether anybody is there, and has not answered. */
  readonly wasAsked: boolean
  /** Whether its telephone still answers within the dialog; undefined while that was not asked. */
  readonly isThere: boolean | undefined
}

/** `probe` the dialog, `wait` and look again, `ask` the caller, `end` the call. */
export type SilenceCourse = 'probe' | 'wait' | 'ask' | 'end'

/**
 * Silence is not death: a microphone is muted, a headset taken off, a phone sends nothing while nobody speaks. Two who
 * talk notice by themselves when one is gone, so of them only a dead telephone is cut off; anybody else is asked first.
 * The first line that fits counts.
 */
export const courses: readonly (readonly [Partial<Quiet>, SilenceCourse])[] = [
  [{ isThere: false }, 'end'],
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
