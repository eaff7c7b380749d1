import { type City, readCitizenTexts } from '../../city/index.ts'
import type { LiveValue } from '../../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../subject.ts'

/** The SMS that citizens receive. */
export const textsSubject = (city: LiveValue<City>, file: string): RuleSubject =>
  ruleSubject({
    name: 'texts',
    file,
    first: city.current().texts,
    read: readCitizenTexts,
    write: texts => ({ texts }),
    hold: texts => city.use({ ...city.current(), texts }),
  })
