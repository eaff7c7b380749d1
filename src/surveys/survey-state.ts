/**
 * The state of a survey call that we owe.
 *
 *     owed <-> ringing        an attempt is made, and nobody answered
 *      |  \      |  \
 *      |   '-> linked '       a link was sent instead, or at their wish
 *      |         |     \
 *      '-----> settled <      answered, unreached, opted out, handed over to a person
 */
export const surveyStates = ['owed', 'ringing', 'linked', 'settled'] as const
export type SurveyState = (typeof surveyStates)[number]

export const surveyMoves: Readonly<Record<SurveyState, readonly SurveyState[]>> = {
  owed: ['ringing', 'linked', 'settled'],
  ringing: ['owed', 'linked', 'settled'],
  linked: ['settled'],
  settled: [],
}

/** How it was settled. `unreached` surveys do not count among the answers, but do among those asked. */
export const settlements = ['answered', 'unreached', 'opted-out', 'handed-over'] as const
export type Settlement = (typeof settlements)[number]
