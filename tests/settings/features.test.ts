/** What is switched on, for all who may look: by its setting, and without a secret. */
import { expect, it } from 'vitest'
import { noRecordings } from '../../src/recordings/index.ts'
import { ordinaryRetention } from '../../src/retention/index.ts'
import { featuresOf, readSettings } from '../../src/settings/index.ts'

const secret = 'a-secret-of-the-city-4711'
const env = {
  ASSISTANT_URL: `https://user:${secret}@model.example/v1?key=${secret}`,
  ASSISTANT_KEY: secret,
  ASSISTANT_MODEL: 'm',
  TEXT_WEBHOOK: `https://sms.example/${secret}`,
  TEXT_WEBHOOK_TOKEN: secret,
  CALLBACK_LEAD: 'hotline',
  LEARN_AT: '03:30',
}

it('says of each what its setting says, of an address the host alone', () => {
  const of = (given: Readonly<Record<string, string>>) =>
    new Map(
      featuresOf(readSettings(given), ordinaryRetention, noRecordings).map(({ name, isOn, value }) => [
        name,
        [isOn, value],
      ]),
    )
  const on = of(env)
  expect(on.get('assistant')).toEqual([true, 'model.example'])
  expect(on.get('text-gateway')).toEqual([true, 'sms.example'])
  expect(on.get('callbacks-led')).toEqual([true, 'hotline'])
  expect(on.get('learning')).toEqual([true, '03:30'])
  expect(on.get('call-recordings')).toEqual([false, ''])
  expect(on.get('transcripts')).toEqual([true, '30'])
  expect(JSON.stringify([...on])).not.toContain(secret)
  expect(of({ LEARN_AT: 'off' }).get('assistant')).toEqual([false, ''])
  expect(of({ LEARN_AT: 'off' }).get('learning')).toEqual([false, ''])
})
