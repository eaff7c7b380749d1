import { expect, it } from 'vitest'
import { checkSettings, readSettings } from '../../src/settings/index.ts'

it('says all that is wrong, and goes on with what is right', () => {
  const { settings, faults } = checkSettings({
    MAX_CALLS: 'many',
    ORDER_PROFILE: 'tianjin',
    DRACHTIO_URL: 'drachtio://sip.example:9022',
  })
  expect(faults.map(({ code, place }) => `${code} ${place}`)).toEqual([
    'setting-invalid MAX_CALLS',
    'setting-conflict DRACHTIO_SECRET',
  ])
  expect(settings).toMatchObject({ ORDER_PROFILE: 'tianjin', MAX_CALLS: 500 })
  expect(() => readSettings({ MAX_CALLS: 'many' })).toThrow('MAX_CALLS: found "many"')
})

it('says nothing of settings that go together while one of them is wrong', () => {
  const { faults } = checkSettings({ MEDIA_PORT_MAX: 'all', MEDIA_PORT_MIN: '30000' })
  expect(faults.map(({ place }) => place)).toEqual(['MEDIA_PORT_MAX'])
})
