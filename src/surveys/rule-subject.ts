import type { LiveValue } from '../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../rulebook/index.ts'
import { readSurveyText, type SurveyPlace, type SurveyRules } from './rules.ts'

/**
 * The subject of survey rules: how citizens are asked, and how rates are computed. Units are judged by it, so two
 * persons change it.
 */
export const surveysSubject = (rules: LiveValue<SurveyRules>, file: string, city: SurveyPlace): RuleSubject =>
  ruleSubject<SurveyRules>({
    name: 'surveys',
    file,
    needsSecond: true,
    first: rules.current(),
    read: (text, name) => readSurveyText(text, name, city),
    // The time zone is set in the city's own file.
    write: ({ timeZone: _, hours, elderHours, ...others }) => ({
      hours: writeHours(hours),
      elderHours: writeHours(elderHours),
      ...others,
    }),
    hold: next => rules.use(next),
  })

const writeHours = ({ morning, afternoon }: SurveyRules['hours']) => ({
  morning: morning.map(clockTime),
  afternoon: afternoon.map(clockTime),
})

const clockTime = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
